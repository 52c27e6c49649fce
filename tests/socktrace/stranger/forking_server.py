"""A server that forks for each client; each process closes its own copy."""

import socket
import socketserver
import threading


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(self.request.recv(100))


with socketserver.ForkingTCPServer(("127.0.0.1", 0), Echo) as server:
    worker = threading.Thread(target=server.handle_request)
    worker.start()
    with socket.create_connection(server.socket.getsockname(), 5) as client:
        client.sendall(b"hello")
        print(client.recv(100))
        client.recv(100)
    worker.join()
