"""A Unix path has to be there, be served, and be of your type."""

import contextlib
import os
import socket
import tempfile


def fail(path: str) -> None:
    """Call a path at which nobody takes streams."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(path)
        except OSError as error:
            print(f"{type(error).__name__}: {error}")


def main() -> None:
    """Call four paths in vain. Source: unix(7); on Linux."""
    kind, path = (socket.AF_UNIX, socket.SOCK_DGRAM), "app.sock"
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
    ):
        fail(path)  # no such file
        with socket.socket(*kind) as datagrams:
            datagrams.bind(path)
            fail(path)  # another type of socket
        os.unlink(path)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path)
        fail(path)  # the file of a server that has gone
        fail("x" * 108)  # too long


if __name__ == "__main__":
    main()
