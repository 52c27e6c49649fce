"""The listener at a path closes while a client waits in its queue; no packet tells."""

import os
import socket
import tempfile

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as client:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket")
            listener.listen()
            client.connect("socket")
            client.sendall(b"never read")
# fault: unaccepted 10: the listening socket 2 (socket) was closed while a connection of line 13 waited in its queue
