"""A datagram is sent to a port that no socket has; the program waits for the answer until its time is up."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as client:
    client.settimeout(0.05)
    client.sendto(b"hello", ("127.0.0.1", 9))
    client.recvfrom(100)
# fault: failure 8: it exited with status 1: TimeoutError: timed out: no socket had 127.0.0.1:9 when the datagram sent
#     at line 7 came there, and a socket that is not connected is not told
