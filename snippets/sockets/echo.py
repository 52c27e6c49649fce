"""Two sockets hold a conversation: hello goes out and back."""

import socket
from concurrent.futures import ThreadPoolExecutor


def serve(listener: socket.socket) -> None:
    """Send one client its own words back.

    Args:
        listener: The listening TCP socket.

    Source: accept(2).
    """
    connection, _ = listener.accept()
    with connection:
        while words := connection.recv(1024):
            connection.sendall(words)


def main() -> None:
    """Start the server, then be its client.

    Source: listen(2), connect(2), shutdown(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        ThreadPoolExecutor() as threads,
    ):
        server = threads.submit(serve, listener)
        address = listener.getsockname()
        with socket.create_connection(address) as client:
            client.sendall(b"hello")
            client.shutdown(socket.SHUT_WR)
            echo = b""
            while words := client.recv(1024):
                echo += words
            print("echo:", echo)
        server.result(timeout=5)


if __name__ == "__main__":
    main()
