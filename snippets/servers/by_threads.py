"""A thread for each client and four limits: Ann is served on."""

import socket
import sys
from contextlib import suppress
from functools import partial
from threading import BoundedSemaphore, Thread


def serve(
    listener: socket.socket,
    idle: float,
    most: int = 100,
    calls: int = sys.maxsize,
) -> None:
    """Give each client a thread. Source: threading."""
    seats = BoundedSemaphore(most)
    for _ in range(calls):
        conn, _ = listener.accept()
        if seats.acquire(blocking=False):
            conn.settimeout(idle)  # a limit for each wait
            Thread(target=talk, args=(conn, seats)).start()
        else:
            conn.close()  # one too many


def talk(conn: socket.socket, seats: BoundedSemaphore) -> None:
    """Shout back each line of a client. Source: socket."""
    with conn, conn.makefile("rb") as lines:
        try:
            while (line := lines.readline(1000)).endswith(b"\n"):
                conn.sendall(line.upper())
        except OSError:
            pass  # reset, silent, or does not read: it is gone
        finally:
            seats.release()


def say(sock: socket.socket, words: bytes = b"") -> bytes:
    """Say words, and return the line that comes back."""
    with suppress(OSError), sock.makefile("rwb") as lines:
        lines.write(words)
        lines.flush()
        return lines.readline()
    return b"(nothing)"


def part(sock: socket.socket) -> bytes:
    """Say that you are done, and return what comes then."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
    return say(sock)


def visit(address: tuple[str, int]) -> None:
    """Be Ann, and three who are rude. Source: socket."""
    call = partial(socket.create_connection, address, 3)
    with call() as silent:
        say(silent, b"hello\n")
        with call() as ann:
            print("Ann hears:", say(ann, b"hello\n"))
            with call() as late:
                print("one too many hears:", say(late))
            print("Ann hears:", say(ann, b"still there?\n"))
            print("Ann is done and hears:", part(ann))
        print("the silent one hears:", say(silent))
    with call() as endless:
        line = say(endless, b"x" * 2000 + b"\n")
        print("sent 2001 bytes, got back", len(line))
    with call() as ann:
        print("Ann hears:", say(ann, b"what was that?\n"))
        part(ann)


def main() -> None:
    """Serve at a port until Ctrl-C; given none, try it once."""
    port, idle = map(float, sys.argv[1:] or (0, 1))
    listener = socket.create_server(("127.0.0.1", int(port)))
    with listener, suppress(KeyboardInterrupt):
        if port:
            serve(listener, idle)
        address = listener.getsockname()
        Thread(target=visit, args=(address,)).start()
        serve(listener, idle, most=2, calls=5)


if __name__ == "__main__":
    main()
