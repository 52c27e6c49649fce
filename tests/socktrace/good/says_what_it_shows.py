"""Refused, reset and wildcard, each declared."""

import contextlib
import socket

with socket.socket() as bound, socket.socket() as client:
    bound.bind(("0.0.0.0", 0))  # socktrace: expect wildcard
    with contextlib.suppress(ConnectionRefusedError):
        client.connect(("127.0.0.1", bound.getsockname()[1]))  # socktrace: expect refused
with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    client.sendall(b"unread")
    # socktrace: expect reset
    connection.close()
