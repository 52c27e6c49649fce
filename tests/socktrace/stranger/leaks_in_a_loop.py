"""The same mistake, many times over."""

import socket

kept = [socket.socket() for _ in range(50)]
# fault: left-open 5: the socket 1 was closed by the end of the process, not by the program (50 times)
