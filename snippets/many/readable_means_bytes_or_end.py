"""Readable means: recv would not wait, for bytes or for the end."""

import select
import socket


def is_readable(sock: socket.socket, seconds: float = 2) -> bool:
    """Say whether a read on this socket would return at once.

    Args:
        sock: Any socket.
        seconds: How long to wait for it to become readable.

    Source: select(2).
    """
    readable, _, _ = select.select([sock], [], [], seconds)
    return sock in readable


def main() -> None:
    """Ask before and after each thing that happens.

    Source: select(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print("nobody calls:", is_readable(listener, 0))
        client = socket.create_connection(listener.getsockname())
        print("somebody calls:", is_readable(listener))
        with listener.accept()[0] as server:
            with client:
                print("nothing sent:", is_readable(server, 0))
                client.sendall(b"hello")
                print("five bytes sent:", is_readable(server))
                print("not read yet:", is_readable(server))
                server.recv(1024)
                print("all read:", is_readable(server, 0))
            print("the peer closed:", is_readable(server))
            print("recv gives:", server.recv(1024))


if __name__ == "__main__":
    main()
