"""A client has seen enough of a long answer and hangs up; the server copes."""

import contextlib
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    client.sendall(b"all of it")
    connection, _ = listener.accept()
    with connection, contextlib.suppress(ConnectionResetError, BrokenPipeError):
        connection.recv(100)
        connection.sendall(bytes(10_000))
        print(client.recv(100))
        client.close()
        connection.recv(1)
# note: reset 13: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 9,900
#     bytes lay unread (sent at line 11) when it was closed
