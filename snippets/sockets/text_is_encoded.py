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
        client.shutdown(socket.SHUT_WR)
        with server.makefile("rb") as stream:
            read = stream.read()
        print("characters:", len(name))
        print("bytes:", len(read))
        print("the same name:", read.decode() == name)


if __name__ == "__main__":
    main()
