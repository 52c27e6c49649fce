"""The server runs, and still you're refused: wrong address."""

import socket


def main() -> None:
    """Call a server that listens at 127.0.0.1, and miss it.

    Source: connect(2), RFC 9293 section 3.5.2; on Linux.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket() as bound,
    ):
        port = server.getsockname()[1]
        bound.bind(("127.0.0.1", 0))  # and doesn't listen
        elsewhere = bound.getsockname()[1]
        for host, number in (
            ("127.0.0.1", port),
            ("127.0.0.2", port),  # another address
            ("127.0.0.1", elsewhere),  # another port
        ):
            try:
                # socktrace: expect refused
                socket.create_connection((host, number)).close()
                print(host, number, "connected")
            except OSError as error:
                name = type(error).__name__
                print(host, number, f"{name}: {error}")
        server.accept()[0].close()


if __name__ == "__main__":
    main()
