"""Wrong: it was meant to read to the end, which takes two reads."""

import socket


def main():
    """Send news, and count the reads that it takes."""
    client, server = socket.socketpair()  # connected
    with server:
        server.sendall(b"rain")
    news, reads = b"", 0
    with client:
        while reads < 100:  # so that this run ends
            reads += 1
            part = client.recv(1024)
            if not part:
                continue  # nothing there yet: try again
            news += part
    print("news:", news, "- reads:", reads)


if __name__ == "__main__":
    main()

# socktrace: wanted news: b'rain' - reads: 2
