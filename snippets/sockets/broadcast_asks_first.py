"""A broadcast reaches everybody on a port, if you ask first."""

import socket

EVERYBODY = "127.255.255.255"  # all of 127.0.0.0/8


def main() -> None:
    """Send to everybody, without leave and with it.

    Source: ip(7), socket(7), SO_BROADCAST.
    """
    with (
        socket.socket(type=socket.SOCK_DGRAM) as reader,
        socket.socket(type=socket.SOCK_DGRAM) as sender,
    ):
        reader.settimeout(5)  # seconds
        reader.bind((EVERYBODY, 0))
        port = reader.getsockname()[1]
        sender.bind(("127.0.0.1", 0))
        try:
            sender.sendto(b"hello, all", (EVERYBODY, port))
        except PermissionError as error:
            print("without leave:", error)
        option = socket.SO_BROADCAST
        sender.setsockopt(socket.SOL_SOCKET, option, 1)
        sender.sendto(b"hello, all", (EVERYBODY, port))
        print("with leave:", reader.recv(1024))


if __name__ == "__main__":
    main()
