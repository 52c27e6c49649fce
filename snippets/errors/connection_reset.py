"""The other side closed, and a byte of yours lay there unread."""

import socket


def main() -> None:
    """Close with a byte unread: the peer gets a reset, once.

    Source: RFC 9293 section 3.6.1; recorded on Linux.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        with listener.accept()[0] as accepted:
            client.sendall(b"hello")
            accepted.recv(4)  # of five bytes
            accepted.sendall(b"bye")  # this one arrives
            # socktrace: expect reset
        for _ in range(3):
            try:
                print(client.recv(1024))
            except OSError as error:
                print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
