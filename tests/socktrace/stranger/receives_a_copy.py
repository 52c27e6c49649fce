"""Takes a descriptor that comes by SCM_RIGHTS, and never closes it: the other end waits for an end in vain."""

# fault: left-open 14: the accepted socket 5 (127.0.0.1:PORT) was closed by the end of the process, not by the program:
#  a copy of its descriptor was still open, and only the first one was closed

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, other, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        with accepted:
            socket.send_fds(one, [b"x"], [accepted.fileno()])
        socket.recv_fds(other, 10, 1)
        client.settimeout(0.05)
        try:
            client.recv(10)
        except TimeoutError:
            print("no end")
