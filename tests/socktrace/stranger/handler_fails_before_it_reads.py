"""A handler fails before it has read what its client sent: that its server resets the connection comes of that."""

import contextlib
import select
import socket
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        select.select([self.request], [], [], 5)
        raise LookupError("no such thing")


with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.server_address[1])) as client:
        client.sendall(b"question")
        with contextlib.suppress(ConnectionResetError):
            client.recv(10)
        thread.join()
# fault: stderr 13: an error ended what socketserver had called: LookupError: no such thing
# note: reset 0: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished:
#  8 bytes lay unread (sent at line 20) when it was closed
