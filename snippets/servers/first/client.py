import socket

socket.setdefaulttimeout(5)  # seconds
there = ("127.0.0.1", 4712)
client = socket.create_connection(there)
lines = client.makefile("rb")
with client, lines:
    for words in b"hi\n", b"is it you?\n":
        client.sendall(words)
        print(lines.readline())
