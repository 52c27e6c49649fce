"""The accepted socket is forgotten."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    client.shutdown(socket.SHUT_WR)
    connection.recv(1)
    client.close()
os._exit(0)
# fault: left-open 7: the accepted socket 3 (127.0.0.1:PORT) was closed by the end of the process, not by the program
