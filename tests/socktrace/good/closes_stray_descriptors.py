"""As daemons do, it closes descriptors that it never opened, the witness's log among them."""

import os
import socket

os.closerange(3, 1024)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
    datagrams.bind(("127.0.0.1", 0))
