"""The one table of what can be found in a run, and what of it is only worth a note. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

EVENTS: Mapping[str, str] = {
    "failure": "it ends with an exit status other than 0, or by a signal",
    "hang": "it is stopped at its time limit",
    "stderr": "it writes to standard error: a warning, or the traceback of a thread",
    "swallowed": "an error ends what a pool has called, and nobody asks for it",
    "not-started": "a program is not started, because the one before it does not listen",
    "left-open": "it leaves a socket to be closed by the end of its process",
    "collected": "it leaves a socket to be closed by the garbage collector",
    "lingering": "its network holds more than TIME_WAIT when it has ended",
    "unanswered": "a TCP connection attempt gets no answer",
    "refused": "a TCP connection attempt is answered by RST",
    "reset": "a TCP connection ends by RST",
    "unaccepted": "a connection within the host is made and never accepted, though its listening socket is closed",
    "handshake": "a TLS handshake fails",
    "unfinished": "a TCP connection ends without a FIN each way",
    "cut-off": "recv() takes a part of a datagram, or send() a part of its bytes, and the rest is lost",
    "overlong": "a message of HTTP has more bytes than it says, which nobody reads, or takes for the next one",
    "shared": "two processes or threads ask on one connection, and an answer goes to whichever reads first",
    "beyond-loopback": "it speaks to an address that is not loopback",
    "wildcard": "it binds an address that stands for every interface",
    "fixed-port": "it binds a port number that the kernel did not choose",
    "survivor": "a thread or child process outlives it",
    "unwatched": "packets cross the wire from or to a socket whose calls no witness sees",
    "disagreement": "its calls and its packets tell different stories",
    "no-socket": "it opens no socket",
}
NEVER_EXPECTED = ("disagreement", "not-started")
"""What no program can mean to show."""

HOUSE_RULES = ("beyond-loopback", "wildcard", "fixed-port", "unwatched")
"""What is no fault in a program of which nobody asks that it keeps the rules of this project's house."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Args:
        event: What happened, one of `EVENTS`, or `output` or `declaration`.
        path: The program's file, or the file of its own that is at fault.
        line: The line, counted from 1; `None` if no line is at fault.
        message: What happened, in one sentence.
        fix: What to do about it.
        is_note: True if it is only worth knowing, not a fault.
        is_allowed: True if only a strict judge minds it: the program meant it, or coped with it.
        count: How often it happened at that line; the sentence is about the first time.
        socket: `Socket.id` of the socket that it is about, if it is about one, for whoever draws it. Findings that say
            the same of several sockets are equal.
        tells: Another event of which this finding tells the cause, if it does; at the same line that is the same thing.
        ends: `Socket.id` of the ends of the connection of which it tells that, at whatever line, if it is about one; it
            tells how that ended, too.
    """

    event: str
    path: str
    line: int | None
    message: str
    fix: str
    is_note: bool = False
    is_allowed: bool = False
    count: int = 1
    socket: int | None = field(default=None, compare=False)
    tells: str = field(default="", compare=False)
    ends: frozenset[int] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        often = "" if self.count == 1 else f" ({self.count:,} times)"
        return f"{place}: {self.message}{often}\n    {self.fix}"
