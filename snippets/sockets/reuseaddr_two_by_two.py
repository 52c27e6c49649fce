"""On Linux the old server and the new must set SO_REUSEADDR.

A port with a connection in TIME-WAIT is bound again, with the
option on neither of the two sockets, on one of them, and on both.
"""

import socket
from socket import SO_REUSEADDR, SOL_SOCKET


def restart(old_sets: bool, new_sets: bool) -> None:
    """Let a server close first and start it anew; each may set it.

    Source: socket(7), SO_REUSEADDR and NOTES.
    """
    with socket.socket() as old, socket.socket() as client:
        old.setsockopt(SOL_SOCKET, SO_REUSEADDR, old_sets)
        old.bind(("127.0.0.1", 0))
        old.listen()
        address = old.getsockname()
        client.connect(address)
        old.accept()[0].close()
        client.recv(1024)  # the end: the server closed first

    with socket.socket() as new:
        new.setsockopt(SOL_SOCKET, SO_REUSEADDR, new_sets)
        new.bind(address)


def result(old_sets: bool, new_sets: bool) -> str:
    """Say what came of it."""
    try:
        restart(old_sets, new_sets)
    except OSError as error:
        return str(error)
    return "ok"


def main() -> None:
    """Try all four."""
    socket.setdefaulttimeout(5)  # seconds
    print("neither:", result(False, False))
    print("only the old one:", result(True, False))
    print("only the new one:", result(False, True))
    print("both:", result(True, True))


if __name__ == "__main__":
    main()
