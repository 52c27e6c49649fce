"""A library catches what the program's handler raises, logs it, and goes on."""

import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
import served  # type: ignore[import-not-found]

PRICES = {b"tea": b"2"}


def handle(connection: socket.socket) -> None:
    connection.sendall(PRICES[connection.recv(10)])


with socket.create_server(("127.0.0.1", 0)) as listener:
    for name, serve in ((b"tea", served.serve), (b"milk", served.serve), (b"milk", served.mutter)):
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(name)
            serve(listener, handle)
            print(client.recv(10))
# fault: stderr 14: an error ended what served had called: KeyError: b'milk' (2 times)
