"""A server copies its connection's descriptor with os.dup() to write to it, and never closes the copy."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
    with listener.accept()[0] as connection:
        copy = os.dup(connection.fileno())
        os.write(copy, b"one")
        other = os.dup(connection.fileno())
        os.close(other)
    print(client.recv(100))
# fault: left-open 8: the accepted socket 3 (127.0.0.1:PORT) was closed by the end of the process, not by the program:
#     this line copied its descriptor, and only the first one was closed
