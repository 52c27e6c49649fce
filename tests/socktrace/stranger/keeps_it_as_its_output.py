"""A server makes a connection its standard output, and closes only the socket: the client waits for the end in vain."""

import os
import socket
import threading


def serve(listener: socket.socket) -> None:
    with listener.accept()[0] as connection:
        os.dup2(connection.fileno(), 1)
        os.write(1, b"this goes to the client")


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname()) as client:
        while client.recv(100):
            pass
# fault: hang 18: it was still running when its time limit came: line 18 waits in recv() for bytes or the end from the
#  accepted socket 2 (127.0.0.1:PORT) of line 9, closed at line 9, but not its copy of line 10
