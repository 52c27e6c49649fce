"""accept() returns a new socket with the listener's own port."""

import socket


def main() -> None:
    """Compare the three sockets that one connection takes.

    Source: accept(2); RFC 9293 section 3.4.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        print("listener: port", listener.getsockname()[1])
        print("client: port", client.getsockname()[1])
        print("accepted: port", accepted.getsockname()[1])
        print("accepted, its peer: port", accepted.getpeername()[1])
        try:
            listener.getpeername()
        except OSError as error:
            print("listener, its peer:", error.strerror)


if __name__ == "__main__":
    main()
