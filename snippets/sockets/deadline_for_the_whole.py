"""A deadline limits the whole: each wait gets what is left."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor


def drip(accepted: socket.socket, word: bytes) -> None:
    """Send a word byte by byte, 0.8 seconds before each."""
    accepted.settimeout(0.8)
    for at in range(len(word)):
        try:
            accepted.recv(1024)
        except TimeoutError:
            accepted.sendall(word[at : at + 1])


def read(client: socket.socket, size: int, seconds: float) -> bytes:
    """Read so many bytes, or raise TimeoutError."""
    deadline = time.monotonic() + seconds
    data = b""
    while len(data) < size:
        client.settimeout(max(deadline - time.monotonic(), 0.001))
        piece = client.recv(size - len(data))
        if not piece:
            break
        data += piece
    return data


def main() -> None:
    """Read two bytes, all within 1.2 seconds."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
        ThreadPoolExecutor() as threads,
    ):
        server = threads.submit(drip, accepted, b"ok")
        try:
            print("received:", read(client, size=2, seconds=1.2))
        except TimeoutError as error:
            print("received:", error)
            client.close()
        server.result()


if __name__ == "__main__":
    main()
