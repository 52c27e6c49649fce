"""A server in a child process goes on until its parent ends it."""

import multiprocessing
import socket
from multiprocessing.connection import Connection


def serve(port: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port.send(listener.getsockname()[1])
        while True:
            with listener.accept()[0] as connection:
                connection.sendall(b"hello")


def main() -> None:
    here, there = multiprocessing.Pipe()
    with here, there:
        child = multiprocessing.get_context("fork").Process(target=serve, args=(there,))
        child.start()
        with socket.create_connection(("127.0.0.1", here.recv())) as client:
            while client.recv(10):
                pass
        child.terminate()
        child.join()


if __name__ == "__main__":
    main()
