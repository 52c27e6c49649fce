"""One thread waits for all, and keeps what each is owed."""

import socket
import sys
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from threading import Thread
from time import monotonic


class Talk:
    """What is to be remembered of one client."""

    def __init__(self, sock: socket.socket) -> None:
        """Begin with nothing heard and nothing to say."""
        self.sock, self.heard, self.answers = sock, b"", b""
        self.moved = monotonic()

    def go_on(self) -> int:
        """Send or read; return what to wait for, 0 at the end."""
        try:
            if self.answers:
                sent = self.sock.send(self.answers)  # maybe a part
                self.answers = self.answers[sent:]
            else:
                data = self.sock.recv(4096)
                lines = (self.heard + data).split(b"\n")
                if not data or max(map(len, lines)) >= 1000:
                    return 0
                self.heard = lines.pop()  # maybe half a line
                said = [line.upper() + b"\n" for line in lines]
                self.answers = b"".join(said)
        except BlockingIOError:
            pass  # not now, then
        except OSError:
            return 0
        self.moved = monotonic()
        return EVENT_WRITE if self.answers else EVENT_READ


def serve(
    listener: socket.socket,
    idle: float,
    most: int = 100,
    calls: int = sys.maxsize,
) -> None:
    """Turn to whoever is ready. Source: selectors."""
    talks: set[Talk] = set()
    with DefaultSelector() as ready:
        ready.register(listener, EVENT_READ)
        while calls or talks:
            over = set()
            for key, _ in ready.select(idle / 4 if talks else None):
                if not key.data:
                    conn, _ = listener.accept()
                    conn.setblocking(False)
                    if len(talks) < most:
                        talks.add(talk := Talk(conn))
                        ready.register(conn, EVENT_READ, talk)
                    else:
                        conn.close()  # one too many
                    if not (calls := calls - 1):
                        ready.unregister(listener)
                elif wanted := key.data.go_on():
                    ready.modify(key.fileobj, wanted, key.data)
                else:
                    over.add(key.data)
            now = monotonic()
            for talk in [*talks]:
                if talk in over or now - talk.moved > idle:
                    talks.remove(talk)
                    ready.unregister(talk.sock)
                    talk.sock.close()


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
