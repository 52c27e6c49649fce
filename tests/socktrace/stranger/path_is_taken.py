"""close() leaves the file of a Unix-domain socket behind."""

import os
import socket
import tempfile

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as first:
        first.bind("socket")
    with socket.socket(socket.AF_UNIX) as second:
        second.bind("socket")
# fault: failure 12: it exited with status 1: OSError: [Errno 98] Address already in use: a file of the name socket
#     lies there
