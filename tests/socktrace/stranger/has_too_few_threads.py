"""The one thread of its pool serves the first client, who stays; and so nobody reads what the second one sends."""

import socket
from concurrent.futures import ThreadPoolExecutor


def echo(connection: socket.socket) -> None:
    with connection:
        while data := connection.recv(100):
            connection.sendall(data)


with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
    address = listener.getsockname()
    with socket.create_connection(address) as one, socket.create_connection(address) as two:
        for client in (one, two):
            pool.submit(echo, listener.accept()[0])
            client.sendall(b"hello")
            print(client.recv(100))
# fault: hang 19: it was still running when its time limit came: line 19 waits in recv() for bytes or the end from the
#     accepted socket 5 (127.0.0.1:PORT) of line 17, which nobody has read from yet; line 9 (the thread
#     'ThreadPoolExecutor-0_0') waits in recv() for bytes or the end from the connecting socket 2 (127.0.0.1:PORT) of
#     line 15
