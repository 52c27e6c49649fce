"""The queue of a listening socket is full, and the next SYN is dropped."""

import contextlib
import socket

with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    first.connect(listener.getsockname())
    second.settimeout(0.1)
    with contextlib.suppress(TimeoutError):
        second.connect(listener.getsockname())
    second.close()
    connection, _ = listener.accept()
    first.close()
    connection.close()
# fault: unanswered 12: the connection from 127.0.0.1:PORT to 127.0.0.1:PORT was never completed: its SYN got no
#     answer: the queue of the listening socket 1 (127.0.0.1:PORT) was full: listen(0) at line 8
