"""Two threads ask on one connection, each before the other has its answer; a third pair takes turns with a lock."""

import socket
import threading

lock = threading.Lock()
asked = threading.Barrier(2)


def serve(listener: socket.socket) -> None:
    for _ in range(2):
        with listener.accept()[0] as connection, connection.makefile("rwb") as file:
            for line in file:
                file.write(line)
                file.flush()


def ask(connection: socket.socket, word: bytes) -> None:
    connection.sendall(word)
    asked.wait()
    connection.recv(4)
    asked.wait()


def ask_in_turn(connection: socket.socket, word: bytes) -> None:
    with lock:
        connection.sendall(word)
        connection.recv(4)


with socket.create_server(("127.0.0.1", 0)) as listener:
    clients = [socket.create_connection(listener.getsockname()) for _ in range(2)]
    server = threading.Thread(target=serve, args=(listener,))
    server.start()
    for client, work in zip(clients, (ask_in_turn, ask), strict=True):
        both = [threading.Thread(target=work, args=(client, word)) for word in (b"one\n", b"two\n")]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        client.shutdown(socket.SHUT_WR)
        client.recv(1)
        client.close()
    server.join()
# fault: shared 19: two threads asked on the connecting socket 3 (127.0.0.1:PORT), opened at line 32, one before the
#  other had its answer, at line 19: an answer goes to whichever of them reads first
