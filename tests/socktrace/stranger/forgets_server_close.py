"""The server's thread is a daemon; nobody shuts the server down."""

import socketserver
import threading

server = socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True, name="server").start()
# fault: left-open 6: the listening socket 1 (127.0.0.1:PORT) was closed by the end of the process, not by the program
# note: survivor 6: the thread 'server', serving the listening socket 1 (127.0.0.1:PORT), outlived the program
