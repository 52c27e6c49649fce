"""Each call has its turn; out of turn, the kernel says no."""

import socket
from collections.abc import Callable


def fail(call: Callable[..., object], *arguments: object) -> None:
    """Make a call out of turn."""
    try:
        call(*arguments)
    except OSError as error:
        print(f"{call.__name__}: {type(error).__name__}: {error}")


def main() -> None:
    """Accept too early, bind twice, connect twice.

    Source: accept(2), bind(2), connect(2); on Linux.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
        socket.socket() as early,
    ):
        early.bind(("127.0.0.1", 0))
        fail(early.accept)  # before listen()
        fail(early.bind, ("127.0.0.1", 0))  # twice
        fail(listener.recv, 1024)  # not the accepted one
        fail(accepted.connect, listener.getsockname())  # is already


if __name__ == "__main__":
    main()
