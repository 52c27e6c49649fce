"""It declares an event that does not exist."""

import socket

with socket.socket():  # socktrace: expect miracle
    pass
# fault: declaration 5: nothing is called 'miracle'
