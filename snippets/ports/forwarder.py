"""The port you dial need not be the port that answers."""

import socket
from concurrent.futures import ThreadPoolExecutor


def copy(source: socket.socket, sink: socket.socket) -> None:
    """Hand on one direction of a conversation, then its end.

    Args:
        source: The connected socket to read until its end.
        sink: The connected socket to write to.

    Source: recv(2), shutdown(2).
    """
    while words := source.recv(1024):
        sink.sendall(words)
    sink.shutdown(socket.SHUT_WR)


def main() -> None:
    """Be the client, the forwarder and the server.

    Source: RFC 9293 sections 3.4.1 and 3.6.1.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.create_connection(door.getsockname()) as client,
        door.accept()[0] as outer,
        socket.create_connection(server.getsockname()) as inner,
        server.accept()[0] as answers,
        ThreadPoolExecutor() as threads,
    ):
        copies = threads.map(copy, (outer, inner), (inner, outer))
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
        print("server reads:", answers.recv(9), answers.recv(9))
        for name, end in (("client", client), ("server", answers)):
            print(name, "has port", end.getsockname()[1])
            print(name, "sees port", end.getpeername()[1])
        answers.sendall(b"welcome")
        answers.shutdown(socket.SHUT_WR)
        print("client reads:", client.recv(9))
        list(copies)


if __name__ == "__main__":
    main()
