"""accept() with nobody to accept, and no timeout."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    listener.accept()
# fault: hang 6: it was still running when its time limit came: line 6 waits in accept()
#     for somebody to call the listening socket 1 (127.0.0.1:PORT)
