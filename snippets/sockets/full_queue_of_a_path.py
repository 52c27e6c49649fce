"""At a path, a caller with a time limit may not wait for room."""

import contextlib
import socket
import tempfile


def call(client: socket.socket) -> str:
    """Connect to the path `door`, and return what came of it.

    Source: connect(2), EAGAIN.
    """
    try:
        client.connect("door")
    except BlockingIOError as error:
        return f"BlockingIOError: {error}"
    return "connected"


def main() -> None:
    """Fill a queue of one, call, make room, and call again."""
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        socket.socket(socket.AF_UNIX) as server,
        socket.socket(socket.AF_UNIX) as first,
        socket.socket(socket.AF_UNIX) as second,
    ):
        server.bind("door")
        server.listen(0)
        for client in first, second:
            client.settimeout(5)  # seconds
        print("first client:", call(first))
        print("second client:", call(second))
        server.accept()[0].close()
        print("second client, later:", call(second))
        server.accept()[0].close()


if __name__ == "__main__":
    main()
