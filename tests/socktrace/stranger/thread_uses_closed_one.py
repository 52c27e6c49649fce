"""A thread uses a socket that the main thread's `with` has closed meanwhile."""

import socket
import threading

one, other = socket.socketpair()
closed = threading.Event()


def talk() -> None:
    closed.wait(5)
    one.send(b"hello")


with other:
    thread = threading.Thread(target=talk)
    with one:
        thread.start()
    closed.set()
    thread.join()
# fault: stderr 12: an error ended a thread: OSError: [Errno 9] Bad file descriptor: the paired socket 1 had been closed
#     at line 17
