"""A child still has a copy of the listening socket when its parent wants the port again."""

import os
import socket
import time

with socket.create_server(("127.0.0.1", 0)) as listener:
    address = listener.getsockname()
    child = os.fork()
    if child == 0:
        time.sleep(0.3)
        os._exit(0)
try:
    socket.create_server(address).close()
finally:
    os.waitpid(child, 0)
# fault: failure 14: it exited with status 1: OSError: [Errno 98] Address already in use (while attempting to bind on
#     address ('127.0.0.1', PORT)): the listening socket 1 (127.0.0.1:PORT), opened at line 7, is closed, but a child
#     process that the program forked still holds a copy of it
