"""A server without `with` is ended by SIGTERM, with a client there."""

import os
import signal
import socket

listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname(), 5)
connection, _ = listener.accept()
client.sendall(b"never read")
os.kill(os.getpid(), signal.SIGTERM)
# note: failure 0: it was ended by signal 15
