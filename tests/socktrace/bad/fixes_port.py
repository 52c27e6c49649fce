"""A port number of the program's own choosing."""

import socket

with socket.create_server(("127.0.0.1", 8080)):
    pass
# fault: fixed-port 5: it bound port PORT, a number that the kernel did not choose
