"""sendfile() moves bytes without a send()."""

import socket
import tempfile

with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    connection, _ = listener.accept()
    with connection, tempfile.TemporaryFile() as file:
        file.write(bytes(100_000))
        file.seek(0)
        connection.sendfile(file)
        connection.shutdown(socket.SHUT_WR)
        print(sum(len(chunk) for chunk in iter(lambda: client.recv(65536), b"")))
        client.shutdown(socket.SHUT_WR)
        connection.recv(1)
