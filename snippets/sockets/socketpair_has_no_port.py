"""Two sockets can be joined without any port, address or network.

Where the system has no socketpair() of its own, as on Windows,
Python's joins two TCP sockets instead (Lib/socket.py).
"""

import socket


def main() -> None:
    """Join two sockets and let each say a word.

    Source: socketpair(2), unix(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    left, right = socket.socketpair()
    with left, right:
        print("family:", left.family.name)
        print("names:", [left.getsockname(), right.getsockname()])
        left.sendall(b"ping")
        print("right reads:", right.recv(1024))
        right.sendall(b"pong")
        print("left reads:", left.recv(1024))


if __name__ == "__main__":
    main()
