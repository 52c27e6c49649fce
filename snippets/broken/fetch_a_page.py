"""Wrong: it was meant to fetch a whole page."""

import socket


def fetch(client):
    """Return the page that the server sends."""
    return client.recv(1024)


def main():
    """Send a page of 3000 bytes, and fetch it."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        server.sendall(b"x" * 3000)
        print("bytes of the page:", len(fetch(client)))


if __name__ == "__main__":
    main()

# socktrace: wrong reset
# socktrace: wanted bytes of the page: 3000
