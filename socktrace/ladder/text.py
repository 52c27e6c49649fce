"""The figure for terminals: 80 columns of text. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from socktrace.ladder.model import Figure, Lane, Section
from socktrace.ladder.steps import Step
from socktrace.visible import visible

_SIDE, _MIDDLE = 28, 20
_GLYPHS = {"ring": "\u25cb", "disc": "\u25cf", "diamond": "\u25c6"}
_ASCII = str.maketrans({
    "\u2502": "|", "\u2500": "-", "\u254c": ".", "\u25b6": ">", "\u25c0": "<", "\u22ee": ":", "\u2192": "->",
    "\u25cb": "o", "\u25cf": "*", "\u25c6": "#", "\u00d7": "x", "\u2026": "...",
})  # fmt: skip


def to_text(figure: Figure, *, ascii: bool = False) -> str:
    """Return the figure as text, 80 columns wide, without a final newline.

    Args:
        figure: The figure.
        ascii: Draw with ASCII characters only, for a terminal that can show no others.
    """
    parts = ["\n".join(_section(section)) for section in figure.sections]
    parts += [textwrap.fill(note, 80) for note in figure.notes]
    text = "\n\n".join(parts)
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode() if ascii else text


def _section(section: Section) -> Iterator[str]:
    yield textwrap.fill(section.title, 80)
    yield ""
    if section.right is None:
        yield from _list(section)
    else:
        for left, right in zip(_head(section.left), _head(section.right), strict=True):
            yield _row(left, " ", "", " ", right)
        for step in section.steps:
            yield from _step(step)
        yield _row("", "\u2502", "", "\u2502", "")
    if section.note:
        yield section.note
    if section.alike:
        count = len(section.alike)
        yield f"{count} more {'conversation' if count == 1 else 'conversations'} of the same shape."


def _head(lane: Lane) -> tuple[str, str, str]:
    sockets = "  ".join(f"{_GLYPHS[shape]} socket {number}" for number, shape in lane.sockets[:2])
    return lane.role, visible(str(lane.endpoint)) if lane.endpoint else "", sockets


def _list(section: Section) -> Iterator[str]:
    """Draw a section that has one lifeline."""
    role, name, _ = _head(section.left)
    yield textwrap.fill(f"  {role} {name}", 80, subsequent_indent="  ")
    for step in section.steps:
        if step.kind == "more":
            yield f"\u22ee {step.label}"
        else:
            yield textwrap.fill(f"{_GLYPHS[step.glyph]} {_call(step)}", 80, subsequent_indent="  ")


def _step(step: Step) -> Iterator[str]:
    if step.kind == "more":
        yield f"\u22ee {step.label}".center(80).rstrip()
    elif step.kind == "call":
        yield from _call_rows(step)
    else:
        yield _row(step.left, "\u2502", _arrow(step), "\u2502", step.right)


def _call(step: Step) -> str:
    where = f" {step.path}:{step.line}" if step.path else f" L{step.line}" if step.line else ""
    return f"{step.label} {step.after}".rstrip() + where


def _call_rows(step: Step) -> Iterator[str]:
    state = step.left or step.right
    text = _call(step) + (f" \u00b7 {state}" if state else "")
    mark = _GLYPHS[step.glyph]
    for line in textwrap.wrap(text, _SIDE, break_on_hyphens=False) or [""]:
        if step.side == "left":
            yield _row(line, mark, "", "\u2502", "")
        else:
            yield _row("", "\u2502", "", mark, line)
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


def _row(left: str, here: str, middle: str, there: str, right: str) -> str:
    return f"{_cut(left, _SIDE):>{_SIDE}} {here}{middle:{_MIDDLE}}{there} {_cut(right, _SIDE)}".rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "\u2026"
