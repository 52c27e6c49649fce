"""Wrong: it was meant to read what a client says."""

import socket


def main():
    """Let a client say hello to a server."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0],
    ):
        client.sendall(b"hello")
        print("server reads:", server.recv(1024))


if __name__ == "__main__":
    main()

# socktrace: wrong failure, reset
# socktrace: wanted server reads: b'hello'
