"""connect() on UDP sends nothing, and settles your own address."""

import socket


def main() -> None:
    """Look at a socket's address before connect() and after.

    Source: udp(7), ip(7).
    """
    with (
        socket.socket(type=socket.SOCK_DGRAM) as mine,
        socket.socket(type=socket.SOCK_DGRAM) as other,
    ):
        other.bind(("127.0.0.1", 0))
        print("other: ", other.getsockname())
        mine.bind(("0.0.0.0", 0))  # socktrace: expect wildcard
        print("before:", mine.getsockname())
        mine.connect(other.getsockname())
        print("after: ", mine.getsockname())


if __name__ == "__main__":
    main()
