"""sendall() goes on until every byte is taken."""

import socket
from concurrent.futures import ThreadPoolExecutor


def main() -> None:
    """Send a million bytes through a small send buffer.

    Source: Python, socket.sendall.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
        ThreadPoolExecutor() as pool,
    ):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        pool.submit(client.sendall, bytes(1_000_000))
        arrived = 0
        while arrived < 1_000_000:
            arrived += len(server.recv(65536))
        print("all of them arrived:", arrived == 1_000_000)


if __name__ == "__main__":
    main()
