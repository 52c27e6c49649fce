"""send() may take a part of the bytes; a loop sends the rest."""

import socket
from concurrent.futures import ThreadPoolExecutor
from socket import SO_SNDBUF, SOL_SOCKET


def send_everything(sock: socket.socket, data: bytes) -> list[int]:
    """Do what sendall() does, and count (send(2))."""
    taken: list[int] = []
    while sum(taken) < len(data):
        taken.append(sock.send(data[sum(taken) :]))
    return taken


def send_a_million(client: socket.socket) -> None:
    """Send a million bytes through a small send buffer."""
    client.settimeout(5)  # seconds
    client.setsockopt(SOL_SOCKET, SO_SNDBUF, 65536)
    taken = send_everything(client, bytes(1_000_000))
    client.shutdown(socket.SHUT_WR)
    print("first send took some bytes:", taken[0] > 0)
    print("first send took all bytes:", taken[0] == 1_000_000)


def read_to_the_end(listener: socket.socket) -> int:
    """Return how many bytes one client sends."""
    count = 0
    with listener.accept()[0] as accepted:
        while part := accepted.recv(65536):
            count += len(part)
    return count


def main() -> None:
    """Let a thread read all the time."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        ThreadPoolExecutor() as threads,
        socket.create_connection(listener.getsockname()) as client,
    ):
        reader = threads.submit(read_to_the_end, listener)
        send_a_million(client)
        print("bytes read in the end:", reader.result(timeout=5))


if __name__ == "__main__":
    main()
