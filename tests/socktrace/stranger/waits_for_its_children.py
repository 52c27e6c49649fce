"""It waits for a child that waits for it. Another is a Python of its own, and waits as well."""

import os
import socket
import subprocess
import sys

LISTEN = (
    "import socket\nwith socket.create_server(('127.0.0.1', 0)) as listener:\n    print(flush=True); listener.accept()"
)

one, other = socket.socketpair()
with subprocess.Popen([sys.executable, "-c", LISTEN], stdout=subprocess.PIPE) as process:
    process.stdout.readline()  # type: ignore[union-attr]
    child = os.fork()
    if child == 0:
        one.close()
        other.recv(10)
    other.close()
    os.waitpid(child, 0)
# fault: hang 20: it was still running when its time limit came: line 20 waits in os.waitpid() for a child process to
#     end; line 3 of its -c text (a child process) waits in accept() for somebody to call the listening socket 3
#     (127.0.0.1:PORT); line 18 (a child process) waits in recv() for bytes or the end from the paired socket 1 of line
#     12, of which line 17 closed only a child's copy
