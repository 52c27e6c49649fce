"""A thread for each client and four limits: Ann is served on."""

import socket
import struct
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
    with sock.makefile("rwb") as lines, suppress(TimeoutError):
        lines.write(words)
        lines.flush()
        return lines.readline()
    return b"(nothing)"


def visit(address: tuple[str, int]) -> None:
    """Be Ann and four rude ones. Source: socket(7), SO_LINGER."""
    call = partial(socket.create_connection, address, 1)
    with call() as silent, call() as second:
        with call() as ann, call() as late:
            print("Ann hears:", say(ann, b"hello\n"))
            print("one too many hears:", say(late))
            print("Ann hears:", say(ann, b"still there?\n"))
        print("two silent ones hear:", say(silent), say(second))
    with call() as endless:
        line = say(endless, b"x" * 2000 + b"\n")
        print("2001 bytes, and back come", len(line))
    with call() as rude:
        say(rude, b"hello\n")
        reset = struct.pack("ii", 1, 0)  # socktrace: expect reset
        rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
    with call() as ann:
        print("Ann hears:", say(ann, b"what was that?\n"))


def main() -> None:
    """Serve at a port until Ctrl-C; given none, try it once."""
    port, idle = map(float, sys.argv[1:] or (0, 0.4))
    listener = socket.create_server(("127.0.0.1", int(port)))
    with listener, suppress(KeyboardInterrupt):
        if port:
            serve(listener, idle)
        address = listener.getsockname()
        Thread(target=visit, args=(address,)).start()
        serve(listener, idle, most=3, calls=7)


if __name__ == "__main__":
    main()
