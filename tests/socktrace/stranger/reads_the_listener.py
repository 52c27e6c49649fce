"""It reads from the listening socket."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5):
    connection, _ = listener.accept()
    with connection:
        listener.recv(5)
# fault: failure 8: it exited with status 1: OSError: [Errno 107] Transport endpoint is not connected: the listening
#     socket 1 (127.0.0.1:PORT) only waits for callers
