"""A child process outlives the program, and holds its listening socket."""

import socket
import subprocess
import sys

with socket.create_server(("127.0.0.1", 0)) as listener:
    listener.set_inheritable(True)
    command = [sys.executable, "-c", "import time; time.sleep(30)"]
    child = subprocess.Popen(command, close_fds=False)
child.returncode = 0  # keeps subprocess from warning
# fault: survivor 10: the process 'PYTHON -c import time; time.sleep(30)' outlived the program
