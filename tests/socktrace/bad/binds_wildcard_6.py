"""The IPv6 wildcard."""

import socket

with socket.socket(socket.AF_INET6) as listener:
    listener.bind(("::", 0))
# fault: wildcard 6: it bound [::]:PORT, which every interface of the host answers
