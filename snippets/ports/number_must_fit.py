"""A port number below 0 or above 65535 is refused by bind()."""

import socket


def attempt(endpoint: socket.socket, port: object) -> str:
    """Try to give a socket a port, and say what came of it.

    Args:
        endpoint: A socket without an address.
        port: What to give it as its port.

    Source: RFC 9293 section 3.1; RFC 768.
    """
    try:
        # socktrace: expect fixed-port
        endpoint.bind(("127.0.0.1", port))
    except (OverflowError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    return "it fits"


def main() -> None:
    """Try ports that do not fit, and one that does."""
    with socket.socket() as endpoint:
        print("bind to 65536:", attempt(endpoint, 65536))
        print("bind to -1:", attempt(endpoint, -1))
        print("bind to '8080':", attempt(endpoint, "8080"))
        print("bind to 0:", attempt(endpoint, 0))


if __name__ == "__main__":
    main()
