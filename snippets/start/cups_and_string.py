"""Two cups and a string are two sockets and a connection.

The port numbers are labels on the cups.
"""

import socket


def main() -> None:
    """Talk through the string, then let one cup go.

    Source: RFC 9293 section 4; socket(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as red,
    ):
        try:
            red.getpeername()
        except OSError as error:
            print("a cup without a string:", error.strerror)
        red.connect(listener.getsockname())  # now there is a string
        with listener.accept()[0] as blue:
            labels = {cup.getsockname()[1] for cup in (red, blue)}
            print("labels:", len(labels))
            red.sendall(b"hello")
            print("blue hears:", blue.recv(1024))
            blue.sendall(b"hello yourself")
            print("red hears:", red.recv(1024))
        print("blue let go, red hears:", red.recv(1024))
        print("red is still there:", red.fileno() >= 0)


if __name__ == "__main__":
    main()
