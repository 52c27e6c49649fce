import socket

socket.setdefaulttimeout(60)  # seconds
here = ("127.0.0.1", 4711)
with socket.create_server(here) as server:
    conn, caller = server.accept()
    with conn:
        while words := conn.recv(1024):
            print("heard:", words)
            conn.sendall(words)
