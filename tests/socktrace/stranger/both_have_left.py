"""The client has said good-bye and closed; a server that closes then, unread, takes nothing from anybody."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    with socket.create_connection(listener.getsockname()) as client:
        server, _ = listener.accept()
        client.sendall(b"hello")
        print(server.recv(5))
        client.sendall(b"bye")
    server.close()
# note: reset 11: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 3
#     bytes lay unread (sent at line 10) when it was closed
