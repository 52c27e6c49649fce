"""Two sends become one stream; the reads cut it where they like."""

import socket


def main() -> None:
    """Send two words and read each at once; then read them later.

    Source: tcp(7), recv(2); RFC 9293 section 2.2.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"hello")
        print("first, read at once:", accepted.recv(7))
        client.sendall(b"world")
        print("second, read at once:", accepted.recv(7))

        client.sendall(b"hello")
        client.sendall(b"world")
        # MSG_PEEK only looks. Go on when both words are there.
        while len(accepted.recv(10, socket.MSG_PEEK)) < 10:
            pass
        print("first, read later:", accepted.recv(7))
        print("second, read later:", accepted.recv(7))


if __name__ == "__main__":
    main()
