"""detach() fools the interpreter: no warning, no close."""

import socket

descriptor = socket.socket().detach()
# fault: left-open 5: the socket 1 was closed by the end of the process, not by the program:
#     detach() gave its descriptor away here, and nobody closed that
