"""One UDP socket serves many peers, without any connection."""

import errno
import socket


def main() -> None:
    """Answer three peers from one socket.

    Source: udp(7), recv(2), listen(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as server,
        socket.socket(type=socket.SOCK_DGRAM) as ann,
        socket.socket(type=socket.SOCK_DGRAM) as ben,
        socket.socket(type=socket.SOCK_DGRAM) as eve,
    ):
        for endpoint in (server, ann, ben, eve):
            endpoint.bind(("127.0.0.1", 0))

        ann.sendto(b"ann", server.getsockname())
        ben.sendto(b"ben", server.getsockname())
        eve.sendto(b"eve", server.getsockname())
        for _ in range(3):
            name, sender = server.recvfrom(1024)
            server.sendto(b"hello " + name, sender)
        print("ann reads:", ann.recv(1024))
        print("ben reads:", ben.recv(1024))
        print("eve reads:", eve.recv(1024))

        try:
            server.listen()
        except OSError as error:
            missing = error.errno == errno.EOPNOTSUPP
            print("UDP has no listen():", missing)


if __name__ == "__main__":
    main()
