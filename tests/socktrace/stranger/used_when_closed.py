"""A socket is used when its `with` has closed it."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    with socket.create_connection(listener.getsockname(), 5) as client:
        connection, _ = listener.accept()
    with connection:
        client.sendall(b"hello")
# fault: failure 9: it exited with status 1: OSError: [Errno 9] Bad file descriptor: the connecting socket 2
#     (127.0.0.1:PORT) had been closed at line 6
