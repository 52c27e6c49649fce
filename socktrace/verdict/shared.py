"""Two processes do not ask on one connection: an answer goes to whoever reads first (fork(2)). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Call, Socket
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.wording import describe


def asks_alone(case: Case) -> Iterator[Finding]:
    """Of the processes that have a connection which one of them opened, one asks, and reads what is answered."""
    for socket in case.recording.sockets:
        if socket.role == "client" and socket.type == "SOCK_STREAM" and not socket.tls:
            yield from _asks_alone(case, socket)


def _asks_alone(case: Case, socket: Socket) -> Iterator[Finding]:
    moves = [call for call in case.calls(socket.id) if call.name in ("send", "recv") and call.size]
    sends = [call for call in moves if call.name == "send"]
    opened = case.recording.openings[socket.id]
    child = next((call for call in sends if call.process != opened.process), None)
    if child is None or not any(_is_between(call, child, moves) for call in sends):
        return
    place = case.place(opened, child)
    message = f"a child process sent on the {describe(socket)}" + (f", opened at {place}" if place else "")
    message += ", on which its parent sent as well: an answer goes to whichever of them reads first"
    yield case.finding("shared", message, "let each process open a connection of its own, after the fork", child)


def _is_between(call: Call, child: Call, moves: list[Call]) -> bool:
    """Say whether a process sent after another one had, and one of them read an answer then."""
    if call.process == child.process or call.at < child.at:
        return False
    return any(one.name == "recv" and one.at > child.at for one in moves)
