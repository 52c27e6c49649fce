"""Two programs on one host talk through a path, not a port."""

import contextlib
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor


def serve(listener: socket.socket) -> None:
    """Send one client its own words back.

    Args:
        listener: The listening Unix-domain socket.

    Source: unix(7), accept(2).
    """
    connection, _ = listener.accept()
    with connection:
        while words := connection.recv(1024):
            connection.sendall(words)


def main() -> None:
    """Start the server at a path, then be its client.

    Source: unix(7), bind(2), connect(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        socket.socket(socket.AF_UNIX) as listener,
        ThreadPoolExecutor() as threads,
    ):
        listener.bind("door")
        listener.listen()
        server = threads.submit(serve, listener)
        with socket.socket(socket.AF_UNIX) as client:
            client.connect("door")
            client.sendall(b"hello")
            client.shutdown(socket.SHUT_WR)
            print("echo:", client.recv(1024))
        server.result(timeout=5)


if __name__ == "__main__":
    main()
