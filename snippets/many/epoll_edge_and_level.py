"""epoll reports a state, or if asked only a change of it."""

import select
import socket


def main() -> None:
    """Ask each way three times, with five bytes waiting unread.

    Source: epoll(7).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as server,
        select.epoll() as level,
        select.epoll() as edge,
    ):
        level.register(server, select.EPOLLIN)
        edge.register(server, select.EPOLLIN | select.EPOLLET)
        client.sendall(b"hello")
        print("level, first time:", len(level.poll(5)))
        print("level, not read:", len(level.poll(0)))
        print("edge, first time:", len(edge.poll(5)))
        print("edge, not read:", len(edge.poll(0)))
        client.sendall(b"again")
        print("edge, more arrived:", len(edge.poll(5)))
        print("all of it:", server.recv(1024))


if __name__ == "__main__":
    main()
