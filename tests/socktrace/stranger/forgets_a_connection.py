"""A client of multiprocessing is let go without close(), the ends of a pipe are left to the end of the process."""

from multiprocessing import Pipe
from multiprocessing.connection import Client, Listener
from threading import Thread


def serve(listener: Listener) -> None:
    with listener.accept() as connection:
        connection.send(connection.recv() * 2)
        try:
            connection.recv()
        except EOFError:
            print("the client has gone")


with Listener(("127.0.0.1", 0)) as listener:
    client = Client(listener.address)
    thread = Thread(target=serve, args=(listener,))
    thread.start()
    client.send(21)
    print(client.recv())
    del client
    thread.join()
one, other = Pipe()
one.send("hello")
print(other.recv())
# fault: collected 18: the connecting socket 2 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
# fault: left-open 25: the paired socket 4 was closed by the end of the process, not by the program (2 times)
