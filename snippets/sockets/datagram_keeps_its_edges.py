"""A datagram that arrives keeps its edges, even an empty one.

For UDP, b'' is an empty datagram and not the end of anything.
"""

import socket


def main() -> None:
    """Send four datagrams, then read four.

    Source: udp(7), recv(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sender,
        socket.socket(type=socket.SOCK_DGRAM) as receiver,
    ):
        sender.bind(("127.0.0.1", 0))
        receiver.bind(("127.0.0.1", 0))
        for words in (b"one", b"two", b"", b"four"):
            sender.sendto(words, receiver.getsockname())
        for turn in ("first", "second", "third", "fourth"):
            print(turn, "read:", receiver.recv(1024))


if __name__ == "__main__":
    main()
