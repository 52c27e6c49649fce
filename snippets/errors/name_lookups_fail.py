"""Five ways in which getaddrinfo() says: not like this."""

import socket


def main() -> None:
    """Ask for what cannot be, one thing at a time.

    Source: getaddrinfo(3); the words are those of glibc.
    """
    # socktrace: expect no-socket
    v4, tcp = socket.AF_INET, socket.SOCK_STREAM
    for question in (
        ("127.0.0.1", "htpt"),  # no such service
        ("::1", 80, v4),  # an IPv6 address, as IPv4
        ("127.0.0.1", 80, 99),  # no such family
        ("127.0.0.1", 80, v4, 99),  # no such type
        ("127.0.0.1", 80, v4, tcp, 0, -1),  # no such flags
    ):
        try:
            socket.getaddrinfo(*question)
        except OSError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
