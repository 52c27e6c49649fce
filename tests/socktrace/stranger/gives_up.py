"""A client gives up when its time is up; the answer comes too late."""

import contextlib
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    with socket.create_connection(listener.getsockname(), 0.1) as client, contextlib.suppress(TimeoutError):
        client.sendall(b"question")
        client.recv(1)
    connection, _ = listener.accept()
    with connection, contextlib.suppress(ConnectionResetError):
        connection.recv(100)
        connection.sendall(b"answer")
        connection.recv(1)
# note: reset 7: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 6
#     bytes (sent at line 13) came when it was closed
