"""A datagram is longer than what recvfrom() asks for."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as receiver, socket.socket(type=socket.SOCK_DGRAM) as sender:
    receiver.bind(("127.0.0.1", 0))
    sender.sendto(b"x" * 3000, receiver.getsockname())
    print(len(receiver.recvfrom(512)[0]))
# fault: cut-off 8: recvfrom() took 512 bytes of a datagram of 3,000: 2,488 were lost
