"""Two Pythons get their programs in the command line, and close nothing."""

import subprocess
import sys

for name in ("left", "right"):
    text = f"import socket\n\n{name} = socket.socket()"
    subprocess.run([sys.executable, "-Wignore", "-Bc", text], check=True)
# fault: left-open 0: line 3 of its -c text, `left = socket.socket()`: the socket 1 was closed by the end of the
#     process, not by the program
# fault: left-open 0: line 3 of its -c text 2, `right = socket.socket()`: the socket 2 was closed by the end of the
#     process, not by the program
