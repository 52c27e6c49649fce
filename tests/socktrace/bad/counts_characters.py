"""An answer of HTTP counts its characters, and its body has more bytes than that."""

import http.client
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        text = "Grüße aus Zürich. " * 200
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text[:7].encode())
        self.wfile.write(text[7:].encode())

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
# fault: overlong 17: the answer of line 15 says that 3,600 bytes will come, and 4,200 came (Content-Length)
