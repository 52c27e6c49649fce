"""accept() returns the socket from which a client is read."""

import socket


def main() -> None:
    """Let a client say hello to a server.

    Source: accept(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as connection,
    ):
        client.sendall(b"hello")
        print("server reads:", connection.recv(1024))


if __name__ == "__main__":
    main()
