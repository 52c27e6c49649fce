"""A socket that does not wait is read before anything has come."""

import socket

here, there = socket.socketpair()
with here, there:
    here.setblocking(False)
    here.recv(10)
# fault: failure 8: it exited with status 1: BlockingIOError: [Errno 11] Resource temporarily unavailable: nothing had
#     come, and the paired socket 1 does not wait: setblocking(False), settimeout(0) or MSG_DONTWAIT says so
