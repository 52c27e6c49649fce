"""accept() returns a new socket with the listener's own port."""

import socket


def main() -> None:
    """Compare the three sockets that one connection takes.

    Source: accept(2); RFC 9293 section 3.4.1.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"hello")
        try:
            print("listener reads:", listener.recv(1024))
        except OSError as error:
            print("listener reads:", error)
        print("accepted reads:", accepted.recv(1024))
        for one in (listener, accepted, client):
            print("port:", one.getsockname()[1])


if __name__ == "__main__":
    main()
