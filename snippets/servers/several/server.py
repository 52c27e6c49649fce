import socket
from threading import Thread


def talk(conn: socket.socket) -> None:
    """Shout back what one client says."""
    lines = conn.makefile("rb")
    with conn, lines:
        for line in lines:
            conn.sendall(line.upper())


here = ("127.0.0.1", 4712)
server = socket.create_server(here)
try:
    while True:
        c, caller = server.accept()
        t = Thread(target=talk, args=[c])
        t.start()
except KeyboardInterrupt:  # Ctrl-C
    server.close()
