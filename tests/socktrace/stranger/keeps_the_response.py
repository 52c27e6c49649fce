"""The response is never closed, so the connection stays open, though it is closed."""

import http.client
import http.server
import threading


class Page(http.server.BaseHTTPRequestHandler):
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("GET", "/")
    response = connection.getresponse()
    connection.close()
    thread.join()
# fault: left-open 25: the connecting socket 2 (127.0.0.1:PORT) was closed by the end of the process, not by the
#     program: a file that makefile() made of it at line 26 was open, and holds it even after close()
