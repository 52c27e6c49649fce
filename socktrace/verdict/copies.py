"""Who still has a copy of a socket that a program has closed: a connection ends when its last copy is closed. Pure."""

from __future__ import annotations

from socktrace.recording import Call
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case
from socktrace.verdict.misuse import Cause

_LAST = "a stream ends when the last copy is closed"


def held(case: Case, socket: int, besides: str) -> Cause | None:
    """Say which copy of a socket is open, though the program closed one; `None` if none was closed, or it was ended.

    Args:
        case: The run. Somebody waits for the end of that socket's stream.
        socket: The socket.
        besides: As in `Case.place`.
    """
    files = [one for one in case.recording.stands if (one.kind, one.socket) == ("file", socket)]
    if files and files[0].line:
        where = case.spot(files[0].line, files[0].file, besides)
        return Cause(f"closed, but not the file of {where}", f"close the file of {where} too: it holds the socket open")
    calls = [call for call in case.calls(socket) if not case.is_after_cut(call)]
    closes = [call for call in calls if call.name in CLOSINGS and call.name != "exit"]
    if not closes or any(call.name == "shutdown" and call.argument != "SHUT_RD" for call in calls):
        return None
    opened, closed = case.recording.openings[socket], closes[-1]
    place = case.place(closed, besides)
    if not any(call.process == opened.process for call in closes):
        words = f"of which {place} closed only a child's copy" if place else "of which only a child closed its copy"
        fix = f"let the parent close its copy, of {case.place(opened, besides)}, too: {_LAST} (fork(2))"
        return Cause(words, fix)
    at = f" at {place}" if place else ""
    if copy := _copied(calls, closes):
        where = case.place(copy, besides)
        return Cause(f"closed{at}, but not its copy of {where}", f"close the copy of {where} too: {_LAST} (dup(2))")
    return _elsewhere(case, opened.process, at, besides)


def _elsewhere(case: Case, process: int, at: str, besides: str) -> Cause | None:
    """Say which copy that no object of this socket has is open."""
    if came := _came(case, process):
        where = case.place(came, besides)
        fix = f"close what came at {where} too, with os.close() or `with socket.socket(fileno=...)`: {_LAST}"
        return Cause(f"closed{at}, but not the copy that came at {where}", fix)
    if (child := _child(case)) is not None:
        words = f"closed{at}, but {child} has a copy"
        return Cause(words, f"let no child inherit it, or close it there too, right after fork(): {_LAST} (fork(2))")
    return None


def _copied(calls: list[Call], closes: list[Call]) -> Call | None:
    """Return the call by which the process that closed a socket has another descriptor of it."""
    shut = {(call.process, call.fd) for call in closes}
    adopts = (call for call in calls if call.name == "adopt" and call.line is not None)
    return next((call for call in adopts if (call.process, call.fd) not in shut), None)


def _came(case: Case, process: int) -> Call | None:
    """Return the call by which a process that had handed on its descriptors took some, as by SCM_RIGHTS (unix(7))."""
    calls = [call for call in case.recording.calls if call.process == process and call.size and call.line]
    local = [call for call in calls if case.recording.socket(call.socket).family == "AF_UNIX"]
    handed = any(call.function == "sendmsg" for call in local)
    return next((call for call in reversed(local) if call.function == "recvmsg"), None) if handed else None


def _child(case: Case) -> str | None:
    """Say which process has a copy of what its parent has closed, if one is there that may."""
    for one in case.recording.survivors:
        if one.kind == "process":
            place = case.spot(one.line, one.file) if one.line else ""
            return f"the process started at {place}" if place else f"the process {one.name!r}"
    return f"{case.recording.strangers[0]!r}" if case.recording.strangers else None
