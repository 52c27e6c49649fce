"""A forked child has a copy of the listening socket, and ends before it is closed."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
