"""Wrong: it was meant to send a name and read back its bytes."""

import socket


def main():
    """Send a name over a connection."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        client.sendall("Zoë")
        print("server reads:", server.recv(1024))


if __name__ == "__main__":
    main()

# socktrace: wrong failure
