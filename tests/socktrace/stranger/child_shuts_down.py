"""A child shuts its copy down, and with it its parent's connection."""

import os
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        child = os.fork()
        if child == 0:
            client.shutdown(socket.SHUT_RDWR)
            os._exit(0)
        os.waitpid(child, 0)
        client.sendall(b"hello")
# fault: failure 11: it exited with status 1: BrokenPipeError: [Errno 32] Broken pipe at line 14: a child process had
#     shut the connection down, for every process that has it
