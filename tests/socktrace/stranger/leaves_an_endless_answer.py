"""A client leaves a server that would send for ever; what is on its way meets a closed socket, and the server copes."""

import contextlib
import select
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection, contextlib.suppress(ConnectionResetError, BrokenPipeError):
        connection.sendall(b"tick")
        print(client.recv(100))
        client.close()
        while True:
            connection.sendall(b"tick")
            select.select([connection], [], [], 1)
# note: reset 12: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 4
#     bytes (sent at line 14) came when it was closed
