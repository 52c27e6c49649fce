"""A worker takes over connections by SCM_RIGHTS, answers, and never closes what came: the client waits for an end."""

import os
import socket
import threading


def work(channel: socket.socket) -> None:
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 10, 1)
        if not message:
            return
        os.write(descriptors[0], b"done")


boss, worker = socket.socketpair()
thread = threading.Thread(target=work, args=(worker,), daemon=True)
thread.start()
with socket.create_server(("127.0.0.1", 0)) as listener, boss, worker:
    client = socket.create_connection(listener.getsockname())
    with listener.accept()[0] as accepted:
        socket.send_fds(boss, [b"take it"], [accepted.fileno()])
    while client.recv(100):
        pass
    client.close()
# fault: hang 23: it was still running when its time limit came: line 23 waits in recv() for bytes or the end from the
#  accepted socket 5 (127.0.0.1:PORT) of line 21, closed at line 21, but not the copy that came at line 10;
#  line 10 (the thread 'Thread-1 (work)') waits in recvmsg() for bytes or the end from the paired socket 1 of line 16
