"""Its application of WSGI returns text: what calls it fails, not the application."""

import http.client
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server


def application(environ, start_response):  # type: ignore[no-untyped-def]  # noqa: ARG001
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["hello"]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    client = http.client.HTTPConnection("127.0.0.1", server.server_port)
    client.request("GET", "/")
    with client.getresponse() as answer:
        print(answer.status, len(answer.read()) > 0)
    client.close()
    thread.join()
# fault: stderr 8: an error ended what wsgiref had called: AssertionError: write() argument must be a bytes instance:
#     what an application of WSGI returns is bytes, and this is text
