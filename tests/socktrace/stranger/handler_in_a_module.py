"""The handler that fails is in another file of the program's own."""

import socket
import socketserver
from concurrent.futures import ThreadPoolExecutor

from handlers import Divides  # type: ignore[import-not-found]

with socketserver.TCPServer(("127.0.0.1", 0), Divides) as server, ThreadPoolExecutor() as pool:
    with socket.create_connection(server.socket.getsockname(), 5) as client:
        client.sendall(b"0\n")
        server.handle_request()
        print(client.recv(10))
    with socket.create_connection(server.socket.getsockname(), 5) as client:
        client.sendall(b"0\n")
        pool.submit(Divides, server.socket.accept()[0], None, server)
        print(client.recv(10))
# fault: stderr 8: an error ended what socketserver had called: ZeroDivisionError: division by zero
# fault: swallowed 8: an error ended what concurrent.futures had called, and nobody asked for it: ZeroDivisionError:
#     division by zero
# fault: collected 16: the accepted socket 5 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
