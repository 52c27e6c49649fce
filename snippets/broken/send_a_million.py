"""Wrong: it was meant to send a million bytes."""

import socket


def main():
    """Send a million bytes, and count those that arrive."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        # a small buffer, so that it fails each time
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        client.send(bytes(1_000_000))
        client.shutdown(socket.SHUT_WR)  # all is said
        arrived = 0
        while part := server.recv(65536):
            arrived += len(part)
        print("all of them arrived:", arrived == 1_000_000)


if __name__ == "__main__":
    main()

# socktrace: wanted all of them arrived: True
# socktrace: wrong cut-off
