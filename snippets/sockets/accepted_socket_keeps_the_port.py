"""accept() returns a new socket with the listener's own port."""

import socket


def read(end: socket.socket) -> bytes | OSError:
    """Return what has come, or what went wrong.

    Args:
        end: The socket to read from.
    """
    try:
        return end.recv(1024)
    except OSError as error:
        return error


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
        print("listener reads:", read(listener))
        print("accepted reads:", read(accepted))
        print("listener's port:", listener.getsockname()[1])
        print("accepted's port:", accepted.getsockname()[1])


if __name__ == "__main__":
    main()
