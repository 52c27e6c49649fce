"""A session that was closed leaves its connection to a response that is still at hand; another is not closed."""

import socket
import threading

import urllib3

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def serve(listener: socket.socket) -> None:
    for _ in range(3):
        with listener.accept()[0] as connection:
            connection.recv(1000)
            connection.sendall(ANSWER)


def ask(url: str) -> int:
    with urllib3.PoolManager() as session:
        response = session.request("GET", url)
    return response.status


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    url = "http://{}:{}/".format(*listener.getsockname())
    forgotten: object = urllib3.PoolManager().request("GET", url)
    del forgotten
    print(ask(url))
    session = urllib3.PoolManager()
    kept = session.request("GET", url)
    session.clear()
    thread.join()
# fault: collected 28: the connecting socket 4 (127.0.0.1:PORT) was closed by the garbage collector, not by the program
