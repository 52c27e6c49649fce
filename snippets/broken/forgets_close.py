"""Wrong: it was meant to read a greeting to its end."""

import socket


def greet(listener):
    """Send a greeting to the next client."""
    connection, _ = listener.accept()
    connection.sendall(b"hello")
    return connection


def main():
    """Read until the server has said all."""
    socket.setdefaulttimeout(1)  # second
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        connection = greet(listener)
        while part := client.recv(1024):
            print("client reads:", part)
        print("client reads the end")


if __name__ == "__main__":
    main()

# socktrace: wrong failure, collected
# socktrace: wanted client reads the end
