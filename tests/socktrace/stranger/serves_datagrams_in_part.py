"""A server of socketserver takes 8,192 bytes of each datagram, as it does if nobody says otherwise."""

import socket
import socketserver
import threading


class Count(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, answers = self.request
        answers.sendto(b"%d" % len(data), self.client_address)


with socketserver.UDPServer(("127.0.0.1", 0), Count) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(bytes(9000), server.server_address)
        client.recv(100)
    thread.join()
# fault: cut-off 14: recvfrom() took 8,192 bytes of a datagram of 9,000: 808 were lost
