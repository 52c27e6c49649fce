"""SO_LINGER with zero seconds turns close() into RST."""

import socket
import struct

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
# fault: reset 9: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: all
#     was read, so SO_LINGER with zero seconds made close() reset it
