"""A listening socket goes through a Unix-domain socket and is used by its new name."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    left, right = socket.socketpair()
    with left, right:
        socket.send_fds(left, [b"take"], [listener.fileno()])
        received = socket.recv_fds(right, 10, 1)[1]
    with socket.socket(fileno=received[0]) as again, socket.create_connection(again.getsockname(), 5) as client:
        connection, _ = again.accept()
        with connection:
            client.close()
            connection.recv(1)
