"""A length before each frame lets it hold any byte, or none."""

import socket
import struct
from collections.abc import Iterator


def frame(data: bytes) -> bytes:
    """Put the length before the data, in four bytes."""
    return struct.pack("!I", len(data)) + data


def take_frames(buffer: bytearray) -> Iterator[bytes]:
    """Take each complete frame off the front of a buffer.

    Raises:
        ValueError: A frame says that it is too long.

    Source: struct, "!" is network byte order.
    """
    while len(buffer) >= 4:
        (size,) = struct.unpack_from("!I", buffer)
        if size > 4096:
            raise ValueError("the frame is too long")
        if len(buffer) < 4 + size:
            return
        data = bytes(buffer[4 : 4 + size])
        del buffer[: 4 + size]
        yield data


def main() -> None:
    """Send three frames in pieces that cut a length in two."""
    socket.setdefaulttimeout(5)  # seconds
    stream = frame(b"one") + frame(b"") + frame(b"two\nlines")
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        buffer = bytearray()
        for piece in stream[:9], stream[9:]:
            client.sendall(piece)
            buffer += accepted.recv(1024)
            print("frames so far:", list(take_frames(buffer)))


if __name__ == "__main__":
    main()
