"""A port sends as much as it receives: it is on every datagram."""

import socket


def main() -> None:
    """Send a word each way, and look at where it came from.

    Source: RFC 768.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as ann,
        socket.socket(type=socket.SOCK_DGRAM) as ben,
    ):
        ann.bind(("127.0.0.1", 0))
        ben.bind(("127.0.0.1", 0))

        ann.sendto(b"ping", ben.getsockname())
        word, sender = ben.recvfrom(1024)
        print("ben reads:", word)
        print("sent from ann's port:", sender == ann.getsockname())

        ben.sendto(b"pong", sender)
        word, sender = ann.recvfrom(1024)
        print("ann reads:", word)
        print("sent from ben's port:", sender == ben.getsockname())


if __name__ == "__main__":
    main()
