"""send() may take a part of the bytes; a loop sends the rest."""

import socket
from concurrent.futures import ThreadPoolExecutor


def send_everything(sock: socket.socket, data: bytes) -> list[int]:
    """Do by hand what sendall() does.

    Returns:
        How many bytes each send() took.

    Source: send(2).
    """
    taken: list[int] = []
    while sum(taken) < len(data):
        taken.append(sock.send(data[sum(taken) :]))
    return taken


def read_to_the_end(listener: socket.socket) -> int:
    """Return how many bytes one client sends."""
    count = 0
    with listener.accept()[0] as accepted:
        while part := accepted.recv(65536):
            count += len(part)
    return count


def main() -> None:
    """Send a million bytes through a small send buffer."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        ThreadPoolExecutor() as threads,
        socket.create_connection(listener.getsockname()) as client,
    ):
        reader = threads.submit(read_to_the_end, listener)
        client.setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDBUF, 65536
        )
        taken = send_everything(client, bytes(1_000_000))
        client.shutdown(socket.SHUT_WR)
        print("first send took some bytes:", taken[0] > 0)
        print("first send took all bytes:", taken[0] == 1_000_000)
        print("bytes read in the end:", reader.result(timeout=5))


if __name__ == "__main__":
    main()
