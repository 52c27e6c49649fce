"""A mebibyte each way at once."""

import socket
import threading

SIZE = 1 << 20


def pour(end: socket.socket) -> None:
    end.sendall(bytes(SIZE))
    end.shutdown(socket.SHUT_WR)


def drain(end: socket.socket) -> int:
    total = 0
    while chunk := end.recv(65536):
        total += len(chunk)
    return total


with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname(), 5) as client:
    server, _ = listener.accept()
    with server:
        threads = [threading.Thread(target=pour, args=(end,)) for end in (client, server)]
        threads.append(threading.Thread(target=drain, args=(server,)))
        for thread in threads:
            thread.start()
        print(drain(client))
        for thread in threads:
            thread.join()
