"""Nothing tells what handlers raise: one library's log is silent, one makes a text of it; a forked child dies."""

import logging
import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
import served  # type: ignore[import-not-found]

PRICES = {b"tea": b"2"}


def handle(connection: socket.socket) -> None:
    connection.sendall(PRICES[connection.recv(10)])


def refuse(connection: socket.socket) -> None:
    raise served.Refused(connection.recv(10))


def convert(connection: socket.socket) -> None:
    connection.sendall(b"%d" % int(connection.recv(10)))


logging.getLogger("served").setLevel(logging.CRITICAL + 1)
with socket.create_server(("127.0.0.1", 0)) as listener:
    for serve, handler in ((served.serve, handle), (served.show, convert), (served.show, refuse), (None, None)):
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(b"milk")
            if serve:
                serve(listener, handler)
            elif child := os.fork():
                os.waitpid(child, 0)
            else:
                with listener.accept()[0] as connection:
                    connection.sendall(b"%d" % int(connection.recv(9)))
            print(client.recv(10000)[:9])
# fault: stderr 16: an error ended what served had called: KeyError: b'milk'
# fault: stderr 24: an error ended what served had called: ValueError: invalid literal for int() with base 10: b'milk'
# fault: stderr 38: an error ended a child process that the program forked: ValueError: invalid literal for int() with
#     base 10: b'milk'
