"""Two ends write a length in different orders of its bytes: one waits for millions, the other for an answer."""

import socket
import struct
import threading


def serve(listener: socket.socket) -> None:
    with listener.accept()[0] as connection:
        length, data = struct.unpack("!I", connection.recv(4))[0], b""
        while len(data) < length:
            data += connection.recv(length - len(data))
        connection.sendall(data)


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname()) as client:
        client.sendall(struct.pack("<I", 5) + b"hello")
        client.recv(100)
# fault: hang 21: it was still running when its time limit came: line 21 waits in recv() for bytes or the end from the
#  accepted socket 2 (127.0.0.1:PORT) of line 9, where line 12 waits in recv() itself; line 12 (the thread
#  'Thread-1 (serve)') waits in recv() for bytes or the end from the connecting socket 3 (127.0.0.1:PORT) of line 19,
#  where line 21 waits in recv() itself: it has taken the 9 bytes that line 20 sent, and waits for more
