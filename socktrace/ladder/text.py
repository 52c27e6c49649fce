"""The figure for terminals: 80 columns of text, or as wide as the terminal is. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from socktrace.ladder.model import Figure, Lane, Section
from socktrace.ladder.steps import Step
from socktrace.visible import visible
from socktrace.wording import plural

WIDTH = 80
"""How many columns a figure takes, if nobody says otherwise."""

_NARROWEST, _WIDEST = 60, 120
_MIDDLE = 20
_AROUND = 7  # lines: of a section, apart from its rows
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
        most: How many lines all of it may have at most, apart from the titles; `None` for no limit.
    """
    columns = min(max(width, _NARROWEST), _WIDEST)
    rows = None if most is None or not figure.sections else max(_FEWEST, most // len(figure.sections) - _AROUND)
    parts = ["\n".join(_section(section, _Columns(columns), rows)) for section in figure.sections]
    parts += [textwrap.fill(note, columns) for note in figure.notes]
    text = "\n\n".join(parts)
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode() if ascii else text


def _section(section: Section, columns: _Columns, most: int | None) -> Iterator[str]:
    yield textwrap.fill(section.title, columns.width)
    yield ""
    if section.right is None:
        role, name, _ = _head(section.left)
        yield columns.fill(f"  {role} {name}")
        yield from _some([row for step in section.steps for row in _listed(step, columns)], most, columns)
    else:
        for left, right in zip(_head(section.left), _head(section.right), strict=True):
            yield columns.row(left, " ", "", " ", right)
        yield from _some([row for step in section.steps for row in _step(step, columns)], most, columns)
        yield columns.row("", "\u2502", "", "\u2502", "")
    if section.note:
        yield section.note
    if section.alike:
        yield f"{plural(len(section.alike), 'more conversation')} of the same shape."


def _some(rows: list[str], most: int | None, columns: _Columns) -> list[str]:
    """Return rows, those in the midst replaced by a word about them if they are too many."""
    if most is None or len(rows) <= most:
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
    return columns.fill(f"{_GLYPHS[step.glyph]} {_call(step)}").splitlines()


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

    def fill(self, text: str) -> str:
        """Return a text that may take several lines, the further ones indented."""
        return textwrap.fill(text, self.width, subsequent_indent="  ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "\u2026"
