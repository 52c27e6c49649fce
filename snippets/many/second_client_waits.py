"""A server with one thread leaves its second client waiting."""

import socket
from concurrent.futures import ThreadPoolExecutor


def serve(listener: socket.socket) -> None:
    """Serve two clients, one after the other, with their own words.

    Args:
        listener: The listening TCP socket.

    Source: accept(2).
    """
    for _ in range(2):
        connection, _ = listener.accept()
        with connection:
            while words := connection.recv(1024):
                connection.sendall(words)


def main() -> None:
    """Connect two clients; only the second one speaks.

    Source: listen(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, ThreadPoolExecutor() as threads:
        server = threads.submit(serve, listener)
        address = listener.getsockname()
        first = socket.create_connection(address)
        with socket.create_connection(address) as second:
            with first:
                second.sendall(b"hello")
                second.settimeout(0.1)
                try:
                    print("first is silent:", second.recv(1024))
                except TimeoutError as error:
                    print("first is silent:", error)
            second.settimeout(5)
            print("first has left:", second.recv(1024))
        server.result(timeout=5)


if __name__ == "__main__":
    main()
