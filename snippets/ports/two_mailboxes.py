"""Two ports on one host are two mailboxes, each with its mail."""

import socket


def main() -> None:
    """Write to two ports and look into both mailboxes.

    Source: RFC 768; udp(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.socket(type=socket.SOCK_DGRAM) as chat,  # UDP
        socket.socket(type=socket.SOCK_DGRAM) as game,
        socket.socket(type=socket.SOCK_DGRAM) as writer,
    ):
        for box in (chat, game, writer):
            box.bind(("127.0.0.1", 0))  # 0: a free port
        # getsockname() is a socket's own (address, port).
        writer.sendto(b"for chat", chat.getsockname())
        writer.sendto(b"for game", game.getsockname())
        print("game reads:", game.recv(1024).decode())
        print("chat reads:", chat.recv(1024).decode())


if __name__ == "__main__":
    main()
