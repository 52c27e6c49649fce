"""encode() makes bytes of text; decode() makes text of bytes."""

import socket


def main() -> None:
    """Send a name over a connection.

    Source: Python, Unicode HOWTO.
    """
    socket.setdefaulttimeout(5)  # seconds
    name = "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}"
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
    ):
        client.sendall(name.encode())
        data = server.recv(1024)
        print("characters:", len(name))
        print("server reads:", data)
        print("bytes:", len(data))
        print("the same name:", data.decode() == name)


if __name__ == "__main__":
    main()
