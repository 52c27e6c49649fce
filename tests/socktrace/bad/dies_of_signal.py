"""It kills itself; that a socket was open then is no fault of its own."""

import os
import signal
import socket

opened = socket.socket()
os.kill(os.getpid(), signal.SIGKILL)
# fault: failure 0: it was ended by signal 9
