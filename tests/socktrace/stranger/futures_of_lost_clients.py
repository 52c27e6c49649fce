"""A client leaves too early; the handler, in a pool, is ended by that, and nobody asks. A server copes by going on."""

import socket
import struct
from concurrent.futures import ThreadPoolExecutor


def handle(connection: socket.socket) -> None:
    with connection, connection.makefile("rb") as file:
        print(file.readline())


with (
    socket.create_server(("127.0.0.1", 0)) as listener,
    ThreadPoolExecutor() as pool,
    socket.create_connection(listener.getsockname()) as client,
):
    pool.submit(handle, listener.accept()[0])
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
# note: swallowed 10: an error ended what concurrent.futures had called, and nobody asked for it: ConnectionResetError:
#     [Errno 104] Connection reset by peer
# note: reset 16: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: all
#     was read, so SO_LINGER with zero seconds made close() reset it
