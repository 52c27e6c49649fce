"""Of a datagram longer than the buffer, the rest is lost.

Windows cuts it as well, but recv() then fails with WSAEMSGSIZE
(Winsock recv).
"""

import socket


def main() -> None:
    """Ask for 5 bytes of 11, then read again.

    Source: udp(7), recv(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sender,
        socket.socket(type=socket.SOCK_DGRAM) as receiver,
    ):
        sender.bind(("127.0.0.1", 0))
        receiver.bind(("127.0.0.1", 0))
        sender.sendto(b"hello world", receiver.getsockname())
        sender.sendto(b"next", receiver.getsockname())
        # socktrace: expect cut-off
        print("asked for 5:", receiver.recv(5))
        print("read again:", receiver.recv(1024))


if __name__ == "__main__":
    main()
