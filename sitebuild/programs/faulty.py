"""Programs that are wrong on purpose: what they say is wrong with them, and whether it is. Pure.

Such a program ends with comments that the pages leave out: `# socktrace: wrong EVENT` for each fault that it is
blamed for, and `# socktrace: wanted LINE` for what it should have printed and did not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from socktrace.recording import Recording
from socktrace.recording.declarations import comments, declared_arguments
from socktrace.verdict import EVENTS, Finding, faults, judge

FOLDER = "broken"
"""The one folder of the snippets whose programs are wrong."""

_SAYS = re.compile(r"#\s*socktrace:\s*(?P<kind>expect|wrong|wanted)\s+(?P<text>.*\S)")
_FIX = "a program in this folder ends with `# socktrace: wrong EVENT` or `# socktrace: wanted LINE`"


@dataclass(frozen=True, slots=True)
class DeclaredFault:
    """One thing that a program says is wrong with it.

    Args:
        kind: `wrong`, `wanted`, or `expect`, which it may not say.
        text: The event, or the line that it should have printed.
        line: Where it says so, counted from 1.
    """

    kind: str
    text: str
    line: int


def is_faulty(name: str) -> bool:
    """Say whether a snippet is wrong on purpose.

    Args:
        name: The snippet, as `broken/fetch_a_page.py`.
    """
    return name.startswith(f"{FOLDER}/")


def declared_faults(source: str) -> tuple[DeclaredFault, ...]:
    """Return what a program says is wrong with it, in order.

    Args:
        source: Its text.
    """
    found = []
    for line, text in comments(source):
        match = _SAYS.match(text)
        if match:
            told = [match["text"]] if match["kind"] == "wanted" else re.split(r"\s*,\s*", match["text"])
            found += [DeclaredFault(match["kind"], one, line) for one in told]
    return tuple(found)


def time_limit(source: str) -> float:
    """Return how many seconds a program gets: few, if it says that it hangs.

    Args:
        source: Its text.
    """
    return 3.0 if any(one.text == "hang" for one in declared_faults(source)) else 10.0


def last_line(source: str) -> int:
    """Return the number of the last line of a program that is not only a comment."""
    return max((node.end_lineno or node.lineno for node in ast.parse(source).body), default=0)


def found_in(recording: Recording) -> tuple[Finding, ...]:
    """Return what `socktrace run` finds in a program, notes included."""
    return judge(recording, strict=False)


def complaints(recording: Recording, source: str) -> tuple[Finding, ...]:
    """Return in what a program is not as wrong as it says, or wrong in another way. None means that it may be shown.

    Args:
        recording: What it did.
        source: Its text.
    """
    return tuple(dict.fromkeys(_complaints(recording, source)))


def _complaints(recording: Recording, source: str) -> Iterator[Finding]:
    def finding(message: str, fix: str, line: int | None = None) -> Finding:
        return Finding("declaration", recording.program, line, message, fix)

    said = declared_faults(source)
    happened = faults(judge(recording, snippet=True))
    if not any(one.kind in ("wrong", "wanted") for one in said):
        yield finding("it does not say what is wrong with it", _FIX)
    if declared_arguments(source):
        yield finding("it asks to be run with words, but a hunt shows none", "make it fail without any")
    blamed = {one.text for one in said if one.kind == "wrong"}
    yield from (one for one in happened if one.event not in blamed)
    for one in said:
        if one.kind == "expect":
            yield finding("it expects what is wrong with it", _FIX, one.line)
        elif one.kind == "wrong" and one.text not in EVENTS:
            yield finding(f"nothing is called {one.text!r}", f"name one of: {', '.join(EVENTS)}", one.line)
        elif one.kind == "wrong" and one.text not in {found.event for found in happened}:
            fix = "remove the comment, or break the program so that it does what it says"
            yield finding(f"it says that {one.text!r} is wrong with it, but that did not happen", fix, one.line)
        elif one.kind == "wanted" and one.text in recording.stdout.splitlines():
            yield finding(f"it printed what was wanted: {one.text}", "break it, or keep it elsewhere", one.line)


def outcomes(recording: Recording) -> tuple[str, ...]:
    """Return what came of a run, as the choices of a hunt name it.

    These are the lines that it printed, the last line on standard error, each finding such as
    `line 12: left-open`, and `clean` if there is none.
    """
    printed = [*recording.stdout.splitlines(), *recording.stderr.strip().splitlines()[-1:]]
    findings = found_in(recording)
    blamed = [f"line {one.line}: {one.event}" if one.line else one.event for one in findings]
    return (*(line.strip() for line in printed if line.strip()), *(blamed or ("clean",)))


def blame(recording: Recording) -> list[str]:
    """Return the findings without what differs from run to run, one line for each."""
    return sorted(f"{one.path}:{one.line}: {one.event}" for one in found_in(recording))
