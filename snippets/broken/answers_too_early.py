"""Wrong: it was meant to tell a client that its file is too big."""

import socket


def serve(listener):
    """Read how big the file is, and refuse it."""
    connection, _ = listener.accept()
    with connection:
        if int(connection.recv(8)) > 1000:
            connection.sendall(b"too big")


def main():
    """Upload a file of 5000 bytes."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        client.sendall(b"%8d" % 5000 + bytes(5000))
        serve(listener)
        answer = b""
        while part := client.recv(1024):
            answer += part
        print("answer:", answer)


if __name__ == "__main__":
    main()

# socktrace: wrong failure, reset
# socktrace: wanted answer: b'too big'
