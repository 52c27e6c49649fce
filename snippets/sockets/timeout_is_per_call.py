"""A timeout limits one call, not the whole conversation."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor


def drip(accepted: socket.socket, word: bytes) -> None:
    """Send a word byte by byte, 0.8 seconds before each.

    Args:
        accepted: The slow server's end of a connection.
        word: What to send.
    """
    accepted.settimeout(0.8)
    for at in range(len(word)):
        try:
            accepted.recv(1024)
        except TimeoutError:  # nobody asked us to hurry
            accepted.sendall(word[at : at + 1])


def main() -> None:
    """Read two bytes, with a timeout of 1.2 seconds.

    Source: Python documentation, socket.settimeout.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
        ThreadPoolExecutor() as threads,
    ):
        start = time.monotonic()
        server = threads.submit(drip, accepted, b"ok")
        client.settimeout(1.2)
        try:
            print("received:", client.recv(1) + client.recv(1))
        except TimeoutError as error:
            print("received:", error)
        server.result()
        print("longer than 1.2 s:", time.monotonic() - start > 1.2)


if __name__ == "__main__":
    main()
