"""A forked child serves on the inherited listening socket; each process closes its own descriptor."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    child = os.fork()
    if child == 0:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"from the child")
            connection.recv(1)
        os._exit(0)
    with socket.create_connection(listener.getsockname(), 5) as client:
        print(client.recv(100))
    os.waitpid(child, 0)
