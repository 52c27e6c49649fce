"""A child asks on its parent's connection, and the parent reads the child's answer."""

import os
import socket
import threading


def serve(listener: socket.socket) -> None:
    with listener.accept()[0] as connection, connection.makefile("rwb") as file:
        for line in file:
            file.write(line)
            file.flush()


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname(), 5) as client:
        if (child := os.fork()) == 0:
            client.sendall(b"from the child\n")
            os._exit(0)
        os.waitpid(child, 0)
        client.sendall(b"from the parent\n")
        print(client.recv(15))
        client.shutdown(socket.SHUT_WR)
        while client.recv(100):
            pass
    thread.join()
# fault: shared 20: a child process sent on the connecting socket 3 (127.0.0.1:PORT), opened at line 18, on which its
#     parent sent as well: an answer goes to whichever of them reads first
