"""The server's socket is one for datagrams, and the client's one for a stream."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 0))
    socket.create_connection(server.getsockname(), 5)
# fault: failure 7: it exited with status 1: ConnectionRefusedError: [Errno 111] Connection refused: the datagram
#     socket 1 (127.0.0.1:PORT) has that port for UDP, and TCP counts its ports separately
