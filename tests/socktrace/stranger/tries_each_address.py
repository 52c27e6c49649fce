"""It tries the addresses of a name one after the other."""

import contextlib
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    for family, host in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1")):
        with socket.socket(family) as client, contextlib.suppress(ConnectionRefusedError):
            client.connect((host, listener.getsockname()[1]))
            listener.accept()[0].close()
# note: refused 9: the connection from [::1]:PORT to [::1]:PORT was refused: its SYN was answered by RST: the
#     listening socket 1 (127.0.0.1:PORT) listens at another address of that port
