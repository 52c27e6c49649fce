"""What is to clear up fails, so that a socket stays open; Python only prints that it has failed."""

import socket


class Client:
    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self.peer = end.getpeername()

    def __del__(self) -> None:
        print("leaving", self.peers)  # type: ignore[attr-defined]
        self.end.close()


with socket.create_server(("127.0.0.1", 0)) as listener:
    client = Client(socket.create_connection(listener.getsockname()))
    with listener.accept()[0]:
        del client
# fault: stderr 12: an error ended what the garbage collector had called: AttributeError: 'Client' object has no
#     attribute 'peers'
# fault: collected 17: the connecting socket 2 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
