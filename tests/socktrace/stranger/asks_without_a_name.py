"""A client of the Unix domain has no name to which one could answer; the thread dies of it that would."""

import os
import socket
import tempfile
import threading


def serve(server: socket.socket) -> None:
    question, client = server.recvfrom(100)
    server.sendto(question, client)


with (
    tempfile.TemporaryDirectory() as folder,
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server,
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client,
):
    server.bind(os.path.join(folder, "asked"))
    thread = threading.Thread(target=serve, args=(server,), name="server")
    thread.start()
    client.sendto(b"question", server.getsockname())
    thread.join()
    client.settimeout(0.01)
    client.recv(100)
# fault: stderr 11: an error ended a thread: TypeError: a bytes-like object is required, not 'NoneType': who sent what
#     came at line 10 has no name, so recvfrom() gave None for it (unix(7))
# fault: failure 25: it exited with status 1: TimeoutError: timed out
