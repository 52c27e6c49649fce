"""A program may change its folder; its lines are its own all the same."""

import os
import socket
import tempfile

home = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("door")
    os.chdir(home)
