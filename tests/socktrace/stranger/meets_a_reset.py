"""The server closes without reading all, and the client feels it."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    client.sendall(b"hello, and more")
    connection.recv(5)
    connection.close()
    client.recv(100)
# fault: failure 10: it exited with status 1: ConnectionResetError: [Errno 104] Connection reset by peer: the other
#     end had been closed at line 9 with 10 bytes unread
# fault: reset 9: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 10
#     bytes lay unread (sent at line 7) when it was closed
