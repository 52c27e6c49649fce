"""The kernel tells a server which process has called it."""

import contextlib
import multiprocessing
import os
import socket
import struct
import tempfile


def call() -> None:
    """Connect to the path `door`, and wait until it closes.

    Source: unix(7).
    """
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("door")
        client.recv(1)


def main() -> None:
    """Let a child call, and ask the kernel who it is.

    Source: unix(7), SO_PEERCRED.
    """
    socket.setdefaulttimeout(5)  # seconds
    child = multiprocessing.get_context("fork").Process(target=call)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        socket.socket(socket.AF_UNIX) as listener,
    ):
        listener.bind("door")
        listener.listen()
        child.start()
        with listener.accept()[0] as caller:
            level, name = socket.SOL_SOCKET, socket.SO_PEERCRED
            answer = caller.getsockopt(level, name, 12)
            process, user, _ = struct.unpack("3i", answer)
            print("called by process", process)
            print("the child is process", child.pid)
            print("the same user:", user == os.getuid())
        child.join()


if __name__ == "__main__":
    main()
