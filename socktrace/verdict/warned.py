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
_NEVER_AWAITED = re.compile(r"coroutine '(?P<whole>(?:\S*\.)?(?P<name>\w+))' was never awaited")
_BEGINS = re.compile(r"^ +async def at line (?P<line>\d+)$")
"""How the witness tells where a coroutine of the program begins."""
_LIBRARY = re.compile(r"/(?:lib\d*/python\d[\d.]*|site-packages|dist-packages)/")
"""What is in the path of a file of a library."""
_CURE = "cure the warning or error; print results to standard output"
_AWAIT = "await it, or make a task of it: `asyncio.create_task()`"
_BY_LIBRARY = (
    "a library calls it and awaits nothing: make it a plain function, without `async`, that starts what is to wait by "
    "`asyncio.create_task()`"
)


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
    line = _line(one, match)
    never = _NEVER_AWAITED.search(match["words"])
    if never is None:
        return Warned(match["words"], line)
    if "Coroutine created at" in rest:
        return Warned(match["words"], raised_at(one) or line, _AWAIT)
    if _LIBRARY.search(match["file"]):
        return Warned(match["words"], _begins(match), _BY_LIBRARY)
    if re.search(rf"\b{never['name']}\(", match["text"] or ""):
        return Warned(match["words"], line, _AWAIT)
    return Warned(f"{match['words']}; it was let go of here, and -X dev tells where it was made", line, _AWAIT)


def never_awaited(one: Program) -> Warned | None:
    """Return what is said of the first coroutine that was called and that nobody awaited; `None` if there is none.

    Args:
        one: What became of the program.
    """
    for match in _WARNING.finditer(one.stderr):
        if never := _NEVER_AWAITED.search(match["words"]):
            by, fix = (" by a library", _BY_LIBRARY) if _LIBRARY.search(match["file"]) else ("", _AWAIT)
            words = f"the coroutine {never['whole']!r} was called{by}, and nobody awaited it"
            return Warned(words, _line(one, match) or _begins(match), fix)
    return None


def _line(one: Program, match: re.Match[str]) -> int | None:
    """Return the program's own line that a warning is about."""
    is_own = match["file"].rpartition("/")[2] == one.program.rpartition("/")[2]
    return int(match["line"]) if is_own else None


def _begins(match: re.Match[str]) -> int | None:
    """Return the program's own line at which the coroutine begins that a warning is about."""
    found = _BEGINS.search(match["text"] or "")
    return int(found["line"]) if found else None
