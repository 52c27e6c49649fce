"""A connection can exist where nobody ever listened.

Both ends open it at the same time; here both are one socket, which
connects to itself.
"""

import socket


def main() -> None:
    """Connect a socket to its own address, and talk to itself.

    Source: RFC 9293 section 3.5, MUST-10; socket(7), SO_ACCEPTCONN.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as echo:
        echo.bind(("127.0.0.1", 0))
        echo.connect(echo.getsockname())
        listens = echo.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        )
        print("listening:", bool(listens))
        print("its port:", echo.getsockname()[1])
        print("its peer's port:", echo.getpeername()[1])
        echo.sendall(b"hello me")
        print("it reads:", echo.recv(1024))


if __name__ == "__main__":
    main()
