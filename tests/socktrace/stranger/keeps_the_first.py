"""A server serves on a copy of its listening socket, and closes only that."""

import socket

first = socket.create_server(("127.0.0.1", 0))
with (
    socket.fromfd(first.fileno(), socket.AF_INET, socket.SOCK_STREAM) as server,
    socket.create_connection(server.getsockname(), 5) as client,
    server.accept()[0] as accepted,
):
    accepted.sendall(b"welcome")
    print(client.recv(100))
# fault: left-open 5: the listening socket 1 (127.0.0.1:PORT) was closed by the end of the process, not by the program:
#     only its copy of line 7 was closed
