"""A pair of sockets carries words both ways, a pipe only one way.

On some systems other than Linux pipes go both ways: pipe(7).
"""

import os
import socket


def main() -> None:
    """Send a word there and a word back, by either means.

    Source: socketpair(2), pipe(7), write(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    left, right = socket.socketpair()
    reader, writer = os.pipe()
    with left, right, open(reader, "rb"), open(writer, "wb"):
        left.sendall(b"there")
        print("sockets, there:", right.recv(1024))
        right.sendall(b"back")
        print("sockets, back:", left.recv(1024))
        os.write(writer, b"there")
        print("pipe, there:", os.read(reader, 1024))
        try:
            os.write(reader, b"back")
        except OSError as error:
            print("pipe, back:", error.strerror)


if __name__ == "__main__":
    main()
