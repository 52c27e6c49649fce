"""A server closes when it has heard the first words of TLS; the client is told of an end against the rules."""

import socket
import ssl
import threading


def serve(listener: socket.socket) -> None:
    with listener.accept()[0] as connection:
        connection.recv(65535)


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname(), 5) as client:
        ssl.create_default_context().wrap_socket(client, server_hostname="localhost")
# fault: failure 17: it exited with status 1: ssl.SSLEOFError: [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in
#     violation of protocol (_ssl.c:PORT): the TLS handshake failed: the other end closed the connection at line 9
