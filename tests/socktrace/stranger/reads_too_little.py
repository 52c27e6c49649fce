"""A client takes what one recv() returns for the whole answer, and dies of that."""

import contextlib
import json
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    client.sendall(b"all of it")
    connection, _ = listener.accept()
    with connection, contextlib.suppress(ConnectionResetError):
        connection.recv(100)
        connection.sendall(json.dumps("long" * 1000).encode())
        text = client.recv(100)
        client.close()
        connection.recv(1)
    json.loads(text)
# fault: failure 13: it exited with status 1: json.decoder.JSONDecodeError: Unterminated string starting at: line 1
#     column 1 (char 0): it was given 100 bytes, and 3,902 more came later
# fault: reset 14: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 3,902
#     bytes lay unread (sent at line 12) when it was closed
