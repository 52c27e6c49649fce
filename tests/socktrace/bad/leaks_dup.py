"""One of two descriptors is closed."""

import socket

with socket.socket() as first:
    second = first.dup()
# fault: left-open 6: the socket 1 was closed by the end of the process, not by the program: this line copied its
#     descriptor, and only the first one was closed
