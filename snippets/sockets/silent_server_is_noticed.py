"""With a timeout, recv() ends even if the server is silent."""

import socket


def main() -> None:
    """Ask a server that hears, and never answers.

    Source: Python, socket.settimeout().
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        client.sendall(b"question")
        server.recv(1024)
        client.settimeout(0.1)
        try:
            print("answer:", client.recv(1024))
        except TimeoutError:
            print("no answer in time")


if __name__ == "__main__":
    main()
