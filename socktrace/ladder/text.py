"""The figure for terminals: 80 columns of text, or as wide as the terminal is. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from socktrace.ladder.model import Figure, Lane, Section
from socktrace.ladder.steps import Step
from socktrace.visible import visible
from socktrace.wording import plural

WIDTH = 80
"""How many columns a figure takes, if nobody says otherwise."""

_NARROWEST, _WIDEST = 60, 120
_MIDDLE = 20
_FEWEST = 8  # lines: fewer rows tell nothing
_FRAME = 2 + _MIDDLE + 2  # columns: the two lifelines with their blanks, and what is between them
_GLYPHS = {"ring": "\u25cb", "disc": "\u25cf", "diamond": "\u25c6"}
_ASCII = str.maketrans({
    "\u2502": "|", "\u2500": "-", "\u254c": ".", "\u25b6": ">", "\u25c0": "<", "\u22ee": ":", "\u2192": "->",
    "\u25cb": "o", "\u25cf": "*", "\u25c6": "#", "\u00d7": "x", "\u2026": "...",
})  # fmt: skip


def to_text(figure: Figure, *, ascii: bool = False, width: int = WIDTH, most: int | None = None) -> str:
    """Return the figure as text, without a final newline.

    Args:
        figure: The figure.
        ascii: Draw with ASCII characters only, for a terminal that can show no others.
        width: How many columns there are; at least 60 are taken.
        most: How many lines it may have, but for the fewest without which it would tell nothing; `None` for no limit.
    """
    columns = _Columns(min(max(width, _NARROWEST), _WIDEST))
    parts = [_section(section, columns) for section in figure.sections]
    notes = [textwrap.fill(note, columns.width) for note in figure.notes]
    if most is not None:
        beside = sum(len(one.above) + len(one.below) + 1 for one in parts) + len("\n\n".join(notes).splitlines())
        _shorten(parts, most - beside, columns)
    drawn = ["\n".join([*one.above, *one.rows, *one.below]) for one in parts]
    text = "\n\n".join([*drawn, *notes])
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode() if ascii else text


@dataclass(slots=True)
class _Part:
    """The lines of a section.

    Args:
        above: What stands above its steps.
        rows: Its steps.
        below: What stands below them.
    """

    above: list[str]
    rows: list[str]
    below: list[str]


def _section(section: Section, columns: _Columns) -> _Part:
    above = [*textwrap.wrap(section.title, columns.width), ""]
    below = [section.note] if section.note else []
    if section.alike:
        below.append(f"{plural(len(section.alike), 'more conversation')} of the same shape.")
    if section.right is None:
        role, name, _ = _head(section.left)
        above += columns.wrap(f"  {role} {name}")
        return _Part(above, [row for step in section.steps for row in _listed(step, columns)], below)
    for left, right in zip(_head(section.left), _head(section.right), strict=True):
        above.append(columns.row(left, " ", "", " ", right))
    below.insert(0, columns.row("", "\u2502", "", "\u2502", ""))
    return _Part(above, [row for step in section.steps for row in _step(step, columns)], below)


def _shorten(parts: list[_Part], room: int, columns: _Columns) -> None:
    """Let the sections share so many lines; what a short one does not need is for the others."""
    for left, part in zip(range(len(parts), 0, -1), sorted(parts, key=lambda part: len(part.rows)), strict=True):
        part.rows = _some(part.rows, max(_FEWEST, room // left), columns)
        room -= len(part.rows)


def _some(rows: list[str], most: int, columns: _Columns) -> list[str]:
    """Return rows, those in the midst replaced by a word about them if they are too many."""
    if len(rows) <= most:
        return rows
    head, tail = most * 2 // 3, most - most * 2 // 3 - 1
    return [*rows[:head], columns.more(f"{plural(len(rows) - head - tail, 'more row')}"), *rows[len(rows) - tail :]]


def _head(lane: Lane) -> tuple[str, str, str]:
    sockets = "  ".join(f"{_GLYPHS[shape]} socket {number}" for number, shape in lane.sockets[:2])
    return lane.role, visible(str(lane.endpoint)) if lane.endpoint else "", sockets


def _listed(step: Step, columns: _Columns) -> list[str]:
    """Draw a step where there is one lifeline."""
    if step.kind == "more":
        return [f"\u22ee {step.label}"]
    return columns.wrap(f"{_GLYPHS[step.glyph]} {_call(step)}")


def _step(step: Step, columns: _Columns) -> Iterator[str]:
    if step.kind == "more":
        yield columns.more(step.label)
    elif step.kind == "call":
        yield from _call_rows(step, columns)
    else:
        yield columns.row(step.left, "\u2502", _arrow(step), "\u2502", step.right)


def _call(step: Step) -> str:
    where = f" {step.path}:{step.line}" if step.path else f" L{step.line}" if step.line else ""
    return f"{step.label} {step.after}".rstrip() + where


def _call_rows(step: Step, columns: _Columns) -> Iterator[str]:
    state = step.left or step.right
    text = _call(step) + (f" \u00b7 {state}" if state else "")
    mark = _GLYPHS[step.glyph]
    for line in textwrap.wrap(text, columns.side, break_on_hyphens=False) or [""]:
        if step.side == "left":
            yield columns.row(line, mark, "", "\u2502", "")
        else:
            yield columns.row("", "\u2502", "", mark, line)
        mark = "\u2502"


def _arrow(step: Step) -> str:
    dash = "\u254c" if step.tone == "ack" else "\u00b7" if step.kind == "kernel" else "\u2500"
    room = _MIDDLE - 4
    label = step.label
    if step.tone == "icmp" and len(label) > room:
        label = label.partition(": ")[2]
    if step.data and len(label) + 4 <= room:
        label += f" {step.data}"
    line = f" {_cut(label, room)} ".center(_MIDDLE - 1, dash)
    return f"{line}\u25b6" if step.side == "left" else f"\u25c0{line}"


class _Columns:
    """The columns of a figure.

    Args:
        width: How many there are.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.side = (width - _FRAME) // 2

    def row(self, left: str, here: str, middle: str, there: str, right: str) -> str:
        """Return a row: what stands at each side, the two lifelines, and what is between them."""
        side = self.side
        return f"{_cut(left, side):>{side}} {here}{middle:{_MIDDLE}}{there} {_cut(right, side)}".rstrip()

    def more(self, label: str) -> str:
        """Return a row that stands for others."""
        return f"\u22ee {label}".center(self.width).rstrip()

    def wrap(self, text: str) -> list[str]:
        """Return the lines of a text, the further ones indented."""
        return textwrap.wrap(text, self.width, subsequent_indent="  ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "\u2026"
