"""A client tries one address after the other."""

import socket


def connect(name: str | None, port: int) -> socket.socket:
    """Return a socket connected to the first address that takes it.

    Args:
        name: The host's name; None stands for this host.
        port: The TCP port.

    Raises:
        OSError: No address took the call.

    Source: getaddrinfo(3), "Normally, the application".
    """
    rows = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    for family, kind, protocol, _, address in rows:
        client = socket.socket(family, kind, protocol)
        try:
            client.connect(address)  # socktrace: expect refused
        except OSError as error:
            client.close()
            print(f"{address[0]}: {type(error).__name__}")
        else:
            print(f"{address[0]}: connected")
            return client
    raise OSError("no address took the call")


def main() -> None:
    """Listen at one of this host's addresses, and call the host."""
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        connect(None, listener.getsockname()[1]) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall(b"found you")
        print("server reads:", accepted.recv(1024))


if __name__ == "__main__":
    main()
