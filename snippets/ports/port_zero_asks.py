"""Port 0 is a question: the kernel answers with a free number.

Windows does not answer listen() without bind() (Winsock listen,
WSAEINVAL).
"""

import socket


def main() -> None:
    """Ask for a port in two ways.

    Source: ip(7), bind(2).
    """
    with (
        socket.socket() as first,
        socket.socket() as second,
        socket.socket() as unbound,
    ):
        for endpoint in (first, second):
            endpoint.bind(("127.0.0.1", 0))
            address, port = endpoint.getsockname()
            print("bound to address:", address, "port:", port)

        # socktrace: expect wildcard
        unbound.listen()
        address, port = unbound.getsockname()
        print("listening on address:", address, "port:", port)


if __name__ == "__main__":
    main()
