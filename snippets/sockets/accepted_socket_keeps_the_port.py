"""accept() returns a new socket with the listener's own port."""

import socket


def main() -> None:
    """Read from both of the server's sockets, and compare them.

    Source: accept(2); RFC 9293 section 3.4.1.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"hello")
        try:
            listener.recv(1024)
        except OSError as error:
            print("listener reads:", error)
        print("accepted reads:", accepted.recv(1024))
        print("listener's port:", listener.getsockname()[1])
        print("accepted's port:", accepted.getsockname()[1])


if __name__ == "__main__":
    main()
