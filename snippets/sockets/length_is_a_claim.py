"""A length is a claim; check it before you believe it."""

import socket
import struct


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Read size bytes; raise EOFError if the stream ends first."""
    data = b""
    while len(data) < size:
        if not (part := sock.recv(size - len(data))):
            raise EOFError("the stream ended inside a frame")
        data += part
    return data


def receive_frame(sock: socket.socket, limit: int) -> bytes:
    """Read one frame, unless it claims to be longer than a limit.

    Raises:
        ValueError: It does.
    """
    (size,) = struct.unpack("!I", receive_exactly(sock, 4))
    if size > limit:
        raise ValueError(f"{size} bytes claimed, {limit} allowed")
    return receive_exactly(sock, size)


def main() -> None:
    """Let a web client call a server that expects frames."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        try:
            receive_frame(accepted, limit=4096)
        except ValueError as error:
            print("server:", error)
        print("what follows:", accepted.recv(1024))


if __name__ == "__main__":
    main()
