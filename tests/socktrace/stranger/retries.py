"""It tries again until somebody listens."""

import socket
import threading

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    address = probe.getsockname()
listens = threading.Event()


def serve() -> None:
    with socket.create_server(address) as listener:
        listens.set()
        listener.accept()[0].close()


thread = threading.Thread(target=serve)
while True:
    try:
        with socket.create_connection(address, 5) as client:
            client.recv(1)
        break
    except ConnectionRefusedError:
        thread.start()
        listens.wait(5)
thread.join()
# note: refused 21: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was refused: its SYN was answered by RST: the
#     listening socket 3 (127.0.0.1:PORT) listens there only later, from line 13 on
