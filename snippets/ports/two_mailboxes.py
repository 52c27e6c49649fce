"""Two ports on one host are two mailboxes for two owners."""

import select
import socket


def main() -> None:
    """Write to two ports and look into both mailboxes.

    Source: RFC 768; udp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as red,
        socket.socket(type=socket.SOCK_DGRAM) as blue,
        socket.socket(type=socket.SOCK_DGRAM) as writer,
    ):
        for box in (red, blue, writer):
            box.bind(("127.0.0.1", 0))

        writer.sendto(b"for red", red.getsockname())
        writer.sendto(b"for blue", blue.getsockname())
        print("blue reads:", blue.recv(1024))
        print("red reads:", red.recv(1024))
        more, _, _ = select.select([red, blue], [], [], 0)
        print("boxes with more mail:", len(more))


if __name__ == "__main__":
    main()
