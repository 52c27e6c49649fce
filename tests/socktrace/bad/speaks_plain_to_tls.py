"""The server wants TLS, and the client says hello in plain text."""

import contextlib
import socket
import ssl
import threading


def serve(listener: socket.socket) -> None:
    plain, _ = listener.accept()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with plain, contextlib.suppress(ssl.SSLError):
        context.wrap_socket(plain, server_side=True).close()


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname(), 5) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            while client.recv(100):
                pass
    thread.join()
# fault: handshake 13: the TLS handshake on the connection from 127.0.0.1:PORT to 127.0.0.1:PORT failed:
#     127.0.0.1:PORT does not speak TLS
