"""A datagram needs an address, and has to fit into one packet."""

import socket


def main() -> None:
    """Send a datagram to nobody, and one that is too long.

    Source: udp(7), ip(7); recorded on Linux.
    """
    with (
        socket.socket(type=socket.SOCK_DGRAM) as receiver,
        socket.socket(type=socket.SOCK_DGRAM) as sender,
    ):
        receiver.bind(("127.0.0.1", 0))
        try:
            sender.send(b"to whom?")
        except OSError as error:
            print(f"{type(error).__name__}: {error}")
        try:
            sender.sendto(b"0" * 65508, receiver.getsockname())
        except OSError as error:
            print(f"{type(error).__name__}: {error}")
        broadcast = ("127.255.255.255", receiver.getsockname()[1])
        try:
            sender.sendto(b"everybody!", broadcast)
        except OSError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
