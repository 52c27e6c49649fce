"""A Python that the program started dies, and the program copes with that; so it does with one that it made a fork."""

import os
import subprocess
import sys

if sys.argv[1:] == ["fails"]:
    raise ValueError("no such thing")
if sys.argv[1:] == ["replaced"]:
    raise ValueError("not here either")
print(subprocess.run([sys.executable, os.path.abspath(__file__), "fails"], check=False).returncode)
if (child := os.fork()) == 0:
    os.execv(sys.executable, [sys.executable, os.path.abspath(__file__), "replaced"])
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
# note: stderr 8: an error ended a child process that the program started: ValueError: no such thing
# note: stderr 10: an error ended a child process that the program started: ValueError: not here either
