"""Simultaneous open: a socket connected to itself (RFC 9293 section 3.5)."""

import socket

with socket.socket() as alone:
    alone.settimeout(5)
    alone.bind(("127.0.0.1", 0))
    alone.connect(alone.getsockname())
    alone.sendall(b"me")
    print(alone.recv(10))
