"""Nobody listens on the port."""

import contextlib
import socket

with socket.socket() as bound, socket.socket() as client:
    bound.bind(("127.0.0.1", 0))
    with contextlib.suppress(ConnectionRefusedError):
        client.connect(bound.getsockname())
# fault: refused 9: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was refused: its SYN was answered by RST: the
#     socket 1 (127.0.0.1:PORT) is bound there, but does not listen
