"""A socket stays in its kernel; a descriptor for it can move."""

import multiprocessing
import os
import socket


def worker(door: socket.socket) -> None:
    """In another process: take what comes through the door."""
    with door:
        _, [descriptor], _, _ = socket.recv_fds(door, 1, 1)
        door.recv(6)  # the other process has closed its own
        with socket.socket(fileno=descriptor) as taken:
            door.sendall(os.fstat(descriptor).st_ino.to_bytes(8))
            taken.sendall(b"hello from the child")


def hand_over(listener: socket.socket, door: socket.socket) -> None:
    """Accept a client, and pass its socket through the door.

    Source: unix(7), SCM_RIGHTS.
    """
    with listener.accept()[0] as taken:
        socket.send_fds(door, [b"?"], [taken.fileno()])
        print("here it is inode", os.fstat(taken.fileno()).st_ino)
    door.sendall(b"closed")


def main() -> None:
    """Start the other process, and call the server."""
    socket.setdefaulttimeout(5)  # seconds
    ours, theirs = socket.socketpair()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=worker, args=(theirs,))
    with ours, theirs:
        child.start()
        with socket.create_server(("127.0.0.1", 0)) as front:
            here = front.getsockname()
            with socket.create_connection(here) as client:
                hand_over(front, ours)
                child.join()
                inode = int.from_bytes(ours.recv(8))
                print("there it is inode", inode)
                print("client reads:", client.recv(1024))


if __name__ == "__main__":
    main()
