"""recv() returns what is there; a loop makes it what you need."""

import socket


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Read until a number of bytes are there.

    Args:
        sock: A connected stream socket.
        size: How many bytes to read.

    Raises:
        EOFError: The stream ended before that.

    Source: recv(2).
    """
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise EOFError(f"the end, after {len(data)} bytes")
        data += part
    return data


def main() -> None:
    """Ask for ten bytes in two ways, then for more than come."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"hello")
        print("recv(10):", accepted.recv(10))
        client.sendall(b"world")
        client.sendall(b"again")
        print("receive_exactly(10):", receive_exactly(accepted, 10))
        client.sendall(b"bye")
        client.shutdown(socket.SHUT_WR)
        try:
            receive_exactly(accepted, 10)
        except EOFError as error:
            print("receive_exactly(10):", error)


if __name__ == "__main__":
    main()
