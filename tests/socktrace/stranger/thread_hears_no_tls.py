"""A thread that serves TLS dies of a client that speaks in plain text."""

import contextlib
import socket
import ssl
import threading


def serve(listener: socket.socket) -> None:
    plain, _ = listener.accept()
    with plain:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).wrap_socket(plain, server_side=True).close()


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname(), 5) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            while client.recv(100):
                pass
    thread.join()
# fault: stderr 12: an error ended a thread: ssl.SSLError: [SSL: HTTP_REQUEST] http request (_ssl.c:PORT): the TLS
#     handshake failed: the other end does not speak TLS
