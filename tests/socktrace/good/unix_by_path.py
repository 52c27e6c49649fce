"""A Unix-domain server with a path."""

import pathlib
import socket
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "door")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(str(path))
        listener.listen()
        client.connect(str(path))
        connection, _ = listener.accept()
        with connection:
            client.sendall(b"knock")
            print(connection.recv(10))
