"""A health check connects and closes; the server's greeting meets nobody."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    socket.create_connection(listener.getsockname(), 5).close()
    connection, _ = listener.accept()
    with connection:
        connection.sendall(b"220 ready")
        connection.recv(1)
# note: reset 6: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 9
#     bytes (sent at line 9) came when it was closed
