import socket

here = ("127.0.0.1", 4712)
server = socket.create_server(here)
try:
    while True:
        conn, caller = server.accept()
        lines = conn.makefile("rb")
        with conn, lines:
            for line in lines:
                conn.sendall(line.upper())
except KeyboardInterrupt:  # Ctrl-C
    server.close()
    print("stopped")
