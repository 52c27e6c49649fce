"""Three processes die of what they were sent. The program looks how one of them has ended."""

import multiprocessing
import socket


def forked(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"%d" % int("one"))


def spawned(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"%d" % int("two"))


def looked_after(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"%d" % int("three"))


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for way, work in (("fork", forked), ("spawn", spawned), ("fork", looked_after)):
            process = multiprocessing.get_context(way).Process(target=work, args=(listener.getsockname()[1],))  # type: ignore[attr-defined]
            process.start()
            with listener.accept()[0] as connection:
                print(connection.recv(10))
            process.join()
        print(process.exitcode)
# fault: stderr 9: an error ended what multiprocessing had called: ValueError: invalid literal for int() with base 10:
#     'one'
# fault: stderr 14: an error ended what multiprocessing had called: ValueError: invalid literal for int() with base 10:
#     'two'
# note: stderr 19: an error ended what multiprocessing had called: ValueError: invalid literal for int() with base 10:
#     'three'
