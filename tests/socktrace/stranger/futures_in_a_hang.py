"""Two handlers have failed when nobody calls any more; one future is gone, and of the other somebody may still ask."""

import socket
from concurrent.futures import Future, ThreadPoolExecutor


def forgotten(connection: socket.socket) -> None:
    with connection:
        raise ValueError(connection.recv(10))


def kept(connection: socket.socket) -> None:
    with connection:
        raise KeyError(connection.recv(10))


with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
    futures: list[Future[None]] = []
    for _ in range(2):
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(b"hello")
            if not futures:
                futures.append(pool.submit(kept, listener.accept()[0]))
            else:
                pool.submit(forgotten, listener.accept()[0])
            client.recv(10)
    listener.accept()
# note: swallowed 14: an error ended what concurrent.futures had called, and nobody asked for it: KeyError: b'hello'
# fault: swallowed 9: an error ended what concurrent.futures had called, and nobody asked for it: ValueError: b'hello'
# fault: hang 27: it was still running when its time limit came: line 27 waits in accept() for somebody to call the
#     listening socket 1 (127.0.0.1:PORT)
