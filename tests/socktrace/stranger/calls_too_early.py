"""It calls before the server listens."""

import socket

with socket.socket() as listener, socket.socket() as client:
    listener.bind(("127.0.0.1", 0))
    address = listener.getsockname()
    try:
        client.connect(address)
    finally:
        listener.listen()
# fault: failure 9: it exited with status 1: ConnectionRefusedError: [Errno 111] Connection refused: the listening
#     socket 1 (127.0.0.1:PORT) listens there only later, from line 11 on
