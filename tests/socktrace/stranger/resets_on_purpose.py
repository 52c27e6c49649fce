"""A client wants no TIME-WAIT and resets, as SO_LINGER lets it."""

import contextlib
import socket
import struct

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        with contextlib.suppress(ConnectionResetError):
            connection.recv(1)
# note: reset 11: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: all
#     was read, so SO_LINGER with zero seconds made close() reset it
