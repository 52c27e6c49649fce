"""A program that this one started has a copy of the listening socket."""

import socket
import subprocess

listener = socket.create_server(("127.0.0.1", 0))
with listener:
    address = listener.getsockname()
    listener.set_inheritable(True)
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
try:
    socket.create_server(address).close()
finally:
    child.kill()
    child.wait()
# fault: failure 12: it exited with status 1: OSError: [Errno 98] Address already in use (while attempting to bind on
#     address ('127.0.0.1', PORT)): sleep 60 (process PORT) has a copy of the listening socket 1 (127.0.0.1:PORT),
#     opened at line 6
