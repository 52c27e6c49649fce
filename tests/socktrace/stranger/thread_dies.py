"""A thread dies of an error; the program goes on."""

import socket
import threading

with socket.socket() as bound:
    bound.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=socket.create_connection, args=(bound.getsockname(),))
    thread.start()
    thread.join()
# fault: stderr 0: an error ended a thread: ConnectionRefusedError: [Errno 111] Connection refused: the socket 1
#     (127.0.0.1:PORT) is bound there, but does not listen
