"""listen() without bind(): the kernel picks a port on every interface."""

import socket

with socket.socket() as listener:
    listener.listen()
# fault: wildcard 6: it bound 0.0.0.0:PORT, which every interface of the host answers
