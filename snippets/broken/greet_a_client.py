"""Wrong: it was meant to read a greeting, and stop at its end."""

import socket


def main():
    """Greet a client, who reads until that was all."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        client.settimeout(0.5)
        connection, _ = listener.accept()
        connection.sendall(b"hello")
        while part := client.recv(1024):  # until b'', the end
            print("client reads:", part)
        print("client reads the end")


if __name__ == "__main__":
    main()

# socktrace: wrong failure, left-open
# socktrace: wanted client reads the end
