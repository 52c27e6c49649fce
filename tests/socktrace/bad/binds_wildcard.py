"""The empty string means every interface."""

import socket

with socket.create_server(("", 0)):
    pass
# fault: wildcard 5: it bound 0.0.0.0:PORT, which every interface of the host answers
