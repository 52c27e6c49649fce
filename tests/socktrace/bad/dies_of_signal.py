"""It kills itself, with a socket open."""

import os
import signal
import socket

opened = socket.socket()
os.kill(os.getpid(), signal.SIGKILL)
# fault: failure 0: it was ended by signal 9
# fault: left-open 7: nothing closed the socket 1
