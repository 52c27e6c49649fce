"""Sockets that do not wait are asked only when the kernel says that they are ready, and once too early."""

import selectors
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
    connection, _ = listener.accept()
    with connection, selectors.DefaultSelector() as ready:
        connection.setblocking(False)
        try:
            connection.recv(10)
        except BlockingIOError:
            ready.register(connection, selectors.EVENT_READ)
        client.sendall(b"hello")
        ready.select()
        print(connection.recv(10))
