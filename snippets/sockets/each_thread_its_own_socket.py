"""Two threads with a connection each get their own answers."""

import socket
from concurrent.futures import ThreadPoolExecutor


def ask(address: tuple[str, int], name: str) -> str:
    """Say a name on a connection of our own, and read the answer.

    Args:
        address: The host and port of the server.
        name: What to say; the server answers with the same.
    """
    with (
        socket.create_connection(address) as client,
        client.makefile() as answer,
    ):
        client.sendall(f"{name}\n".encode())
        return answer.readline().rstrip()


def main() -> None:
    """Let Ann and Ben use a socket each."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        ThreadPoolExecutor() as pool,
    ):
        address = listener.getsockname()
        ann = pool.submit(ask, address, "ann")
        ben = pool.submit(ask, address, "ben")
        for _ in range(2):
            with (
                listener.accept()[0] as server,
                server.makefile("rb") as names,
            ):
                server.sendall(names.readline())
        print("ann is told:", ann.result())
        print("ben is told:", ben.result())


if __name__ == "__main__":
    main()
