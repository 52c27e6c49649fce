"""A socket in a reference cycle waits for a collection that never comes."""

import socket


class Holder:
    def __init__(self) -> None:
        self.me = self
        self.socket = socket.socket()


Holder()
# fault: left-open 9: the socket 1 was closed by the end of the process, not by the program
