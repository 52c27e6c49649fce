"""The main thread dies: what it wrote lies in a buffer. The file holds the connection open, and the server waits on."""

import socket
import threading


def serve(listener: socket.socket) -> None:
    with listener.accept()[0] as connection:
        while part := connection.recv(100):
            connection.sendall(part)


with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=serve, args=(listener,)).start()
    with socket.create_connection(listener.getsockname(), 1) as client:
        file = client.makefile("w")
        file.write("hello\n")
        print(client.recv(100))
# fault: stderr 18: an error ended the main thread: TimeoutError: timed out: nothing came meanwhile from the accepted
#     socket 2 (127.0.0.1:PORT) of line 8
# note: hang 9: it was still running when its time limit came: an error had ended the main thread, but other threads
#     went on; line 9 (the thread 'Thread-1 (serve)') waits in recv() for bytes or the end from the connecting socket 3
#     (127.0.0.1:PORT) of line 15, closed, but not the file of line 16
