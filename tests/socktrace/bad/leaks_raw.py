"""A socket made below socket.socket."""

import _socket

hidden = _socket.socket()
# fault: left-open 5: the socket 1 was closed by the end of the process, not by the program
