"""A server hangs up by SO_LINGER, and what it sent last never comes; the client copes."""

import contextlib
import socket
import struct

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.setblocking(False)
    connection.send(bytes(1 << 20))
    connection.close()
    with contextlib.suppress(ConnectionResetError):
        while client.recv(65536):
            pass
# fault: reset 12: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: all
#     was read, so SO_LINGER with zero seconds made close() reset it, and the last that it had sent was lost
