"""Nothing came in time: Python's own clock says so."""

import socket


def main() -> None:
    """Wait for an answer that nobody sends.

    Source: Python documentation of settimeout().
    """
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as silent,
    ):
        client.settimeout(0.05)  # seconds
        client.sendall(b"anybody?")
        try:
            client.recv(1024)
        except OSError as error:
            print(f"{type(error).__name__}: {error}")
            print("errno:", error.errno)
        print("the question arrived:", silent.recv(1024))


if __name__ == "__main__":
    main()
