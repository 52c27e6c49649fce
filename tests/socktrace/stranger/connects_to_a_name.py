"""It connects to a name instead of an address, and is refused there once."""

import contextlib
import socket

with socket.socket() as bound, socket.socket() as client, contextlib.suppress(ConnectionRefusedError):
    bound.bind(("localhost", 0))
    client.connect(("localhost", bound.getsockname()[1]))
# note: refused 8: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was refused: its SYN was answered by RST: the
#     socket 1 (127.0.0.1:PORT) is bound there, but does not listen
