"""Twisted logs what a protocol raises; and the program logs, by the same function, what it has coped with itself."""

import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
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
# fault: stderr 13: an error ended what twisted had called: ValueError: invalid literal for int() with base 10: b'five'
