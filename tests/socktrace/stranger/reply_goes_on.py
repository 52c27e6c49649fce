"""A reply of SMTP whose last line says that another one follows: the client waits for that."""

import smtplib
import socket
import threading


def serve(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb", buffering=0) as file:
        file.write(b"220 here\r\n")
        while file.readline():
            file.write(b"250-here\r\n250-8BITMIME\r\n")


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with smtplib.SMTP("127.0.0.1", listener.getsockname()[1], "me") as client:
        client.ehlo()
    thread.join()
# fault: hang 20: it was still running when its time limit came: line 20 waits in ehlo() for bytes or the end from the
#  accepted socket 2 (127.0.0.1:PORT) of line 9, where line 12 waits in recv_into() itself: the last line of the reply
#  of line 13 begins with 250-, so that more are to come; line 12 (the thread 'Thread-1 (serve)') waits in
#  recv_into() for bytes or the end from the connecting socket 3 (127.0.0.1:PORT) of line 19, where line 20 waits in
#  ehlo() itself
