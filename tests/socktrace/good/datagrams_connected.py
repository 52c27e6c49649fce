"""Connected datagram sockets, sendmsg from an iterator and recvmsg_into, an empty datagram, and a peek."""

import socket

with (
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as left,
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as right,
):
    for end in (left, right):
        end.settimeout(5)
        end.bind(("127.0.0.1", 0))
    left.connect(right.getsockname())
    left.send(b"")
    left.sendmsg(iter([b"a", b"b"]))
    print(right.recv(10), right.recv(10, socket.MSG_PEEK))
    buffer = bytearray(10)
    print(right.recvmsg_into([buffer])[0])
    right.sendto(b"back", left.getsockname())
    print(left.recv_into(buffer))
