"""To whom a socket, thread or process is charged: a test, a fixture that lives longer than one, or the session."""

from __future__ import annotations

from dataclasses import dataclass, field

from socktrace.pytest_plugin.demands import Demands


@dataclass(eq=False, slots=True)
class Owner:
    """Somebody who opens sockets, and is judged once.

    Args:
        name: What it is called in a sentence, such as `the module fixture 'server'`.
        nodeid: What it is called in a report.
        path: The file where it is defined.
        line: Its line there, counted from 1, if known.
        demands: What is demanded of it.
        is_session: Whether it is what was there before the tests and is there after them; it is not at fault for
            what it has.
        sockets: How many sockets it opened.
        is_over: Whether it has ended and was judged.
        local: The names of its own sockets that connected to somewhere.
        given: The port numbers that the kernel chose for it.
        denied: What it did that it must not, with the file and line: only single calls, not what it left.
    """

    name: str
    nodeid: str
    path: str
    line: int | None = None
    demands: Demands = field(default_factory=Demands)
    is_session: bool = False
    sockets: int = 0
    is_over: bool = False
    local: set[tuple[str, int | None]] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    denied: list[Denied] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Denied:
    """A call that its owner must not make.

    Args:
        event: The event's name.
        place: File and line, if they are known.
        message: What happened, in one sentence.
        fix: What to do about it.
    """

    event: str
    place: tuple[str, int] | None
    message: str
    fix: str
