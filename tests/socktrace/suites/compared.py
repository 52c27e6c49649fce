"""Six tests that leave something behind, and two that do not: what finds which? None of them fails by itself."""

from __future__ import annotations

import http.server
import socket
import subprocess
import sys
import threading
import urllib.request

KEPT: list[object] = []


def test_keeps_a_listener() -> None:
    # found in test_keeps_a_listener: the listening socket (127.0.0.1:PORT) was still open
    listener = socket.create_server(("127.0.0.1", 0))
    KEPT.append(listener)
    assert listener.getsockname()[1] > 0


def test_forgets_the_accepted_one() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        # found in test_forgets_the_accepted_one: the accepted socket (127.0.0.1:PORT) was closed by
        accepted, _ = listener.accept()
        client.sendall(b"hello")
        assert accepted.recv(5) == b"hello"


def test_leaves_a_cycle() -> None:
    class Client:
        def __init__(self) -> None:
            self.me = self
            # found in test_leaves_a_cycle: the socket was
            self.socket = socket.socket()

    assert Client().socket.fileno() > 0


def test_leaves_a_response() -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"hello\n")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        # found in test_leaves_a_response: the connecting socket (127.0.0.1:PORT), opened by http.client
        answer = urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/")
        assert answer.status == 200
        del answer
        thread.join()


def test_leaves_a_server_thread() -> None:
    # found in test_leaves_a_server_thread: the listening socket (127.0.0.1:PORT) was still open
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        listener.accept()

    # found in test_leaves_a_server_thread: the thread 'server' was still running; it stands at compared.py:69
    threading.Thread(target=serve, name="server", daemon=True).start()
    assert listener.fileno() > 0


def test_leaves_a_child() -> None:
    words = [sys.executable, "-c", "import time; time.sleep(2)"]
    # found in test_leaves_a_child: the child process PID was still running: PYTHON
    child = subprocess.Popen(words)
    assert child.poll() is None
    KEPT.append(child)


def test_closes_by_with() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        accepted, _ = listener.accept()
        with accepted:
            client.sendall(b"hello")
            assert accepted.recv(5) == b"hello"


def test_stops_its_server() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with socket.create_connection(("127.0.0.1", server.server_port)) as client:
            client.sendall(b"HEAD / HTTP/1.0\r\n\r\n")
            assert client.recv(8) == b"HTTP/1.0"
        server.shutdown()
        thread.join()
