"""Both ends wait for the other to speak."""

import socket
import threading


def serve(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(1)


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,), name="server")
    thread.start()
    with socket.create_connection(listener.getsockname()) as client:
        client.recv(1)
    thread.join()
# fault: hang 17: it was still running when its time limit came: line 17 waits in recv() for bytes or the end from the
#     accepted socket 2 (127.0.0.1:PORT) of line 8, where line 10 waits in recv() itself; line 10 (the thread
#     'server') waits in recv() for bytes or the end from the connecting socket 3 (127.0.0.1:PORT) of line 16, where
#     line 17 waits in recv() itself
