"""A socket is used when it is closed; the program expects that."""

import contextlib
import socket

one, other = socket.socketpair()
one.close()
with other, contextlib.suppress(OSError):
    one.send(b"hello")
