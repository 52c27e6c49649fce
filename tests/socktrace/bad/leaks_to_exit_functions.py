"""Sockets are closed by functions that are called when the program has ended."""

import atexit
import socket
import weakref

registered = socket.socket()
atexit.register(registered.close)
finalized = socket.socket()
weakref.finalize(finalized, socket.close, finalized.fileno())
# fault: left-open 7: the socket 1 was closed by the end of the process, not by the program
# fault: left-open 9: the socket 2 was closed by the end of the process, not by the program
