"""A refused socket that is used again is aborted, on Linux."""

import socket


def main() -> None:
    """Call a port where nobody listens, twice on one socket.

    Source: connect(2); recorded on Linux, where it says to use a
    new socket after a failure.
    """
    with socket.socket() as deaf, socket.socket() as client:
        deaf.bind(("127.0.0.1", 0))  # and doesn't listen
        client.settimeout(5)
        for _ in range(2):
            try:
                # socktrace: expect refused
                client.connect(deaf.getsockname())
            except OSError as error:
                print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
