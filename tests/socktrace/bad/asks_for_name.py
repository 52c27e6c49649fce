"""It asks the resolver for a host that is not this one."""

import contextlib
import socket

with contextlib.suppress(socket.gaierror):
    socket.getaddrinfo("host.invalid", 80)
# fault: beyond-loopback 7: it asked for the address of 'host.invalid', a question for other hosts
