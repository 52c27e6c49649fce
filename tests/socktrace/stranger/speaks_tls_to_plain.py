"""A client wants TLS from a server that has none: it dies at the line that the handshake fails at, and is told once."""

import socket
import ssl

context = ssl.create_default_context()
with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(b"220 ready\r\n")
        try:
            context.wrap_socket(client, server_hostname="localhost").close()
        finally:
            connection.recv(1000)
# fault: failure 12: it exited with status 1: ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number
#     (_ssl.c:PORT): the TLS handshake failed: the other end does not speak TLS
