"""A descriptor is closed by its number, and the socket that has it is used."""

import os
import socket

one, other = socket.socketpair()
os.close(one.fileno())
try:
    one.send(b"hello")
finally:
    other.close()
    one.detach()
# fault: failure 9: it exited with status 1: OSError: [Errno 9] Bad file descriptor: the paired socket 1 had been closed
#     at line 7
