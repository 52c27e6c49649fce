"""It tries again until somebody listens."""

import socket
import threading
import time

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    address = probe.getsockname()


def serve() -> None:
    time.sleep(0.1)
    with socket.create_server(address) as listener:
        listener.accept()[0].close()


thread = threading.Thread(target=serve)
thread.start()
while True:
    try:
        with socket.create_connection(address, 5) as client:
            client.recv(1)
        break
    except ConnectionRefusedError:
        time.sleep(0.07)
thread.join()
# note: refused 22: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was refused: its SYN was answered by RST: the
#     socket 1 (127.0.0.1:PORT) is bound there, but does not listen
