"""The handlers of `handler_in_a_module.py`."""

import socketserver


class Divides(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"%d" % (100 / int(self.rfile.readline())))
