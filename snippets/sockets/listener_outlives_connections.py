"""A listening socket and its connections live and end apart."""

import socket


def main() -> None:
    """Serve two clients, the second after the listener's end.

    Source: accept(2), close(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        with (
            socket.create_connection(address) as client,
            listener.accept()[0] as accepted,
        ):
            client.sendall(b"one")
            print("first client:", accepted.recv(1024))
        client = socket.create_connection(address)
        accepted, _ = listener.accept()
    with client, accepted:
        client.sendall(b"two")
        print("next client, listener closed:", accepted.recv(1024))


if __name__ == "__main__":
    main()
