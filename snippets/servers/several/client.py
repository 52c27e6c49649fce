import socket

socket.setdefaulttimeout(5)  # seconds
there = ("127.0.0.1", 4712)
bob = socket.create_connection(there)
ann = socket.create_connection(there)
bob_hears = bob.makefile("rb")
ann_hears = ann.makefile("rb")
with bob, ann, bob_hears, ann_hears:
    ann.sendall(b"hi Bob\n")
    print("Ann:", ann_hears.readline())
    bob.sendall(b"hi Ann\n")
    print("Bob:", bob_hears.readline())
