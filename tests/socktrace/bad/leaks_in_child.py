"""A forked child opens a socket and ends without closing it."""

import os
import socket

child = os.fork()
if child == 0:
    opened = socket.socket()
    os._exit(0)
os.waitpid(child, 0)
# fault: left-open 8: the socket 1 was closed by the end of the process, not by the program
