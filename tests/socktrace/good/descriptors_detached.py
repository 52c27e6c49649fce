"""detach() and os.close(), detach() and a new owner, dup() and two closes, all in order."""

import os
import socket

os.close(socket.socket().detach())
with socket.socket(fileno=socket.socket().detach()):
    pass
with socket.socket() as first, first.dup():
    pass
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as first:
    second = os.dup(first.fileno())
    os.close(second)
