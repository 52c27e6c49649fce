"""How the page and the machine talk: in frames, each with its length, its kind and the run that it is about.

The line between them is a console. It loses what comes faster than it is read, so the page sends pieces, and no more
than two of them beyond what it was told has been taken.
"""

import json
import os
import struct
from typing import Any

HEAD = struct.Struct("<IcH")
"""The length of what follows, the kind, the number of the run."""
PIECE = 2048
"""After how many bytes the machine tells how many it has taken."""

# from the page
WAKE, RUN, INPUT, END, STOP = b"W", b"R", b"I", b"E", b"S"
# to the page
HELLO, AWAKE, TAKEN, OUTPUT, EXIT, EVIDENCE, FAILED, DONE = b"H", b"A", b"K", b"O", b"X", b"V", b"F", b"D"
# from a process that stands by to the first one
READY = b"Y"


def frame(kind: bytes, task: int, payload: bytes = b"") -> bytes:
    """Return a frame."""
    return HEAD.pack(len(payload), kind, task) + payload


class Frames:
    """Puts frames together again from pieces."""

    def __init__(self) -> None:
        self.rest = bytearray()

    def add(self, data: bytes) -> list[tuple[bytes, int, bytes]]:
        """Take a piece; return the frames that are whole now."""
        self.rest += data
        found = []
        while len(self.rest) >= HEAD.size:
            length, kind, task = HEAD.unpack_from(self.rest)
            if len(self.rest) < HEAD.size + length:
                break
            found.append((kind, task, bytes(self.rest[HEAD.size : HEAD.size + length])))
            del self.rest[: HEAD.size + length]
        return found


def message(told: Any) -> bytes:
    """Return what one process of the machine tells another, with its length before it."""
    payload = json.dumps(told).encode()
    return len(payload).to_bytes(4, "little") + payload


def read_message(fd: int) -> bytes:
    """Read a message, without its length.

    Raises:
        EOFError: There will be none.
    """
    return _read(fd, int.from_bytes(_read(fd, 4), "little"))


def _read(fd: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = os.read(fd, size - len(data))
        if not piece:
            raise EOFError("nobody is there any more")
        data += piece
    return data
