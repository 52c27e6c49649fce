"""A socket is copied, and each copy is closed, whichever comes first."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection.dup() as copy, socket.fromfd(copy.fileno(), copy.family, copy.type) as other:
        connection.close()
        copy.sendall(b"by a copy")
        print(client.recv(100))
        os.close(os.dup(other.fileno()))
