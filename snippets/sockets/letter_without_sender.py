"""A Unix-domain datagram names its sender only if it has a name."""

import contextlib
import socket
import tempfile


def main() -> None:
    """Send one datagram without a name, and one with a name.

    Source: unix(7), "Address format".
    """
    socket.setdefaulttimeout(5)  # seconds
    kind = (socket.AF_UNIX, socket.SOCK_DGRAM)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        socket.socket(*kind) as server,
        socket.socket(*kind) as client,
    ):
        server.bind("office")
        client.sendto(b"first", "office")
        print(*server.recvfrom(1024), sep=", from: ")

        client.bind("home")
        client.sendto(b"second", "office")
        words, sender = server.recvfrom(1024)
        print(words, sender, sep=", from: ")
        server.sendto(b"thank you", sender)
        print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
