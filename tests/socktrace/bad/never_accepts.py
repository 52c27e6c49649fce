"""The listener closes while a client waits in its queue."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    client = socket.create_connection(listener.getsockname(), 5)
client.close()
# fault: reset 5: the listening socket 1 (127.0.0.1:PORT) was closed while the connection from 127.0.0.1:PORT waited
#     in its queue: it was reset
