"""A socket stays in its kernel; a descriptor for it can move."""

import multiprocessing
import os
import socket


def worker(door: socket.socket) -> None:
    """Take a socket through the door, and answer on it.

    Args:
        door: One of two joined Unix-domain sockets.

    Source: unix(7), SCM_RIGHTS.
    """
    with door:
        _, [descriptor], _, _ = socket.recv_fds(door, 1, 1)
        door.recv(1)  # by now the other process has let go
        with socket.socket(fileno=descriptor) as taken:
            door.sendall(os.fstat(descriptor).st_ino.to_bytes(8))
            taken.sendall(b"hello from the child")


def main() -> None:
    """Accept a client, and give it to another process.

    Source: unix(7), SCM_RIGHTS; fork(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    ours, theirs = socket.socketpair()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=worker, args=(theirs,))
    with ours, theirs:
        child.start()
        with (
            socket.create_server(("127.0.0.1", 0)) as front,
            socket.create_connection(front.getsockname()) as client,
        ):
            with front.accept()[0] as taken:
                inode = os.fstat(taken.fileno()).st_ino
                socket.send_fds(ours, [b"?"], [taken.fileno()])
            ours.sendall(b"!")
            child.join()
            print("here it is inode", inode)
            print("there it is inode", int.from_bytes(ours.recv(8)))
            print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
