"""The socket is closed, but a file made from it still holds it open."""

import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
    file = datagrams.makefile("rb")
# fault: left-open 5: the datagram socket 1 was closed by the end of the process, not by the program:
#     a file that makefile() made of it at line 6 was open, and holds it even after close()
