"""A program forks a server, and forgets it."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    if os.fork() == 0:
        listener.accept()
    print("the server runs")
# fault: survivor 7: the process 'PYTHON tests/socktrace/stranger/leaves_a_fork.py' outlived the program
