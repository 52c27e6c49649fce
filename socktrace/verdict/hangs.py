"""A program that had to be stopped: where it stood, who waits for whom, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.conversations import Conversation
from socktrace.recording import Call, Program, Stand
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.wording import describe

_LIMIT = "give every blocking call a timeout, or allow more time with --timeout (0 for no limit)"
_READS = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into", "read")
_WRITES = ("send", "sendall", "sendto", "sendmsg", "write", "sendfile")


def hang(case: Case, number: int, one: Program) -> Finding:
    """Say that a program was still running when its time limit came.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
    """
    stands = [stand for stand in case.recording.stands if stand.process == number]
    first = next((stand for stand in stands if stand.line), None)
    if first is None:
        where = ", ".join(f"line {line}" for line in dict.fromkeys(one.stuck))
        message = "it was still running when its time limit came" + (f"; it stood at {where}" if where else "")
        return Finding("hang", one.program, one.stuck[0] if one.stuck else None, message, _LIMIT)
    lines = [line for line in dict.fromkeys(_waits(case, stand, first) for stand in stands) if line]
    message = f"it was still running when its time limit came: {'; '.join(lines)}"
    return Finding("hang", case.file(first.file or one.file), first.line, message, _cure(case, stands) or _LIMIT)


def _waits(case: Case, stand: Stand, first: Stand) -> str:
    """Say what a thread or a task waits for, such as `line 12 waits in recv() on the accepted socket 3`."""
    place = _place(stand, first)
    if not place:
        return ""
    who = "" if stand.kind == "main" else f" ({_who(stand)})"
    if not stand.function:
        return f"it stood at {place}{who}" if stand is first else f"{place}{who} ran"
    return f"{place}{who} waits in {stand.function}(){_for(case, stand)}"


def _place(stand: Stand, first: Stand) -> str:
    if stand.line is None:
        return ""
    return f"line {stand.line}" if stand.file == first.file else f"{stand.file or 'line'}:{stand.line}"


def _who(stand: Stand) -> str:
    return f"the task {stand.name!r}" if stand.kind == "task" else f"the thread {stand.name!r}"


def _for(case: Case, stand: Stand) -> str:
    if stand.socket is None:
        return f" for the thread {stand.on!r} to end" if stand.on else ""
    socket = case.recording.socket(stand.socket)
    other = _other(case, stand.socket)
    if stand.function == "accept":
        return f" on the {describe(socket)}: nobody calls there any more"
    if other is None:
        return f" on the {describe(socket)}"
    opened = case.recording.openings[other]
    place = f", opened at {case.place(opened)}," if opened.line else ""
    end = f"the {describe(case.recording.socket(other))}{place}"
    stuck = next((one for one in case.recording.stands if one.socket == other and one.line), None)
    also = f", where line {stuck.line} waits in {stuck.function}() itself" if stuck else ""
    if stand.function in _READS:
        return f" for bytes or the end from {end}{also}"
    if stand.function in _WRITES:
        return f" until {end} reads what lies there{also}"
    return f" on the {describe(socket)}"


def _other(case: Case, socket: int) -> int | None:
    """Return the socket at the other end of a connection."""
    for one in case.conversations:
        if socket in (one.client_socket, one.server_socket):
            return _not(one, socket)
    return None


def _not(one: Conversation, socket: int) -> int | None:
    return one.server_socket if one.client_socket == socket else one.client_socket


def _cure(case: Case, stands: list[Stand]) -> str:
    return next(iter(_cures(case, stands)), "")


def _cures(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Yield what a person would do about it, the surest first."""
    waiting = {stand.socket: stand for stand in stands if stand.socket is not None}
    for stand in stands:
        if stand.function == "serve_forever" and stand.kind != "main":
            yield "call `shutdown()` on the server, then join its thread, then `server_close()`"
    for socket, stand in waiting.items():
        other = waiting.get(_other(case, socket) or 0)
        if stand.function in _READS and other and other.function in _READS:
            yield (
                f"both ends read and none writes: let line {other.line} or line {stand.line} send first, "
                "or say with `shutdown(SHUT_WR)` that no more will come"
            )
        if stand.function in _WRITES and other and other.function in _WRITES:
            yield "both ends write and none reads, and the buffers are full: read while you write"
    for socket, stand in waiting.items():
        if stand.function in _READS:
            yield from _of_reader(case, socket)
    for stand in stands:
        if stand.function == "accept":
            yield "give accept() a timeout, or count the callers that it is to wait for"
        if stand.on:
            yield "let the thread end before you join it, or give join() a timeout"


def _of_reader(case: Case, socket: int) -> Iterator[str]:
    other = _other(case, socket)
    if other is None:
        return
    opened = case.recording.openings[other]
    last = next((call for call in reversed(case.calls(other)) if call.name in ("send", "recv", "accept")), None)
    place = case.place(last or opened)
    if _was_dropped(case, other):
        return
    yield (
        f"the end opened at {case.place(opened)} neither wrote nor closed"
        + (f" after {place}" if place else "")
        + ": close it (`with` does that) or `shutdown(SHUT_WR)` when nothing more comes, and give recv() a timeout"
    )


def _was_dropped(case: Case, socket: int) -> bool:
    closings: tuple[Call, ...] = tuple(call for call in case.calls(socket) if call.name in ("close", "collected"))
    return bool(closings)
