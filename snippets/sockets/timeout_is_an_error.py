"""A timeout ends one call with TimeoutError, not the connection."""

import errno
import socket


def main() -> None:
    """Wait in vain, then read what came too late.

    Source: Python documentation, notes on socket timeouts.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.settimeout(0.05)
        try:
            print("in time:", client.recv(1024))
        except TimeoutError as late:
            print("message:", late)
            print("errno:", late.errno)
            print("ETIMEDOUT:", late.errno == errno.ETIMEDOUT)

        accepted.sendall(b"sorry")
        client.settimeout(5)
        try:
            print("afterwards:", client.recv(1024))
        except OSError as error:
            print("afterwards:", error)


if __name__ == "__main__":
    main()
