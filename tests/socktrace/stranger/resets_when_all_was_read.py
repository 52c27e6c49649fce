"""A server resets when its answer has been read, so that its port is free again at once; nothing is lost."""

import contextlib
import socket
import struct

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.sendall(b"the answer")
    client.recv(100)
    connection.close()
    with contextlib.suppress(ConnectionResetError):
        client.recv(100)
# note: reset 12: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: all
#     was read, so SO_LINGER with zero seconds made close() reset it
