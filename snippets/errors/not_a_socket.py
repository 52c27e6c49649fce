"""A closed socket is no socket, and neither is a file."""

import os
import select
import socket
import tempfile


def main() -> None:
    """Use a closed socket, then a file as if it were one.

    Source: socket(2), epoll_ctl(2); recorded on Linux.
    """
    with socket.socket() as closed:
        pass
    with tempfile.TemporaryFile() as file, select.epoll() as poll:
        for call in (
            lambda: closed.recv(1024),
            lambda: select.select([closed], [], [], 0),
            lambda: socket.socket(fileno=os.dup(file.fileno())),
            lambda: poll.register(file),
        ):
            try:
                call()
            except (OSError, ValueError) as error:
                print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
