"""Greenlets fail. Some are of servers, one gives text; of the last the program asks for the error."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
from gevent.baseserver import _handle_and_close_when_done  # type: ignore[import-untyped]
from gevent.hub import Hub  # type: ignore[import-untyped]
from gevent.pywsgi import handle_one_response  # type: ignore[import-untyped]


def handle(connection: socket.socket) -> None:
    connection.sendall(b"%d" % int(connection.recv(10)))


def application(data: bytes) -> bytes:
    return b"%d" % int(data)


def text(data: bytes) -> str:
    return data.decode()


def task(connection: socket.socket) -> None:
    connection.sendall(b"%d" % float(connection.recv(10)))


def spawned(function: Callable[..., None], *args: Any) -> None:
    try:
        function(*args)
    except ValueError as error:
        Hub().handle_error(None, type(error), error, error.__traceback__)


for function in (handle, application, text, task):
    here, there = socket.socketpair()
    with here, there:
        here.sendall(b"five")
        if function is handle:
            spawned(_handle_and_close_when_done, handle, socket.socket.close, (there,))
        elif function is task:
            spawned(task, there)
        else:
            handle_one_response(function, there)
# fault: stderr 16: an error ended what gevent had called: ValueError: invalid literal for int() with base 10: b'five'
# fault: stderr 20: an error ended what gevent had called: ValueError: invalid literal for int() with base 10: b'five'
# fault: stderr 23: an error ended what gevent had called: TypeError: a bytes-like object is required, not 'str':
#     sockets carry bytes, not text
