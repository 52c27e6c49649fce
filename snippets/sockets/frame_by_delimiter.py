"""A line feed ends each frame, wherever the stream is cut."""

import socket
from collections.abc import Iterator


def read_lines(sock: socket.socket) -> Iterator[bytes]:
    """Yield each line; what follows it waits in a buffer.

    Raises:
        EOFError: The stream ended inside a line.
        ValueError: A line is too long, whole or not.

    Source: recv(2).
    """
    buffer = b""
    while part := sock.recv(1024):
        *lines, buffer = (buffer + part).split(b"\n")
        if any(len(line) > 4096 for line in (*lines, buffer)):
            raise ValueError("the line is too long")
        yield from lines
    if buffer:
        raise EOFError("the last line has no end")


def main() -> None:
    """Send three lines in two pieces."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        lines = read_lines(accepted)
        client.sendall(b"one\ntw")
        print("a line:", next(lines))
        client.sendall(b"o\nthree\n")
        client.shutdown(socket.SHUT_WR)
        for line in lines:
            print("a line:", line)


if __name__ == "__main__":
    main()
