"""What was written to a file of a socket leaves only when the process ends, for nobody flushed or closed it."""

import socket

with (
    socket.create_server(("127.0.0.1", 0)) as listener,
    socket.create_connection(listener.getsockname()) as client,
    listener.accept()[0] as accepted,
):
    file = client.makefile("w")
    file.write("hello")
    accepted.shutdown(socket.SHUT_WR)
# fault: left-open 7: the connecting socket 2 (127.0.0.1:PORT) was closed by the end of the process, not by the
#     program: a file that makefile() made of it at line 10 was open, and holds it even after close()
# fault: reset 8: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was reset by 127.0.0.1:PORT, not finished: 5
#     bytes came when it was closed
