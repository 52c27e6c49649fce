"""Two sends become one stream; the reads cut it where they like."""

import socket


def main() -> None:
    """Send two words and read each at once; then read them later.

    Source: tcp(7), recv(2); RFC 9293 section 2.2.
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        with client, listener.accept()[0] as accepted:
            client.sendall(b"hello")
            print("first, read at once:", accepted.recv(7))
            client.sendall(b"world")
            print("second, read at once:", accepted.recv(7))
            client.sendall(b"hello")
            client.sendall(b"world")
            while len(accepted.recv(10, socket.MSG_PEEK)) < 10:
                pass  # until both are there; MSG_PEEK only looks
            print("first, read later:", accepted.recv(7))
            print("second, read later:", accepted.recv(7))


if __name__ == "__main__":
    main()
