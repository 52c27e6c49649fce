"""A client that does not wait asks connect() again and again how far it is, and is told at last (EISCONN)."""

import errno
import select
import socket

with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
    client.setblocking(False)
    assert client.connect_ex(listener.getsockname()) == errno.EINPROGRESS
    select.select([], [client], [])
    print([client.connect_ex(listener.getsockname()) for _ in range(2)])
    client.setblocking(True)
    with listener.accept()[0] as connection:
        connection.sendall(b"hello")
    print(client.recv(5), client.recv(5))
