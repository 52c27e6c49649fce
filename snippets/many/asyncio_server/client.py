import socket

socket.setdefaulttimeout(5)  # seconds
there = ("127.0.0.1", 4713)
client = socket.create_connection(there)
with client:
    client.sendall(b"hello")
    client.shutdown(socket.SHUT_WR)
    while words := client.recv(1024):
        print("echo:", words)
