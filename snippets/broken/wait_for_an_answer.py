"""Wrong: it was meant to give up when a server stays silent."""

import socket


def main():
    """Ask a server that hears, and never answers."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        client.sendall(b"question")
        server.recv(1024)
        try:
            print("answer:", client.recv(1024))
        except TimeoutError:
            print("no answer in time")


if __name__ == "__main__":
    main()

# socktrace: wrong hang
# socktrace: wanted no answer in time
