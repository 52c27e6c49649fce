"""A connection has two ends, and each is the other's peer."""

import socket


def main() -> None:
    """Ask three sockets for their own address and their peer's.

    Source: RFC 9293 section 3.4.1; getsockname(2), getpeername(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        for name, end in (("client", client), ("server", server)):
            print(f"{name}'s own address:", end.getsockname())
            print(f"{name}'s peer:", end.getpeername())
        try:
            listener.getpeername()
        except OSError as error:
            print("listener's peer:", error.strerror)


if __name__ == "__main__":
    main()
