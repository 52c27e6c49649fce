"""A Unix-domain socket is found by a path, and has no port."""

import socket
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> None:
    """Bind a socket to a path, and connect to it by that path.

    Source: unix(7), bind(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with TemporaryDirectory() as folder, chdir(folder):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("door")
            listener.listen()
            print("door is a socket:", Path("door").is_socket())
            with socket.socket(socket.AF_UNIX) as client:
                client.connect("door")
                print("client's peer:", repr(client.getpeername()))
                print("client's name:", repr(client.getsockname()))
                with listener.accept()[0] as accepted:
                    client.sendall(b"no port here")
                    print("server reads:", accepted.recv(1024))
        print("path left after close:", Path("door").exists())


if __name__ == "__main__":
    main()
