"""exec replaces the program and closes its sockets behind its back."""

import os
import socket
import sys

opened = socket.socket()
os.execv(sys.executable, [sys.executable, "-c", ""])
# fault: left-open 7: the socket 1 was closed by exec, which replaced the program, not by the program
