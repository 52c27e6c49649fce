"""A client that says nothing keeps the server in accept(), for TLS is agreed upon there; the next one waits in vain."""

import socket
import ssl
import threading


def serve(listener: ssl.SSLSocket) -> None:
    while True:
        connection, _ = listener.accept()
        connection.close()


plain, server = socket.create_server(("127.0.0.1", 0)), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
with server.wrap_socket(plain, server_side=True) as listener:
    threading.Thread(target=serve, args=(listener,), name="server", daemon=True).start()
    with socket.create_connection(listener.getsockname()), socket.create_connection(listener.getsockname()) as second:
        ssl.create_default_context().wrap_socket(second, server_hostname="localhost")
# fault: hang 18: it was still running when its time limit came: line 18 waits in wrap_socket() on the connecting socket
#     4 (127.0.0.1:PORT), which nobody accepted at the listening socket 1 (127.0.0.1:PORT); line 10 (the thread
#     'server') waits in accept() for bytes or the end from the connecting socket 3 (127.0.0.1:PORT) of line 17
