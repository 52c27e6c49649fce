"""A path outlives its server, and is then in the way."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable


def attempt(what: str, call: Callable[[str], None]) -> None:
    """Make a call with the path `door`, and print its outcome.

    Args:
        what: What to call it in the output.
        call: A method that takes a path.

    Source: unix(7), "Errors".
    """
    try:
        call("door")
        print(f"{what}: done")
    except OSError as error:
        print(f"{what}: {error}")


def main() -> None:
    """Leave a path behind, meet it, and remove it.

    Source: unix(7), "Notes".
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
    ):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("door")
            server.listen()
        with (
            socket.socket(socket.AF_UNIX) as client,
            socket.socket(socket.AF_UNIX) as server,
        ):
            attempt("path left behind, connect", client.connect)
            attempt("path left behind, bind", server.bind)
            os.unlink("door")
            attempt("path removed, connect", client.connect)
            attempt("path removed, bind", server.bind)


if __name__ == "__main__":
    main()
