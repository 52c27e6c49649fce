"""socketserver and a client."""

import socket
import socketserver
import threading


class Echo(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        for line in self.rfile:
            self.wfile.write(line)


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with socket.create_connection(server.socket.getsockname(), 5) as client, client.makefile("rwb") as file:
        file.write(b"one\ntwo\n")
        file.flush()
        client.shutdown(socket.SHUT_WR)
        print(file.read())
    server.shutdown()
    thread.join()
