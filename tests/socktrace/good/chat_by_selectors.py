"""Non-blocking sockets and a selector."""

import selectors
import socket

with (
    selectors.DefaultSelector() as selector,
    socket.create_server(("127.0.0.1", 0)) as listener,
    socket.socket() as client,
):
    listener.setblocking(False)
    client.setblocking(False)
    client.connect_ex(listener.getsockname())
    selector.register(listener, selectors.EVENT_READ)
    selector.select(5)
    connection, _ = listener.accept()
    with connection:
        selector.unregister(listener)
        connection.setblocking(False)
        selector.register(client, selectors.EVENT_READ)
        connection.send(b"hello")
        selector.select(5)
        print(client.recv(100))
