"""A Python that the program started dies before it has called, and the program waits for it in vain."""

import os
import socket
import subprocess
import sys


def call(arguments: dict[str, str]) -> None:
    with socket.create_connection(("127.0.0.1", int(arguments["port"]))) as connection:
        connection.sendall(b"here I am")


if sys.argv[1:]:
    call(dict([sys.argv[1].split("=")]))
else:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        child = subprocess.Popen([sys.executable, os.path.abspath(__file__), f"prot={port}"])
        child.wait()
        listener.settimeout(0.05)
        print(listener.accept()[0].recv(100))
# fault: stderr 10: an error ended a child process that the program started: KeyError: 'port'
# fault: failure 22: it exited with status 1: TimeoutError: timed out: nobody called the listening socket 1
#     (127.0.0.1:PORT)
