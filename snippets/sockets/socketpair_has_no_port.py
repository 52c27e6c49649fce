"""Two sockets can be joined without any port, address or network.

Where AF_UNIX is missing, as on Windows, Python's socketpair() joins
two TCP sockets instead (Python documentation, socket.socketpair).
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
