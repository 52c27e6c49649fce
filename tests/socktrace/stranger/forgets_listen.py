"""accept() on a socket that does not listen, of which the kernel says that an argument is not valid."""

import socket

with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    listener.accept()
# fault: failure 7: it exited with status 1: OSError: [Errno 22] Invalid argument: the socket 1 (127.0.0.1:PORT) does
#     not listen
