"""A datagram to another host."""

import contextlib
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams, contextlib.suppress(OSError):
    datagrams.sendto(b"out", ("192.0.2.1", 9))
# fault: beyond-loopback 7: it spoke to 192.0.2.1:9, which is not loopback
