"""A server bound to 0.0.0.0 is reached at every address it has."""

import socket


def main() -> None:
    """Call the server at the address that others use.

    Source: ip(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    other = "127.0.0.2"  # stands in for a container's
    # socktrace: expect wildcard
    with socket.create_server(("0.0.0.0", 0)) as listener:
        port = listener.getsockname()[1]
        with (
            socket.create_connection((other, port)) as client,
            listener.accept()[0] as server,
        ):
            client.sendall(b"hello")
            server.recv(1024)
            print("reached")


if __name__ == "__main__":
    main()
