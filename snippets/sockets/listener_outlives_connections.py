"""A connection goes on when the listening socket is closed."""

import socket


def main() -> None:
    """Close the listening socket, and go on talking.

    Source: accept(2), close(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        client = socket.create_connection(address)
        accepted, _ = listener.accept()
    with client, accepted:
        client.sendall(b"still there?")
        print("server reads:", accepted.recv(1024))
        accepted.sendall(b"yes")
        print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
