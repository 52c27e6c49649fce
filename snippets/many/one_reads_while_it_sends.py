"""One end reads while it sends, and both get everything."""

import socket
from concurrent.futures import ThreadPoolExecutor
from select import select

WORDS = bytes(300_000)
SEND_BUFFER = (socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)


def read_all(end: socket.socket) -> bytes:
    """Read to the end of the stream."""
    heard = b""
    while words := end.recv(262144):
        heard += words
    return heard


def serve(end: socket.socket) -> bytes:
    """Hear one byte, answer at length, and only then read on."""
    first = end.recv(1)
    end.sendall(WORDS)
    end.shutdown(socket.SHUT_WR)
    return first + read_all(end)


def main() -> None:
    """Send in one thread, and read in another meanwhile."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
        ThreadPoolExecutor() as threads,
    ):
        for end in (client, accepted):
            end.setsockopt(*SEND_BUFFER)
        server = threads.submit(serve, accepted)
        sending = threads.submit(client.sendall, WORDS)
        select([client], [], [], 5)  # the answer has begun
        print("client got all:", read_all(client) == WORDS)
        sending.result()
        client.shutdown(socket.SHUT_WR)
        print("server got all:", server.result() == WORDS)


if __name__ == "__main__":
    main()
