"""Send to someone who has gone: once it works, then it breaks."""

import socket


def main() -> None:
    """Send three times after the other side has closed.

    Source: send(2), RFC 9293 section 3.10.4; on Linux.
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        listener.accept()[0].close()
        print("the other side has closed:", client.recv(1024))
        for word in (b"hello?", b"anybody?"):
            try:
                # socktrace: expect reset
                print("sent:", client.send(word), "bytes")
            except OSError as error:
                print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
