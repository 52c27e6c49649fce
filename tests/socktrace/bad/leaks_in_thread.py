"""A thread keeps its socket in a global."""

import socket
import threading

kept: list[socket.socket] = []
thread = threading.Thread(target=lambda: kept.append(socket.create_server(("127.0.0.1", 0))))
thread.start()
thread.join()
# fault: left-open 7: the listening socket 1 (127.0.0.1:PORT) was closed by the end of the process, not by the program
