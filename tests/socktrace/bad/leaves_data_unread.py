"""close() with data in the receive buffer answers RST."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection:
        client.sendall(b"never read")
# fault: reset 7: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 10
#     bytes lay unread (sent at line 8) when it was closed
