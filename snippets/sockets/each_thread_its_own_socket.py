"""Two threads with a socket each get their own answers."""

import socket
from concurrent.futures import ThreadPoolExecutor


def ask(client: socket.socket, name: bytes) -> str:
    """Say a name, and read the answer to it.

    Args:
        client: A socket that no other thread uses.
        name: What to say; the server answers with the same.
    """
    client.sendall(name)
    return client.recv(3).decode()


def main() -> None:
    """Let Ann and Ben use a socket each."""
    socket.setdefaulttimeout(5)  # seconds
    ann, from_ann = socket.socketpair()
    ben, from_ben = socket.socketpair()
    with ann, from_ann, ben, from_ben, ThreadPoolExecutor() as pool:
        ann_is_told = pool.submit(ask, ann, b"ann")
        ben_is_told = pool.submit(ask, ben, b"ben")
        for server in (from_ben, from_ann):
            server.sendall(server.recv(3))
        print("ann is told:", ann_is_told.result())
        print("ben is told:", ben_is_told.result())


if __name__ == "__main__":
    main()
