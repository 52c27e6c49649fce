"""The server's thread serves for ever, and the program waits for it for ever."""

import socketserver
import threading

server = socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)
threading.Thread(target=server.serve_forever, name="server").start()
# fault: hang 6: it was still running when its time limit came: the program's last line was done, but other threads
#     went on; the thread 'server' is in serve_forever() and serves the listening socket 1 (127.0.0.1:PORT)
