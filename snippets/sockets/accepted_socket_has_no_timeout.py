"""An accepted socket does not inherit the listener's timeout.

It takes the default timeout, and without one it waits for ever.
"""

import socket


def accept_one(listener: socket.socket) -> float | None:
    """Connect, and return the timeout of the accepted socket.

    Args:
        listener: A listening socket.

    Source: Python documentation, timeouts and the accept method.
    """
    with (
        socket.create_connection(listener.getsockname(), timeout=5),
        listener.accept()[0] as accepted,
    ):
        return accepted.gettimeout()


def main() -> None:
    """Accept without a default timeout and with one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)  # seconds
        print("listener:", listener.gettimeout())
        print("accepted:", accept_one(listener))
        socket.setdefaulttimeout(2)
        print("with a default:", accept_one(listener))


if __name__ == "__main__":
    main()
