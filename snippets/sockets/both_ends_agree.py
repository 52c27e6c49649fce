"""A connection has two ends, and each is the other's peer."""

import socket


def main() -> None:
    """Ask three sockets for their own name and their peer's.

    Source: RFC 9293 section 3.4.1; getsockname(2), getpeername(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        same = client.getsockname() == server.getpeername()
        print("client's own is server's peer:", same)
        same = client.getpeername() == server.getsockname()
        print("client's peer is server's own:", same)
        try:
            listener.getpeername()
        except OSError as error:
            print("listener's peer:", error.strerror)


if __name__ == "__main__":
    main()
