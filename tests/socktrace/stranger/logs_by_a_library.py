"""The program copes with what clients ask, and logs it: itself, through a library, and when one has caught it."""

import logging
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site-packages"))
import served  # type: ignore[import-not-found]

PRICES = {b"tea": b"2"}


def handle(connection: socket.socket) -> None:
    connection.sendall(PRICES[connection.recv(10)])


def copes(error: Exception) -> None:
    served.tell("no such price", error)
    logging.getLogger("shop").error("no such price", exc_info=error)


with socket.create_server(("127.0.0.1", 0)) as listener:
    for serves in (served.serve_with, lambda *_: None):
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(b"milk")
            client.shutdown(socket.SHUT_WR)
            serves(listener, handle, copes)
            if serves is not served.serve_with:
                with listener.accept()[0] as connection:
                    try:
                        handle(connection)
                    except KeyError as error:
                        logging.getLogger("shop").exception("no such price")
                        served.tell("no such price", error)
            print(client.recv(10))
