"""A listening socket is never closed."""

import socket

listener = socket.create_server(("127.0.0.1", 0))
# fault: left-open 5: the listening socket 1 (127.0.0.1:PORT) was closed by the end of the process, not by the program
