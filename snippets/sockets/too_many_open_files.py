"""Each socket takes a descriptor; without one, socket() fails.

Unix: the module resource sets the limit.
"""

import contextlib
import resource
import socket


def main() -> None:
    """Lower the limit, open sockets until it is met, close one.

    Source: socket(2), getrlimit(2).
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as sockets:
        first = sockets.enter_context(socket.socket())
        limit = first.fileno() + 4
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        try:
            while True:
                sockets.enter_context(socket.socket())
        except OSError as error:
            print(f"{type(error).__name__}: {error}")
        first.close()
        sockets.enter_context(socket.socket())
        print("after closing one: opened")
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


if __name__ == "__main__":
    main()
