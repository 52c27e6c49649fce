"""A daemon thread serves; the program's end cuts it off."""

import socket
import threading

ready: list[tuple[str, int]] = []
listens, served = threading.Event(), threading.Event()


def serve() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ready.append(listener.getsockname())
        listens.set()
        while True:
            with listener.accept()[0] as connection:
                connection.sendall(b"hello")
                connection.recv(1)
            served.set()


threading.Thread(target=serve, daemon=True, name="server").start()
listens.wait()
with socket.create_connection(ready[0], 5) as client:
    print(client.recv(100))
served.wait()
# note: left-open 11: the listening socket 1 (127.0.0.1:PORT) was closed by the end of the process, not by the program
# note: survivor 15: the thread 'server' outlived the program
