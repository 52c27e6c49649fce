"""A receiver that does not read stops the sender far away."""

import socket
import sys
from contextlib import suppress
from fcntl import ioctl
from socket import IPPROTO_TCP, SO_RCVBUF, SOL_SOCKET, TCP_INFO
from termios import FIONREAD, TIOCOUTQ


def flood(client: socket.socket, server: socket.socket) -> None:
    """Send until nothing moves, to a server that never reads."""
    with suppress(TimeoutError):
        client.sendall(bytes(5_000_000))
    print("at the receiver, unread:", waiting(server, FIONREAD) > 0)
    print("at the sender, waiting:", waiting(client, TIOCOUTQ) > 0)
    print("bytes that the receiver has room for:", room(client))


def waiting(end: socket.socket, where: int) -> int:
    """Ask Linux how many bytes wait there: tcp(7)."""
    count = ioctl(end, where, bytes(4))
    return int.from_bytes(count, sys.byteorder)


def room(end: socket.socket) -> int:
    """Ask Linux for the window: linux/tcp.h, tcpi_snd_wnd."""
    info = end.getsockopt(IPPROTO_TCP, TCP_INFO, 232)
    return int.from_bytes(info[228:], sys.byteorder)


def main() -> None:
    """Be both ends; the server has room for little."""
    socket.setdefaulttimeout(0.2)  # seconds
    with socket.socket() as listener:
        listener.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        name = listener.getsockname()
        with (
            socket.create_connection(name) as client,
            # socktrace: expect reset
            listener.accept()[0] as server,
        ):
            flood(client, server)


if __name__ == "__main__":
    main()
