"""A child answers and closes. Its parent has a copy of the connection, too, and so the client never sees the end."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
    connection, _ = listener.accept()
    if os.fork() == 0:
        client.close()
        connection.sendall(b"hello")
        connection.close()
        os._exit(0)
    while part := client.recv(100):
        print(part)
# fault: hang 13: it was still running when its time limit came: line 13 waits in recv() for bytes or the end from the
#     accepted socket 3 (127.0.0.1:PORT) of line 7, of which line 11 closed only a child's copy
