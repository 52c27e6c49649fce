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
        address, port = first.getsockname()
        print("bound to address:", address)
        print("its port is 0:", port == 0)
        same = second.getsockname() == first.getsockname()
        print("the next has the same:", same)

        # Not bound, so on every address.
        # socktrace: expect wildcard
        unbound.listen()
        address, port = unbound.getsockname()
        print("listening on address:", address)
        print("and its port is 0:", port == 0)


if __name__ == "__main__":
    main()
