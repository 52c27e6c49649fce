"""sys.exit(0) inside with, and output without a newline."""

import socket
import sys

with socket.socket():
    print("bye", end="")
    sys.exit()
