"""Neither is a failure: you said not to wait, and it's not yet."""

import select
import socket


def main() -> None:
    """Read nothing and connect, without waiting.

    Source: connect(2), recv(2); recorded on Linux.
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        client.setblocking(False)
        try:
            client.connect(listener.getsockname())
        except OSError as error:
            print(f"{type(error).__name__}: {error}")
        with listener.accept()[0] as accepted:
            try:
                client.recv(1024)
            except OSError as error:
                print(f"{type(error).__name__}: {error}")
            accepted.sendall(b"now")
            select.select([client], [], [], 5)  # the cure
            print(client.recv(1024))


if __name__ == "__main__":
    main()
