"""Finds fences in the text of a page, and what stands outside them. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

_OPENS = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?P<name>[\w+#-]*)(?P<rest>[^`]*)$")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence in a page.

    Args:
        name: The word after its backticks, such as `snippet` or `python`.
        begin: The index of its first line, counted from 0.
        end: The index after its last line.
        indent: The white space before it.
        body: The text inside, without that white space.
    """

    name: str
    begin: int
    end: int
    indent: str
    body: str


def find(lines: Sequence[str]) -> tuple[Fence, ...]:
    """Return every fence of a page, in order. A fence inside a longer one is text.

    Args:
        lines: The lines of the page, without their ends.
    """
    found = []
    at = 0
    while at < len(lines):
        opening = _OPENS.match(lines[at])
        end = _end(lines, at, opening) if opening else None
        if opening is None or end is None:
            at += 1
            continue
        indent = opening["indent"]
        body = [line.removeprefix(indent) if line.strip() else "" for line in lines[at + 1 : end - 1]]
        found.append(Fence(opening["name"], at, end, indent, "\n".join(body)))
        at = end
    return tuple(found)


def opened(text: str) -> Iterator[str]:
    """Yield the name of each fence that a line of a text would open, whether or not it is closed."""
    yield from (match["name"] for line in text.splitlines() if (match := _OPENS.match(line)))


def _end(lines: Sequence[str], at: int, opening: re.Match[str]) -> int | None:
    """Return the index after the closing line, `None` if the fence never closes and so is none."""
    fence = opening["fence"]
    closing = re.compile(re.escape(opening["indent"]) + re.escape(fence[0]) + f"{{{len(fence)},}}[ \\t]*$")
    return next((index + 1 for index in range(at + 1, len(lines)) if closing.match(lines[index])), None)


def prose(lines: Sequence[str], spoken: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield what the author wrote as text: each line's number, counted from 1, and its text without code.

    Args:
        lines: The lines of the page, without their ends.
        spoken: The names of the fences in which text stands too, since their words may refer to sources and terms.
    """
    hidden = {index for fence in find(lines) if fence.name not in spoken for index in range(fence.begin, fence.end)}
    for index, line in enumerate(lines):
        if index not in hidden:
            yield index + 1, without_code(line)


def without_code(line: str) -> str:
    """Return a line with blanks in place of what stands in backticks."""
    return _CODE.sub(lambda match: " " * len(match[0]), line)
