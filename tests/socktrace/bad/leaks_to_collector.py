"""A function forgets its socket; the garbage collector closes it."""

import socket
import warnings

warnings.simplefilter("ignore")


def forget() -> None:
    socket.create_server(("127.0.0.1", 0))


forget()
# fault: collected 10: the listening socket 1 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
