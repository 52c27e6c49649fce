"""Two processes or threads do not ask on one connection: an answer goes to whoever reads first (fork(2)). Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from socktrace.recording import Call, Socket
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.wording import describe


def asks_alone(case: Case) -> Iterator[Finding]:
    """Of the processes that have a connection which one of them opened, one asks, and reads what is answered."""
    for socket in case.recording.sockets:
        if socket.role == "client" and socket.type == "SOCK_STREAM" and not socket.tls:
            moves = [call for call in case.calls(socket.id) if call.name in ("send", "recv") and call.size]
            yield from _asks_alone(case, socket, moves)
            yield from _takes_turns(case, socket, moves)


def _takes_turns(case: Case, socket: Socket, moves: list[Call]) -> Iterator[Finding]:
    """Of the program's threads that ask on a connection and read, none asks before the one before has its answer."""
    reading = _before_reading(moves)
    for number, (first, second) in enumerate(itertools.pairwise(moves)):
        if first.process == second.process and first.thread != second.thread and {number, number + 1} <= reading:
            opened, places = case.recording.openings[socket.id], (case.place(first, second), case.place(second, second))
            opening = f", opened at {place}" if (place := case.place(opened, second)) else ""
            message = f"two threads asked on the {describe(socket)}{opening}, one before the other had its answer"
            where = " and ".join(dict.fromkeys(filter(None, places)))
            message += f"{f', at {where}' if where else ''}: an answer goes to whichever of them reads first"
            fix = "give each thread a connection of its own, or let one lock be held until its answer is read"
            yield case.finding("shared", message, fix, second)
            return


def _before_reading(moves: list[Call]) -> set[int]:
    """Return which of some calls sent something, so that its thread did nothing else with the socket before it read."""
    found, later = set(), dict[tuple[int, int], Call]()
    for number, call in reversed([*enumerate(moves)]):
        following = later.get((call.process, call.thread))
        if call.name == "send" and following and following.name == "recv" and following.line:
            found.add(number)
        later[call.process, call.thread] = call
    return found


def _asks_alone(case: Case, socket: Socket, moves: list[Call]) -> Iterator[Finding]:
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
