"""What the collector could close, the program closes itself: by the same functions, called by hand."""

import contextlib
import socket
import weakref
from collections.abc import Iterator


class Pool:
    """Holds one socket; it can be closed, and would be when it is collected."""

    def __init__(self, one: socket.socket) -> None:
        self.close = weakref.finalize(self, one.close)


class SaysGoodbye:
    """Opens a socket when it is collected, and closes that itself."""

    def __del__(self) -> None:
        with socket.socket():
            pass


def words(one: socket.socket) -> Iterator[bytes]:
    with one:
        while True:
            yield one.recv(1)


pool = Pool(socket.socket())
pool.close()
SaysGoodbye()

for close in ("close", "closing"):
    here, there = socket.socketpair()
    with there:
        there.sendall(b"x")
        generator = words(here)
        next(generator)
        if close == "close":
            generator.close()  # type: ignore[attr-defined]
        else:
            with contextlib.closing(generator):  # type: ignore[type-var]
                pass

one = socket.socket()
with one.makefile("rb"):
    one.close()
two = socket.socket()
file = two.makefile("rb")
file.close()
del file
two.close()

# what looks at the method does not collect
with socket.socket() as looked_at:
    callable(looked_at.__del__)  # type: ignore[attr-defined]
