"""Both ends can talk at once; neither has to wait for its turn."""

import socket


def main() -> None:
    """Let both ends speak twice before either of them reads.

    Source: RFC 9293 section 2.2; tcp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        client.sendall(b"I say, ")
        server.sendall(b"And I ")
        client.sendall(b"hello")
        server.sendall(b"also")
        client.shutdown(socket.SHUT_WR)
        server.shutdown(socket.SHUT_WR)
        with client.makefile("rb") as hears:
            print("client reads:", hears.read())
        with server.makefile("rb") as hears:
            print("server reads:", hears.read())


if __name__ == "__main__":
    main()
