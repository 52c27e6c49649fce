"""It writes through a C library, where the calls witness does not look."""

import ctypes
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        ctypes.CDLL(None).send(client.fileno(), b"hidden", 6, 0)
        client.shutdown(socket.SHUT_WR)
        while connection.recv(16):
            pass
# fault: disagreement 6: the calls sent 0 bytes from 127.0.0.1:PORT, but 6 crossed the wire
