"""On a stream, b'' does not mean "not yet". It means the end."""

import socket


def read(client: socket.socket) -> None:
    """Collect the news, and count the reads.

    Args:
        client: The stream to read from.

    Source: recv(2).
    """
    news, reads = b"", 0
    while reads < 100:
        reads += 1
        part = client.recv(1024)
        if not part:
            break  # the other end has closed
        news += part
    print("news:", news, "- reads:", reads)


def main() -> None:
    """Send news, and read them."""
    socket.setdefaulttimeout(5)  # seconds
    client, server = socket.socketpair()
    with client:
        with server:
            server.sendall(b"rain")
        read(client)


if __name__ == "__main__":
    main()
