"""Nobody has the port; the program copes with the refusal."""

import contextlib
import socket

with socket.socket(type=socket.SOCK_DGRAM) as bound, socket.socket(type=socket.SOCK_DGRAM) as client:
    bound.bind(("127.0.0.1", 0))
    address = bound.getsockname()
    bound.close()
    client.settimeout(5)
    client.connect(address)
    client.send(b"hello")
    with contextlib.suppress(ConnectionRefusedError):
        client.recv(1)
