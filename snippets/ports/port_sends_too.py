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
        print("ben has port", ben.getsockname()[1])
        ann.sendto(b"ping", ben.getsockname())
        word, sender = ben.recvfrom(1024)
        print("ben reads:", word, "from port", sender[1])
        ben.sendto(b"pong", sender)
        word, sender = ann.recvfrom(1024)
        print("ann reads:", word, "from port", sender[1])


if __name__ == "__main__":
    main()
