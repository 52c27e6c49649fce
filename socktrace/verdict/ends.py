"""Rule 1: it ends by itself with exit status 0, and says nothing on standard error. Pure."""

from __future__ import annotations

import itertools
import posixpath
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace

from socktrace.calls.rows import INLINE
from socktrace.recording import Program
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case, last_words, outlived_main, raised_at
from socktrace.verdict.causes import last_gone
from socktrace.verdict.deaths import cause_of_failure, last_used, tells_of, told_of_caught
from socktrace.verdict.events import Finding
from socktrace.verdict.hangs import hang
from socktrace.verdict.sayings import BROKE
from socktrace.verdict.sayings_of_clients import IT_FAILED
from socktrace.verdict.threads import MEND_IT, ended_threads
from socktrace.verdict.warned import Warned, never_awaited, warned
from socktrace.wording import describe

_TOLD = {-signal.SIGINT, -signal.SIGTERM, 128 + signal.SIGINT, 128 + signal.SIGTERM}
"""The exit statuses of a program that ends because it was told to, as `subprocess` and as a shell says it."""
_THREAD_DIED = "Exception in thread "
"""What `threading.excepthook` writes before the traceback."""
_CAUGHT = re.compile(
    r"^Exception in a (?P<by>handler|future|kept future|child|known child) of (?P<library>[\w. ]+?)"
    r"(?: at (?P<path>[^\n]*):(?P<line>\d+))?:\n(?P<text>Traceback .*?)(?=^Exception in |^Traceback |\Z)",
    re.MULTILINE | re.DOTALL,
)
"""How the witness tells of what a library caught and printed, or put into a future, and which then goes on; and of what
ended a process that was forked."""
_OF_SYSTEM = re.compile(
    r"(?:\w+\.)*(?:\w*(?:OS|IO|EOF|Timeout|SSL|Connection\w*|IncompleteRead|BrokenPipe)Error|timeout)\b"
)
"""How what is said of an error begins that can come of what others did with a socket meanwhile."""
_PIPE = getattr(signal, "SIGPIPE", 0)
_CHILD = "mend it, or handle it in the child; what `os.waitpid()` returns tells the parent how the child has ended"
_STARTED = "mend it, or handle it there; `returncode` tells who started it how it has ended"
_STARTS = "subprocess"
"""As the witness says it of a child that was started, and not only forked."""
_ASKS = {"concurrent.futures": "result()", "multiprocessing": "get()"}
"""By which method one asks a future of each library."""
_LEFT = re.compile(r"(?:\w+\.)*(?:ConnectionClosed\w*|WebSocketDisconnect|\w*StreamClosedError|BrokenResourceError)\b")
"""What is said of who has left without a word, as the client does of a program that dies."""
_BY_OTHERS = re.compile(
    r"(?:\w+\.)*(?:IncompleteRead|\w*Connection(?!Refused)\w*|BrokenPipe|EOF|Timeout|SSL\w*)Error\b"
)
"""What the other end can bring about, and a server copes with by going on. Whoever is refused has called somebody."""


def ends_well(case: Case) -> Iterator[Finding]:
    """It ends by itself, with exit status 0, silent on standard error."""
    started = [(number, one) for number, one in enumerate(case.recording.programs) if one.began is not None]
    failing: set[int] = set()
    for number, one in sorted(started, key=lambda pair: pair[1].ended or 0.0):  # who fails first is the others' cause
        fails = False
        for caught in _caught(one, one.stderr):
            message = f"an error ended what {caught.library} had called: {caught.said}"
            if caught.library == "logging":
                message = f"a handler of logging could not send what was logged: {caught.said}"
            fix = f"mend it, or handle it there: {caught.library} only prints it, and goes on"
            is_allowed = caught.by_others or caught.by == "known child"
            is_allowed |= bool(one.exit_code and _LEFT.match(caught.said))
            if caught.by == "child":
                how, fix = ("started", _STARTED) if caught.library == _STARTS else ("forked", _CHILD)
                message = f"an error ended a child process that the program {how}: {caught.said}"
                is_allowed |= caught.library == _STARTS and one.exit_code == 0  # it may look how each has ended
            if told := told_of_caught(case, number, caught.said, caught.line):
                message, fix = f"{message}: {told[0]}", told[1]
            fails |= caught.by == "handler" and not is_allowed
            found = case.finding("stderr", message, fix, line=caught.line, file=caught.file, is_allowed=is_allowed)
            yield replace(found, tells=tells_of(caught.said) if told else "")
        for caught in _caught(one, one.swallowed):
            may_ask = caught.by == "kept future" and (case.was_cut_off(number) or bool(one.exit_code))
            message = f"an error ended what {caught.library} had called, and nobody asked for it: {caught.said}"
            fix = f"ask for it, with `{_ASKS[caught.library]}`, or handle it there: a future only keeps an error"
            found = case.finding("swallowed", message, fix, line=caught.line, file=caught.file, is_note=may_ask)
            yield replace(found, is_allowed=caught.by_others)
        rest = replace(one, stderr=_CAUGHT.sub("", one.stderr))
        died = [*_threads_died(case, number, rest)]
        yield from died
        failing |= {number} if fails or died else set()
        for found in _ends_well(case, number, rest):
            has_died = found.event in ("failure", "stderr")
            is_felt = has_died and bool(failing) and _is_felt(case, number, found, failing, raised_at(rest))
            failing |= {number} if has_died and not (is_felt or found.is_note or found.is_allowed) else set()
            yield replace(found, is_note=True) if is_felt else found


def _is_felt(case: Case, number: int, found: Finding, failing: set[int], line: int | None) -> bool:
    """Say whether a program came to its end at a connection whose other end an error had ended before.

    That may be another program's, or its own, of what it had called to serve.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        found: What is said of its end.
        failing: The programs that an error ended, or a part of them.
        line: The program's own line that raised what ended it.
    """
    if number in failing and any(words in found.message for words in (IT_FAILED, BROKE)):
        return True
    used = last_used(case, number, line) if line else None
    others = (case.other_ends.get(used.socket) if used else None, *found.ends)
    for one in (case.recording.socket(other) for other in others if other is not None):
        owner = case.recording.owner(case.recording.openings[one.id].process) or 0
        if owner in failing and (owner != number or one.role == "accepted"):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Caught:
    """An error of the program's that a library caught.

    Args:
        by: `handler` if it was printed, `future` if nobody was told, `kept future` if somebody may still ask for it;
            `child` if nobody caught it, in a process that was forked; `known child` if somebody looked how it ended.
        library: The library, or what forked.
        said: The error.
        file: The program's own file in which it was raised, as in `Call.path`.
        line: Its line there, if it is known.
        by_others: Whether it is what the other end can bring about.
    """

    by: str
    library: str
    said: str
    file: str
    line: int | None
    by_others: bool


def _caught(one: Program, text: str) -> Iterator[_Caught]:
    """Yield the errors that libraries caught, as a text tells of them."""
    for match in _CAUGHT.finditer(text):
        told = replace(one, stderr=match["text"])
        said, file, line = last_words(told), one.file, raised_at(told)
        if match["line"]:
            file, line = _beside(one, match["path"]), int(match["line"])
        yield _Caught(match["by"], match["library"], said, file, line, bool(_BY_OTHERS.match(said)))


def _threads_died(case: Case, number: int, one: Program) -> Iterator[Finding]:
    """Yield what ended threads before what was said last: errors that no socket had, so that none comes of another."""
    for died in ended_threads(one):
        told = told_of_caught(case, number, died.said, died.line)
        if (died.line is None and not told) or died.is_last or _OF_SYSTEM.match(died.said):
            continue
        words, fix = told or ("", MEND_IT)
        message = f"an error ended a thread: {died.said}" + (f": {words}" if words else "")
        yield Finding("stderr", one.program, died.line, message, fix)


def _beside(one: Program, path: str) -> str:
    """Return a file of a program's own as in `Call.path`, where it is told as that program's witness sees it."""
    if path.startswith(INLINE):
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(one.file), path)) if path else one.file


def _ends_well(case: Case, number: int, one: Program) -> Iterator[Finding]:
    said = last_words(one)
    if outlived_main(one):
        yield _wrote(case, number, one)
    if one.exit_code is None:
        yield replace(hang(case, number, one), is_note=_only_waits_for(case, number))
    elif one.signalled and one.exit_code == -signal.Signals[one.signalled]:
        pass  # it ended as it was told
    elif one.exit_code in _TOLD and (one.signalled or one.exit_code < 0):
        if not one.signalled:
            message = f"it was ended by signal {-one.exit_code}"
            yield Finding("failure", one.program, None, message, "let the program end by itself", is_allowed=True)
    elif one.exit_code == -_PIPE:
        yield _of_pipe(case, number, one)
    elif one.exit_code < 0:
        yield Finding("failure", one.program, None, f"it was ended by signal {-one.exit_code}", _signal_cure(one))
    elif one.exit_code > 0:
        message = f"it exited with status {one.exit_code}" + (f": {said}" if said else "")
        fix, was_told = "read what it wrote to standard error", bool(one.signalled)
        cause = None if was_told else cause_of_failure(case, number, one)
        yield cause or Finding("failure", one.program, raised_at(one), message, fix, is_note=was_told)
    is_told = one.exit_code is None and never_awaited(one)
    if one.stderr and not one.exit_code and not outlived_main(one) and not is_told:
        yield _wrote(case, number, one)


def _wrote(case: Case, number: int, one: Program) -> Finding:
    """Say what a program wrote to standard error, and why if that was what ended a thread of it."""
    told = warned(one) or Warned(last_words(one) or "blank lines", raised_at(one))
    message = f"it wrote to standard error: {told.words}"
    died = outlived_main(one) or any(line.startswith(_THREAD_DIED) for line in one.stderr.splitlines())
    cause = cause_of_failure(case, number, one) if died else None
    if died and not cause:
        return Finding("stderr", one.program, told.line, f"an error ended a thread: {told.words}", MEND_IT)
    return cause or Finding("stderr", one.program, told.line, message, told.fix, is_allowed=not died)


def _of_pipe(case: Case, number: int, one: Program) -> Finding:
    """Say of a program that SIGPIPE ended which line had closed the other end, as far as that is known (pipe(7))."""
    message = "it was ended by SIGPIPE: it sent to who had closed"
    fix = "leave SIGPIPE alone, which Python ignores, and catch BrokenPipeError where you send"
    closed = last_gone(case, number)
    if closed is None or not closed.line:
        return Finding("failure", one.program, None, f"{message} the other end of a pipe or connection", fix)
    socket = describe(case.recording.socket(closed.socket))
    return case.finding("failure", f"{message} the {socket} here, the other end", fix, closed)


def _only_waits_for(case: Case, number: int) -> bool:
    """Say whether a program that had to be stopped is a server without a caller, while others had to be stopped too."""
    others = (one for other, one in enumerate(case.recording.programs) if other != number and one.began is not None)
    if all(one.exit_code is not None for one in others):
        return False
    own = [one for one in case.recording.sockets if case.recording.openings[one.id].process == number]
    accepted = (case.calls(one.id) for one in own if one.role == "accepted")
    served = all(any(call.name in (*CLOSINGS, "detach") for call in calls) for calls in accepted)
    return served and any(one.role == "listener" for one in own)


def _signal_cure(one: Program) -> str:
    crashed = -(one.exit_code or 0) in (signal.SIGSEGV, signal.SIGABRT, getattr(signal, "SIGBUS", 0), signal.SIGFPE)
    return (
        "a part of it that is not written in Python crashed: run it with -X faulthandler"
        if crashed
        else ("let the program end by itself")
    )


def starts_all(case: Case) -> Iterator[Finding]:
    """Of programs that run together, each is started, because the one before it listens."""
    for before, one in itertools.pairwise(case.recording.programs):
        if one.began is None and before.began is not None and not before.signalled:
            if before.exit_code:
                message = f"it failed, so {one.program} was not started"
                yield Finding("not-started", before.program, None, message, "mend the error first")
                continue
            when = "within its time limit" if before.exit_code is None else "before it ended"
            message = f"it did not listen {when}, so {one.program} was not started"
            fix = "let it listen first, or bind a port for datagrams: the next program is started when it does"
            yield Finding("not-started", before.program, None, message, fix)
