"""A socket that create_connection() has connected is connected again."""

import socket

with (
    socket.create_server(("127.0.0.1", 0)) as listener,
    socket.create_connection(listener.getsockname()) as client,
    listener.accept()[0],
):
    client.connect(listener.getsockname())
# fault: failure 10: it exited with status 1: OSError: [Errno 106] Transport endpoint is already connected: the
#     connecting socket 2 (127.0.0.1:PORT) has a connection to 127.0.0.1:PORT already, since line 7
