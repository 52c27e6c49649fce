"""A server for datagrams takes a question and does not answer; the program waits until its time is up."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as server, socket.socket(type=socket.SOCK_DGRAM) as client:
    server.bind(("127.0.0.1", 0))
    client.settimeout(0.05)
    client.sendto(b"hello", server.getsockname())
    server.recvfrom(100)
    client.recvfrom(100)
# fault: failure 10: it exited with status 1: TimeoutError: timed out: nothing came meanwhile from the datagram socket 1
#     (127.0.0.1:PORT) of line 5
