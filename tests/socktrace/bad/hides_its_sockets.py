"""It connects through a C library, where the calls witness does not look."""

import ctypes
import socket
import struct

libc = ctypes.CDLL(None)
with socket.create_server(("127.0.0.1", 0)) as listener:
    hidden = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    address = struct.pack("=H2s4s8x", socket.AF_INET, listener.getsockname()[1].to_bytes(2, "big"), b"\x7f\0\0\1")
    libc.connect(hidden, address, 16)
    connection, _ = listener.accept()
    libc.close(hidden)
    with connection:
        connection.recv(1)
# fault: unwatched 0: TCP packets crossed the wire at 127.0.0.1:PORT, but no witnessed call has a socket there
