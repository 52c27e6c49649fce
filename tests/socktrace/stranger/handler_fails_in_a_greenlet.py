"""Two greenlets fail. One is the handler of a server; of the other the program asks for the error."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
from gevent.baseserver import _handle_and_close_when_done  # type: ignore[import-untyped]
from gevent.hub import Hub  # type: ignore[import-untyped]


def handle(connection: socket.socket) -> None:
    connection.sendall(b"%d" % int(connection.recv(10)))


def task(connection: socket.socket) -> None:
    connection.sendall(b"%d" % float(connection.recv(10)))


def spawned(function: Callable[..., None], *args: Any) -> None:
    try:
        function(*args)
    except ValueError as error:
        Hub().handle_error(None, type(error), error, error.__traceback__)


for function in (handle, task):
    here, there = socket.socketpair()
    with here:
        here.sendall(b"five")
        if function is handle:
            spawned(_handle_and_close_when_done, handle, socket.socket.close, (there,))
        else:
            with there:
                spawned(task, there)
# fault: stderr 15: an error ended what gevent had called: ValueError: invalid literal for int() with base 10: b'five'
