"""A receiver that does not read stops the sender far away.

Its buffer fills and it offers no more room; then the buffer
of the sender fills; then send() waits.
"""

import socket
import sys
from contextlib import suppress
from fcntl import ioctl
from termios import FIONREAD, TIOCOUTQ

SOL_SOCKET, SO_RCVBUF = socket.SOL_SOCKET, socket.SO_RCVBUF
IPPROTO_TCP, TCP_INFO = socket.IPPROTO_TCP, socket.TCP_INFO


def number(four_bytes: bytes) -> int:
    """Read an int as the processor of this machine writes it."""
    return int.from_bytes(four_bytes, sys.byteorder)


def main() -> None:
    """Send until nothing moves, to a server that never reads.

    Source: tcp(7), SIOCINQ and SIOCOUTQ; linux/tcp.h.
    """
    socket.setdefaulttimeout(0.2)  # seconds
    with socket.socket() as listener:
        listener.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        name = listener.getsockname()
        with (
            socket.create_connection(name) as client,
            # socktrace: expect reset
            listener.accept()[0] as accepted,
        ):
            with suppress(TimeoutError):
                client.sendall(bytes(5_000_000))
            unread = ioctl(accepted, FIONREAD, bytes(4))
            unsent = ioctl(client, TIOCOUTQ, bytes(4))
            info = client.getsockopt(IPPROTO_TCP, TCP_INFO, 232)
            print("at the receiver, unread:", number(unread) > 0)
            print("at the sender, waiting:", number(unsent) > 0)
            room = number(info[228:])  # tcpi_snd_wnd
            print("bytes that the receiver has room for:", room)


if __name__ == "__main__":
    main()
