"""A long answer of HTTP does not say how long it is, and its connection stays open: the client waits for its end."""

import hashlib
import http.client
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        for number in range(100):
            self.wfile.write(hashlib.sha256(b"%d" % number).hexdigest().encode())

    def log_message(self, *args: object) -> None:
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    client = http.client.HTTPConnection("127.0.0.1", server.server_port)
    client.request("GET", "/")
    with client.getresponse() as answer:
        print(len(answer.read()))
    client.close()
    thread.join()
# fault: hang 28: it was still running when its time limit came: line 28 waits in read() for bytes or the end
#  from the accepted socket 3 (127.0.0.1:PORT): the answer of line 14 does not say how long it is, so it ends when
#  the connection does, which stays open; the thread 'Thread-1 (handle_request)' waits in handle_request() for bytes
#  or the end from the connecting socket 2 (127.0.0.1:PORT) of line 26, where line 28 waits in read() itself
