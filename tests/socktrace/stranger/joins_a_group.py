"""A group is joined on whatever interface leads there, as most examples of multicast do."""

import socket

with socket.socket(type=socket.SOCK_DGRAM) as member, socket.socket(type=socket.SOCK_DGRAM) as sender:
    member.bind(("", 0))
    whichever = socket.inet_aton("224.1.1.1") + socket.inet_aton("0.0.0.0")
    member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, whichever)
    sender.sendto(b"hello", ("224.1.1.1", member.getsockname()[1]))
    assert member.recv(100) == b"hello"
# note: wildcard 6: it bound 0.0.0.0:PORT, which every interface of the host answers
# note: beyond-loopback 9: it spoke to 224.1.1.1:PORT, which is not loopback
