"""close() sends FIN only when the last descriptor is closed."""

import socket


def main() -> None:
    """Close one of two descriptors, then the other.

    Source: dup(2), close(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        with listener.accept()[0] as accepted:
            copy = accepted.dup()
        with copy:
            copy.sendall(b"still open")
            print("one of two closed:", client.recv(1024))
        print("both closed:", client.recv(1024))


if __name__ == "__main__":
    main()
