"""os._exit skips every clean-up."""

import os
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM):
    os._exit(0)
# fault: left-open 6: the datagram socket 1 was closed by the end of the process, not by the program
