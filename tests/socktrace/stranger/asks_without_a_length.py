"""A request with a body does not say how long that is, and the handler looks for its length in vain."""

import contextlib
import http.client
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.rfile.read(length)


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    client = http.client.HTTPConnection("127.0.0.1", server.server_port)
    client.putrequest("POST", "/")
    client.endheaders(b"name=value")
    with contextlib.suppress(http.client.HTTPException):
        client.getresponse()
    client.close()
    thread.join()
# fault: stderr 11: an error ended what socketserver had called: TypeError: int() argument must be a string,
#     a bytes-like object or a real number, not 'NoneType': the request of line 20 does not say
#     how long its body is (Content-Length)
