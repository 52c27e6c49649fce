"""The handler of a server of the library fails for one client of two; the server prints that and goes on."""

import socket
import socketserver


class Divides(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"%d" % (100 / int(self.rfile.readline())))


with socketserver.TCPServer(("127.0.0.1", 0), Divides) as server:
    for number in (b"5\n", b"0\n"):
        with socket.create_connection(server.socket.getsockname(), 5) as client:
            client.sendall(number)
            server.handle_request()
            print(client.recv(10))
# fault: stderr 9: an error ended what socketserver had called: ZeroDivisionError: division by zero
