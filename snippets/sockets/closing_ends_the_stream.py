"""A server that closes tells its client that this was all."""

import socket


def main() -> None:
    """Greet a client, who reads until that was all.

    Source: RFC 9293 section 3.6.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        with listener.accept()[0] as connection:
            connection.sendall(b"hello")
        while part := client.recv(1024):
            print("client reads:", part)
        print("client reads the end")


if __name__ == "__main__":
    main()
