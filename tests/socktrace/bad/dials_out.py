"""It tries to reach another host (an address reserved for documentation, RFC 5737)."""

import contextlib
import socket

with socket.socket() as client, contextlib.suppress(OSError):
    client.connect(("192.0.2.1", 80))
# fault: beyond-loopback 7: it spoke to 192.0.2.1:80, which is not loopback
