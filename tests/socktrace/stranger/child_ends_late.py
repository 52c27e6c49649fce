"""A forked child has a copy of the listening socket, and ends after it is closed."""

import os
import socket
import time

with socket.create_server(("127.0.0.1", 0)) as listener:
    child = os.fork()
    if child == 0:
        time.sleep(0.1)
        os._exit(0)
os.waitpid(child, 0)
