"""A datagram comes where no socket is any more, and the kernel sends that back; the program dies of it."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as bound, socket.socket(type=socket.SOCK_DGRAM) as client:
    bound.bind(("127.0.0.1", 0))
    address = bound.getsockname()
    bound.close()
    client.settimeout(5)
    client.connect(address)
    client.send(b"hello")
    client.recv(1)
# fault: failure 12: it exited with status 1: ConnectionRefusedError: [Errno 111] Connection refused: no socket had
#     127.0.0.1:PORT when the datagram sent at line 11 came there: the datagram socket 1 (127.0.0.1:PORT) had been
#     closed at line 8
