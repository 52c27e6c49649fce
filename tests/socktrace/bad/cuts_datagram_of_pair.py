"""The same between the two halves of a pair, where no packet tells."""

import socket

left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
with left, right:
    left.send(b"x" * 3000)
    print(len(right.recv(512)))
# fault: cut-off 8: recv() took 512 bytes of a datagram of 3,000: 2,488 were lost
