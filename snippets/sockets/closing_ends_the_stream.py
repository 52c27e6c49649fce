"""A server that closes tells its client that this was all."""

import socket


def greet(listener: socket.socket) -> None:
    """Send a greeting to the next client, and close.

    Args:
        listener: Where clients connect.

    Source: RFC 9293 section 3.6.
    """
    with listener.accept()[0] as connection:
        connection.sendall(b"hello")


def main() -> None:
    """Read until the server has said all."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        greet(listener)
        while part := client.recv(1024):
            print("client reads:", part)
        print("client reads the end")


if __name__ == "__main__":
    main()
