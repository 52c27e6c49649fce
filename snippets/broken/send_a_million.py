"""Wrong: it was meant to send a million bytes."""

import socket


def send(client, data):
    """Send all the data through a small buffer, then the end."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
    client.send(data)
    client.shutdown(socket.SHUT_WR)


def main():
    """Send a million bytes, and compare with what arrives."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        send(client, bytes(1_000_000))
        data = b""
        while part := server.recv(65536):
            data += part
        seen = 1_000_000 if len(data) == 1_000_000 else "fewer"
        print("bytes read in the end:", seen)


if __name__ == "__main__":
    main()

# socktrace: wanted bytes read in the end: 1000000
