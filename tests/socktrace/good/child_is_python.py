"""The client is a program of its own, whose calls no witness sees."""

import socket
import subprocess
import sys

CLIENT = (
    "import socket, sys; s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5); s.sendall(b'x'); s.close()"
)
with socket.create_server(("127.0.0.1", 0)) as listener:
    with subprocess.Popen([sys.executable, "-c", CLIENT, str(listener.getsockname()[1])]):
        connection, _ = listener.accept()
        with connection:
            while connection.recv(10):
                pass
