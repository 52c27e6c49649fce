"""Half of a socket pair is closed."""

import socket

left, right = socket.socketpair()
left.close()
# fault: left-open 5: the paired socket 2 was closed by the end of the process, not by the program
