"""A request with a body does not say how long that is, and the handler looks for its length in vain."""

import http.server
import socket
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.rfile.read(length)


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.server_port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: here\r\n\r\nname=value")  # at once, so that none lies unread
        client.recv(100)
    thread.join()
# fault: stderr 10: an error ended what socketserver had called: TypeError: int() argument must be a string,
#     a bytes-like object or a real number, not 'NoneType': the request of line 18 does not say
#     how long its body is (Content-Length)
