"""recv() returns what is there; only b'' says that it was all."""

import socket


def fetch(client: socket.socket) -> bytes:
    """Return all that the server sends until it closes.

    Args:
        client: The connection to read from.

    Source: recv(2).
    """
    page = b""
    while part := client.recv(1024):
        page += part
    return page


def main() -> None:
    """Send a page of 3000 bytes, and fetch it."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        with listener.accept()[0] as server:
            server.sendall(b"x" * 3000)
        print("bytes of the page:", len(fetch(client)))


if __name__ == "__main__":
    main()
