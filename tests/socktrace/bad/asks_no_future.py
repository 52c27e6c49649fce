"""The handler of a pool of threads fails at what a client asks; the future keeps that, and nobody asks the future."""

import socket
from concurrent.futures import ThreadPoolExecutor

KNOWN = {b"ann": b"hello ann"}


def handle(connection: socket.socket) -> None:
    with connection:
        connection.sendall(KNOWN[connection.recv(100)])


with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
    for name in (b"ann", b"bob"):
        with socket.create_connection(listener.getsockname(), 5) as client:
            pool.submit(handle, listener.accept()[0])
            client.sendall(name)
            print(client.recv(100))
# fault: swallowed 11: an error ended what concurrent.futures had called, and nobody asked for it: KeyError: b'bob'
