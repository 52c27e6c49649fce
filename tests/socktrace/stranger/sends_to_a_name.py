"""It sends a datagram to a name instead of an address."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as server, socket.socket(type=socket.SOCK_DGRAM) as client:
    server.bind(("localhost", 0))
    client.sendto(b"hello", ("localhost", server.getsockname()[1]))
    print(server.recvfrom(100)[0])
