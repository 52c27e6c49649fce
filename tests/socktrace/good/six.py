"""IPv6, and an IPv4 client of a dual-stack listener on ::1."""

import socket

with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
    with socket.create_connection(listener.getsockname()[:2], 5) as client:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"six")
            print(client.recv(10))
