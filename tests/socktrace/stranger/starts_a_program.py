"""It starts a program that is no Python and opens no socket."""

import socket
import subprocess

with socket.create_server(("127.0.0.1", 0)):
    subprocess.run(["true"], check=True)
