"""It closes a listening socket and waits for the thread that accepts from it, which close() does not wake."""

import socket
import threading


def serve(listener: socket.socket) -> None:
    came.set()
    listener.accept()


came = threading.Event()
listener = socket.create_server(("127.0.0.1", 0))
thread = threading.Thread(target=serve, args=(listener,), name="server")
thread.start()
came.wait()
thread.join(0.3)
listener.close()
thread.join()
# fault: hang 19: it was still running when its time limit came: line 19 waits in join() for the thread 'server' to end;
#     line 9 (the thread 'server') waits in accept() on the listening socket 1 (127.0.0.1:PORT), which was closed at
#     line 18, and that wakes nobody who waits
