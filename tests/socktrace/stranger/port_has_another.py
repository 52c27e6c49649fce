"""Two sockets of one program want the same port."""

import socket

first = socket.create_server(("127.0.0.1", 0))
with first, socket.socket() as second:
    second.bind(first.getsockname())
# fault: failure 7: it exited with status 1: OSError: [Errno 98] Address already in use: the listening socket 1
#     (127.0.0.1:PORT), opened at line 5, still holds it
