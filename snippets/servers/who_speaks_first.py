"""Each end waits for the other one's first word, for ever."""

import socket
from concurrent.futures import ThreadPoolExecutor


def serve(conn: socket.socket) -> bytes:
    """Wait for the client's first word, then answer."""
    words = conn.recv(100)
    conn.sendall(b"welcome")
    return words


def call(sock: socket.socket) -> bytes:
    """Wait for the server's greeting, then answer."""
    words = sock.recv(100)
    sock.sendall(b"hello")
    return words


def main() -> None:
    """Let both ends talk, and say what each was told.

    Source: RFC 9293 section 2.2.
    """
    socket.setdefaulttimeout(1)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as conn,
        ThreadPoolExecutor() as threads,
    ):
        host = threads.submit(serve, conn)
        caller = threads.submit(call, client)
        print("server:", host.exception() or host.result())
        print("client:", caller.exception() or caller.result())


if __name__ == "__main__":
    main()
