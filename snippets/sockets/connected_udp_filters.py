"""A connected UDP socket takes datagrams from its peer alone."""

import socket


def main() -> None:
    """Let a stranger write before and after connect().

    Source: connect(2); udp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    kind = (socket.AF_INET, socket.SOCK_DGRAM)
    with (
        socket.socket(*kind) as client,
        socket.socket(*kind) as friend,
        socket.socket(*kind) as stranger,
    ):
        for one in (client, friend, stranger):
            one.bind(("127.0.0.1", 0))
        stranger.sendto(b"early", client.getsockname())
        client.connect(friend.getsockname())
        stranger.sendto(b"late", client.getsockname())
        friend.sendto(b"hello", client.getsockname())

        print("first read:", client.recv(1024))
        print("second read:", client.recv(1024))
        client.send(b"no address needed")
        print("friend reads:", friend.recv(1024))


if __name__ == "__main__":
    main()
