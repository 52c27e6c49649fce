"""A Unix-domain socket is found by a path, and has no port."""

import contextlib
import os
import socket
import stat
import tempfile


def main() -> None:
    """Bind a socket to a path, and connect to it by that path.

    Source: unix(7), bind(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        socket.socket(socket.AF_UNIX) as client,
    ):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("door")
            listener.listen()
            mode = os.stat("door").st_mode
            print("door is a socket file:", stat.S_ISSOCK(mode))

            client.connect("door")
            print("client's peer:", repr(client.getpeername()))
            print("client's own name:", repr(client.getsockname()))
            with listener.accept()[0] as accepted:
                client.sendall(b"no port here")
                print("server reads:", accepted.recv(1024))
        print("path left after close:", os.path.exists("door"))


if __name__ == "__main__":
    main()
