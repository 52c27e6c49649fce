"""Rules 3 and 7: its network is empty when it has ended, and no thread or process survives it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Call, Survivor
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.wording import describe

_LONG = 100
"""How many characters of a command line are said."""


def leaves_nothing(case: Case) -> Iterator[Finding]:
    """The kernel's tables hold nothing of it but what is in TIME_WAIT."""
    if case.cut() is not None or case.recording.joined:
        return  # what is closed by force is not closed in order, and a visitor closes when he likes
    for row in case.recording.left:
        if row.state != "TIME_WAIT":
            message = (
                f"the kernel still holds a {row.protocol} socket at {row.local}, {row.state}, after the program ended"
            )
            yield case.finding("lingering", message, "close it in every process that holds its descriptor")


def is_not_survived(case: Case) -> Iterator[Finding]:
    """No thread and no process survives it."""
    for survivor in case.recording.survivors:
        if survivor.kind == "thread":
            yield _thread(case, survivor)
        elif case.cut() is None:
            message = f"the process {_short(survivor.name)!r} outlived the program"
            fix = "end it, such as by terminate(), and wait for it before the program ends"
            yield case.finding("survivor", message, fix, line=survivor.line, file=survivor.file)


def _short(command: str) -> str:
    """Return a command line as one says it: what it begins with."""
    words = " ".join(command.split())
    return words if len(words) <= _LONG else f"{words[:_LONG]}..."


def _thread(case: Case, survivor: Survivor) -> Finding:
    """Judge a thread. A daemon thread may be cut off; that is what a program says by making it one."""
    served = None if survivor.socket is None else case.recording.openings[survivor.socket]
    if survivor.function == "serve_forever":
        what = f", serving the {describe(case.recording.socket(survivor.socket))}," if survivor.socket else ""
        message = f"the thread {survivor.name!r}{what} outlived the program"
        fix = "call `shutdown()` on the server, join the thread, then call `server_close()`"
        return _at(case, survivor, served, message, fix)
    message = f"the thread {survivor.name!r} outlived the program"
    fix = "join it before the program ends"
    if survivor.daemon:
        fix = "let it end first, and join it, if what it does must not be cut off: it is a daemon thread"
    return _at(case, survivor, None, message, fix)


def _at(case: Case, survivor: Survivor, opened: Call | None, message: str, fix: str) -> Finding:
    line, file = survivor.line, survivor.file
    if opened and opened.line:
        line, file = opened.line, opened.path or ""
    allowed = survivor.daemon or case.was_cut_off()
    return case.finding("survivor", message, fix, line=line, file=file, is_allowed=allowed)
