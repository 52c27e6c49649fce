"""A port is taken for one protocol and one address, not for all."""

import errno
import socket

TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM
HOME = "127.0.0.1"


def attempt(kind: int, address: str, port: int) -> str:
    """Try to bind a new socket, and return what became of it.

    Args:
        kind: TCP or UDP.
        address: An IPv4 or IPv6 address.
        port: The number to ask for.
    """
    six = ":" in address
    family = socket.AF_INET6 if six else socket.AF_INET
    with socket.socket(family, kind) as newcomer:
        try:
            newcomer.bind((address, port))
        except OSError as error:
            return errno.errorcode[error.errno or 0]
        return "ok"


def main() -> None:
    """Ask for a port that a TCP server has.

    Source: bind(2), ip(7).
    """
    with socket.create_server((HOME, 0)) as owner:
        port = owner.getsockname()[1]
        print("TCP, its address:", attempt(TCP, HOME, port))
        print("UDP, its address:", attempt(UDP, HOME, port))
        print("TCP, 127.0.0.2:", attempt(TCP, "127.0.0.2", port))
        print("TCP, ::1:", attempt(TCP, "::1", port))
        # socktrace: expect wildcard
        print("TCP, 0.0.0.0:", attempt(TCP, "0.0.0.0", port))
        print("UDP, 0.0.0.0:", attempt(UDP, "0.0.0.0", port))
    print("TCP, owner gone:", attempt(TCP, HOME, port))


if __name__ == "__main__":
    main()
