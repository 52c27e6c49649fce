"""A server keeps a copy of a connection's socket, and closes only the one that it was given."""

import socket

kept = []
with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        kept.append(connection.dup())
        connection.sendall(b"welcome")
    client.recv(100)
# fault: left-open 9: the accepted socket 3 (127.0.0.1:PORT) was closed by the end of the process, not by the program:
#     this line copied its descriptor, and only the first one was closed
