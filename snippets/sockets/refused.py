"""A port that is bound but not listening refuses connections."""

import socket


def knock(address: tuple[str, int]) -> str:
    """Try to connect and say what happened.

    Args:
        address: The host and port to try.

    Source: connect(2); RFC 9293 section 3.5.2.
    """
    try:
        with socket.create_connection(address):
            return "connected"
    except ConnectionRefusedError:
        return "ConnectionRefusedError"


def main() -> None:
    """Knock before listen() and after it.

    Source: listen(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        # socktrace: expect refused
        print("bound:", knock(server.getsockname()))
        server.listen()
        print("listening:", knock(server.getsockname()))
        server.accept()[0].close()


if __name__ == "__main__":
    main()
