"""A process can hand its listening socket to another."""

import multiprocessing
import socket


def take_over(door: socket.socket) -> None:
    """Take a listening socket, and serve one client with it.

    Args:
        door: One of two joined Unix-domain sockets.

    Source: unix(7), SCM_RIGHTS.
    """
    with door:
        _, [descriptor], _, _ = socket.recv_fds(door, 1, 1)
        door.recv(1)  # by now the other process has let go
    with (
        socket.socket(fileno=descriptor) as listener,
        listener.accept()[0] as connection,
    ):
        connection.sendall(b"hello from the new server")


def main() -> None:
    """Listen, take a call, and leave the rest to a child.

    Source: unix(7), SCM_RIGHTS; listen(2), backlog.
    """
    socket.setdefaulttimeout(5)  # seconds
    ours, theirs = socket.socketpair()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=take_over, args=(theirs,))
    with ours, theirs:
        child.start()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = listener.getsockname()
            client = socket.create_connection(address)
            socket.send_fds(ours, [b"?"], [listener.fileno()])
        with client:
            ours.sendall(b"!")
            print("client reads:", client.recv(1024))
            print("then the end:", client.recv(1024))
        child.join()


if __name__ == "__main__":
    main()
