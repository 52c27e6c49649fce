"""A port is a number; a socket is an object that may hold one.

A new socket has no port yet; bind() gives it one. Windows has no
name at all to show before bind (Winsock getsockname, WSAEINVAL).
"""

import socket


def main() -> None:
    """Follow one socket from its birth to its close.

    Source: socket(2), bind(2), getsockname(2).
    """
    with socket.socket() as endpoint:
        _, port = endpoint.getsockname()  # its (address, port)
        print("port before bind:", port)

        endpoint.bind(("127.0.0.1", 0))  # 0: the kernel may choose
        _, port = endpoint.getsockname()
        print("port after bind:", port)
        print("descriptor:", endpoint.fileno())
    print("descriptor after close:", endpoint.fileno())


if __name__ == "__main__":
    main()
