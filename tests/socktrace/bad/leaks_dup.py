"""One of two descriptors is closed."""

import socket

with socket.socket() as first:
    second = first.dup()
# fault: left-open 5: the socket 1 was closed by the end of the process, not by the program
