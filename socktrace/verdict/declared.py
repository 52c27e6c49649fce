"""What a program says it means to show, and whether it did. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Declaration
from socktrace.verdict.case import Case
from socktrace.verdict.events import EVENTS, NEVER_EXPECTED, Finding


def opens_a_socket(case: Case) -> Iterator[Finding]:
    """A snippet of this project opens a socket."""
    if not case.recording.sockets:
        message = "it opened no socket"
        yield case.finding("no-socket", message, "if that is its point, say so: # socktrace: expect no-socket")


def declarations(case: Case, happened: set[str]) -> Iterator[Finding]:
    """What a program says it means to show happens, and is something that can be shown.

    Args:
        case: The run.
        happened: The events that were found.
    """
    for one in case.recording.programs:
        for declaration in one.declarations:
            yield from _declaration(case, one.program, declaration, happened)


def _declaration(case: Case, path: str, one: Declaration, happened: set[str]) -> Iterator[Finding]:
    if one.event not in EVENTS or one.event in NEVER_EXPECTED:
        known = ", ".join(event for event in EVENTS if event not in NEVER_EXPECTED)
        yield Finding("declaration", path, one.line, f"nothing is called {one.event!r}", f"expect one of: {known}")
    elif one.event not in happened and not (one.event == "no-socket" and not case.recording.sockets):
        message = f"it says to expect {one.event!r}, but that did not happen"
        fix = "remove the comment, or mend the program so that it shows what it says"
        yield Finding("declaration", path, one.line, message, fix)
