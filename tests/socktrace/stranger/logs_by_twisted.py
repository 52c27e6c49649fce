"""Twisted logs what a protocol raises, and what a Deferred has kept, of which only the lines are left.

The program logs, by the same function, what it has coped with itself.
"""

import socket
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
from twisted.logger._logger import Logger  # type: ignore[import-not-found]
from twisted.python import log  # type: ignore[import-not-found]
from twisted.reactor import call  # type: ignore[import-not-found]


def received(end: socket.socket) -> None:
    end.sendall(b"%d" % int(end.recv(10)))


def copes(end: socket.socket) -> None:
    try:
        end.sendall(b"%d" % int(end.recv(10)))
    except ValueError:
        log.err()


for function in (copes, received):
    here, there = socket.socketpair()
    with here, there:
        here.sendall(b"five")
        call(function, there)
with here, there:
    failure = SimpleNamespace(value=ValueError("no number"), frames=[("callback", __file__, 17, (), ())])
    Logger().failure("", failure)
# fault: stderr 18: an error ended what twisted had called: ValueError: invalid literal for int() with base 10: b'five'
# fault: stderr 17: an error ended what twisted had called: ValueError: no number
