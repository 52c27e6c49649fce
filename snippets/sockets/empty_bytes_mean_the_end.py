"""On a stream, b'' does not mean "not yet". It means the end."""

import socket


def main() -> None:
    """Send news, and count the reads that it takes.

    Source: recv(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    client, server = socket.socketpair()  # connected
    with server:
        server.sendall(b"rain")
    news, reads = b"", 0
    with client:
        while reads < 100:  # so that this run ends
            reads += 1
            part = client.recv(1024)
            if not part:
                break  # the other end has closed
            news += part
    print("news:", news, "- reads:", reads)


if __name__ == "__main__":
    main()
