"""What a warning on standard error says, and which line it is about. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socktrace.recording import Program
from socktrace.verdict.case import raised_at

_WARNING = re.compile(r"^(?P<file>[^\n]+?):(?P<line>\d+): (?P<words>\w*Warning: .*)\n?(?P<text> .*)?", re.MULTILINE)
"""As Python writes it: where, of which kind, what it says, and the text of the line (`warnings.formatwarning`)."""
_ITS_OWN = re.compile(r" |Coroutine created at |\w*Warning: Enable tracemalloc ")
"""How the lines begin that may follow and belong to it."""
_NEVER_AWAITED = re.compile(r"coroutine '(?:\S*\.)?(?P<name>\w+)' was never awaited")
_CURE = "cure the warning or error; print results to standard output"
_AWAIT = "await it, or make a task of it: `asyncio.create_task()`"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning.

    Args:
        words: What it says.
        line: The program's own line that it is about, if it is one.
        fix: What to do about it.
    """

    words: str
    line: int | None
    fix: str = _CURE


def warned(one: Program) -> Warned | None:
    """Read the warning that a program wrote to standard error last; `None` if that was something else.

    A coroutine that nobody awaits is told of where it is let go of. That is where it was made if nothing kept it.

    Args:
        one: What became of the program.
    """
    match = next(reversed([*_WARNING.finditer(one.stderr)]), None)
    rest = one.stderr[match.end() :] if match else ""
    if match is None or not all(_ITS_OWN.match(line) for line in rest.splitlines() if line):
        return None
    is_own = match["file"].rpartition("/")[2] == one.program.rpartition("/")[2]
    line = int(match["line"]) if is_own else None
    never = _NEVER_AWAITED.search(match["words"])
    if never is None:
        return Warned(match["words"], line)
    if "Coroutine created at" in rest:
        return Warned(match["words"], raised_at(one) or line, _AWAIT)
    if re.search(rf"\b{never['name']}\(", match["text"] or ""):
        return Warned(match["words"], line, _AWAIT)
    return Warned(f"{match['words']}; it was let go of here, and -X dev tells where it was made", line, _AWAIT)
