"""A worker dies of what a client sent, and its program waits until all that is queued is done."""

import queue
import socket
import threading

jobs: queue.Queue[socket.socket] = queue.Queue()


def work() -> None:
    while True:
        with jobs.get() as connection:
            connection.sendall(b"x" * int(connection.recv(10)))
        jobs.task_done()


threading.Thread(target=work, daemon=True).start()
with socket.create_server(("127.0.0.1", 0)) as listener:
    with socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"many")
        jobs.put(listener.accept()[0])
        client.recv(10)
    jobs.join()
# fault: hang 23: it was still running when its time limit came: line 23 waits in join(); an error had ended the thread
#  'Thread-1 (work)' before, at line 13: ValueError: invalid literal for int() with base 10: b'many'
# fault: stderr 13: an error ended a thread: ValueError: invalid literal for int() with base 10: b'many'
