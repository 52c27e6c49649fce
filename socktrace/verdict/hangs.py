"""A program that had to be stopped: where it stood, who waits for whom, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.conversations import Conversation
from socktrace.recording import Call, Program, Stand
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.wording import describe

_LIMIT = "give every blocking call a timeout, or allow more time with --timeout (0 for no limit)"
_LOOPS = ("run", "run_until_complete", "run_forever")
"""What runs an event loop: where the main thread is meanwhile says nothing, its tasks do."""
_ENDING = "_shutdown"
"""Where the main thread waits for the others when the program's code has come to its end (`threading`)."""


def hang(case: Case, number: int, one: Program) -> Finding:
    """Say that a program was still running when its time limit came.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
    """
    begins = "it was still running when its time limit came"
    stands = [stand for stand in case.recording.stands if stand.process == number]
    if any(stand.kind == "task" for stand in stands):
        stands = [stand for stand in stands if stand.function not in _LOOPS]
    told = [stand for stand in stands if stand.line or stand.function in (_ENDING, "serve_forever")]
    first = next((stand for stand in told if _line(case, stand)), None)
    if first is None:
        where = ", ".join(f"line {line}" for line in dict.fromkeys(one.stuck))
        message = begins + (f"; it stood at {where}" if where else "")
        return Finding("hang", one.program, one.stuck[0] if one.stuck else None, message, _LIMIT)
    clauses = dict.fromkeys(_clause(case, stand, first) for stand in told)
    message = f"{begins}: {'; '.join(clauses)}"
    return Finding("hang", case.file(_file(case, first)), _line(case, first), message, next(_cures(case, told), _LIMIT))


def _line(case: Case, stand: Stand) -> int | None:
    """Return the line at which a thread or task stands, or that of the socket which it serves for the program."""
    if stand.line is None and stand.socket is not None:
        return case.recording.openings[stand.socket].line
    return stand.line


def _file(case: Case, stand: Stand) -> str:
    if stand.line is None and stand.socket is not None:
        return case.recording.openings[stand.socket].path or ""
    return stand.file


def _clause(case: Case, stand: Stand, first: Stand) -> str:
    """Say what a thread or a task waits for, such as `line 12 waits in recv() for bytes from ...`."""
    if stand.function == _ENDING:
        return "the program's last line was done, but other threads went on"
    who = {"main": "it", "thread": f"the thread {stand.name!r}", "task": f"the task {stand.name!r}"}[stand.kind]
    if stand.line is None:
        return f"{who} is in {stand.function}(){_on(case, stand)}"
    place = case.spot(stand.line, stand.file, _file(case, first))
    if not stand.function:
        return f"{who} stood at {place}"
    whose = "" if stand.kind == "main" else f" ({who})"
    return f"{place}{whose} waits in {stand.function}(){_on(case, stand)}"


def _on(case: Case, stand: Stand) -> str:
    """Say on what a thread or task waits: for something to come, or for what cannot come any more."""
    closed = _closed(case, stand)
    if closed is None or stand.socket is None:
        return _for(case, stand)
    place = case.place(closed, stand.file)
    what = f" on the {describe(case.recording.socket(stand.socket))}, which was closed"
    return f"{what}{f' at {place}' if place else ''}, and that wakes nobody who waits"


def _for(case: Case, stand: Stand) -> str:
    if stand.socket is None:
        return f" for the thread {stand.on!r} to end" if stand.on else ""
    socket = case.recording.socket(stand.socket)
    if stand.call == "accept":
        what = "for somebody to call" if stand.line else "and serves"
        return f" {what} the {describe(socket)}"
    other = _other(case, stand.socket)
    if other is None:
        return f" on the {describe(socket)}{_not_accepted(case, stand.socket)}"
    opened = case.recording.openings[other]
    place = case.place(opened, stand.file)
    end = f"the {describe(case.recording.socket(other))}" + (f" of {place}" if place else "")
    stuck = next((one for one in case.recording.stands if one.socket == other and one.line), None)
    spot = case.spot(stuck.line, stuck.file, stand.file) if stuck and stuck.line else ""
    also = f", where {spot} waits in {stuck.function}() itself" if stuck else ""
    if stand.call == "recv":
        return f" for bytes or the end from {end}{also}"
    if stand.call == "send":
        return f" until {end} reads what lies there{also}"
    return f" on the {describe(socket)}"


def _closed(case: Case, stand: Stand) -> Call | None:
    """Return the call by which another thread closed the socket on which one waits."""
    calls = case.calls(stand.socket)
    return next((call for call in calls if call.name == "close" and not case.is_after_cut(call)), None)


def _conversation(case: Case, socket: int) -> Conversation | None:
    return next((one for one in case.conversations if socket in (one.client_socket, one.server_socket)), None)


def _other(case: Case, socket: int) -> int | None:
    """Return the socket at the other end of a connection."""
    one = _conversation(case, socket)
    return None if one is None else one.server_socket if one.client_socket == socket else one.client_socket


def _not_accepted(case: Case, socket: int) -> str:
    one = _conversation(case, socket)
    if one is None or one.listener is None or one.server_socket is not None:
        return ""
    return f", which nobody accepted at the {describe(case.recording.socket(one.listener))}"


def _cures(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Yield what a person would do about it, the surest first."""
    if any(stand.function == "serve_forever" and stand.kind == "thread" for stand in stands):
        yield "call `shutdown()` on the server, join its thread, then call `server_close()`"
    if any(stand.socket is not None and _closed(case, stand) for stand in stands):
        yield "call `shutdown(socket.SHUT_RDWR)` on the socket before it is closed: that wakes who waits"
    waiting = {stand.socket: stand for stand in stands if stand.socket is not None}
    others = {stand.socket: stand for stand in case.recording.stands if stand.socket is not None}
    for socket, stand in waiting.items():
        other = others.get(_other(case, socket) or 0)
        if other and stand.call == other.call == "recv":
            yield (
                f"both ends read, and none writes: let {case.spot(other.line or 0, other.file, stand.file)} "
                f"or line {stand.line} send first, "
                "or say with `shutdown(SHUT_WR)` that no more will come"
            )
        if other and stand.call == other.call == "send":
            yield "both ends write, and none reads, until the buffers are full: read while you write"
    for socket, stand in waiting.items():
        if stand.call == "recv" and _not_accepted(case, socket):
            yield "accept() it in another thread or process, before you wait for its answer"
        elif stand.call == "recv":
            yield from _of_reader(case, socket, stand)
    for stand in stands:
        if stand.call == "accept":
            yield "give accept() a timeout, or count the callers that it is to wait for"
        if stand.on:
            yield f"let the thread {stand.on!r} come to its end before you join it, or give join() a timeout"


def _of_reader(case: Case, socket: int, stand: Stand) -> Iterator[str]:
    """Say what the other end would have to do, of one that is still open."""
    other = _other(case, socket)
    if other is None or any(call.name in ("close", "collected") for call in case.calls(other)):
        return
    last = next((call for call in reversed(case.calls(other)) if call.name in ("send", "recv") and call.line), None)
    opened = case.recording.openings[other]
    after = f" after {case.place(last, stand.file)}" if last else ""
    end = f"the other end, of {case.place(opened, stand.file)},"
    says = "`with` closes, `shutdown(SHUT_WR)` says that no more will come"
    yield f"let {end} send or close{after} ({says}), and give recv() a timeout"
