"""A server closes when it has answered once; the client asks again on the same connection."""

import http.client
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    client = http.client.HTTPConnection(*listener.getsockname())
    client.request("GET", "/", headers={"Host": "h"})
    connection, _ = listener.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    try:
        client.getresponse().read()
        client.request("GET", "/", headers={"Host": "h"})
        client.getresponse()
    finally:
        client.close()
# fault: failure 16: it exited with status 1: http.client.RemoteDisconnected: Remote end closed connection without
#     response: the other end had closed at line 10, before this was sent
