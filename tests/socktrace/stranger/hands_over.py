"""The parent accepts, a child answers, and the end of the child closes its copy."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    child = os.fork()
    if child == 0:
        connection.sendall(b"from the child")
        os._exit(0)
    connection.close()
    print(client.recv(100), client.recv(100))
    os.waitpid(child, 0)
