"""The threads that an error ended while their program went on, as its standard error tells of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from socktrace.recording import Program
from socktrace.verdict.case import last_words, raised_at

MEND_IT = "mend it, or handle it there: the others go on without"
_DIED = re.compile(
    r"^Exception in thread (?P<name>[^\n]*):\n(?P<text>Traceback .*?)"
    r"(?=^Exception in thread |(?<=[^\n:]\n)^Traceback |\Z)",
    re.MULTILINE | re.DOTALL,
)
"""What is written of an error that ended a thread, with those that it came of, up to that of another."""


@dataclass(frozen=True, slots=True)
class EndedThread:
    """A thread that an error ended.

    Args:
        name: Its name.
        said: The error.
        line: The program's own line that raised it, if there is one.
        is_last: Whether nothing was written after that.
    """

    name: str
    said: str
    line: int | None
    is_last: bool


def ended_threads(one: Program) -> Iterator[EndedThread]:
    """Yield the threads of a program that errors ended, in order.

    Args:
        one: What became of the program.
    """
    for match in _DIED.finditer(one.stderr):
        died = replace(one, stderr=match["text"])
        is_last = not one.stderr[match.end() :].strip()
        yield EndedThread(match["name"], last_words(died), raised_at(died), is_last)
