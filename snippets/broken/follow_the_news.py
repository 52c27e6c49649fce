"""Wrong: it was meant to read until there is no more."""

import socket


def read(client):
    """Collect the news, and count the reads."""
    news, reads = b"", 0
    while reads < 100:
        reads += 1
        part = client.recv(1024)
        if not part:
            continue  # nothing there yet: try again
        news += part
    print("news:", news, "- reads:", reads)


def main():
    """Send news, and read them."""
    socket.setdefaulttimeout(5)  # seconds
    client, server = socket.socketpair()
    with client:
        with server:
            server.sendall(b"rain")
        read(client)


if __name__ == "__main__":
    main()

# socktrace: wanted news: b'rain' - reads: 2
