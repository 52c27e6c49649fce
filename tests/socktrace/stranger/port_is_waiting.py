"""A server closed first, so its port is in TIME-WAIT when it starts again."""

import socket

with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    address = listener.getsockname()
    with socket.create_connection(address, 5) as client:
        listener.accept()[0].close()
        client.recv(1)
with socket.socket() as again:
    again.bind(address)
# fault: failure 13: it exited with status 1: OSError: [Errno 98] Address already in use: an earlier connection, from
#     127.0.0.1:PORT to 127.0.0.1:PORT, still waits there in TIME-WAIT
