"""Decides where the parts and words of a large drawing of a connector go. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitebuild.data.connectors import KINDS, Box, Connector, Face, Pin, Point
from sitebuild.figures import metrics

_FONT = 13
"""The size of the words, in px."""

_LETTER = 8.3
"""How wide a letter of that size is, taken over a sentence, in px."""

FRAME = 14
"""How far the case around the connector is drawn, in px."""

RING = 1.25
"""How much wider than a contact that is a hole the ring around it is."""

_LINE = 18
_TALLEST, _TALLEST_NARROW = 300, 256
_UPRIGHT = 11
"""How far apart upright words of 13 px must be at least, in px."""

LEAST = 5
"""How small a contact is drawn at least, in px."""

_HINT = "Point at a contact to read what it does. Choose it to go to its row."


@dataclass(frozen=True, slots=True)
class Pen:
    """Turns mm into px.

    Args:
        scale: Px for each mm.
        left: Where the left edge of the connector is, in px.
        top: Where its top edge is, in px.
    """

    scale: float
    left: float = 0
    top: float = 0

    def at(self, point: Point) -> Point:
        """Return where a point of the connector is drawn."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale


@dataclass(frozen=True, slots=True)
class Row:
    """How the words of one row of contacts are written.

    Args:
        pins: Its contacts.
        pitch: How far they are apart at least, in px.
        outer: Whether it is the first or the last row.
        below: The contacts whose words stand below them; those of the others stand above.
        up: Whether names that stand outside the connector stand above it.
        beside: Whether the numbers have room beside the contacts.
        near: Whether the names have room beside the numbers.
    """

    pins: tuple[Pin, ...]
    pitch: float
    outer: bool
    below: tuple[Pin, ...]
    up: bool
    beside: bool
    near: bool

    @property
    def names(self) -> str:
        """How the names are written: by the contacts, else outside, across or upright, or not at all."""
        if self.near:
            return "near"
        if not self.outer:
            return "none"
        if max(wide(pin.name) for pin in self.pins) + 12 <= self.pitch:
            return "across"
        return "upright" if self.pitch >= _UPRIGHT else "none"

    def label(self, pin: Pin) -> str:
        """Return the name of a contact, with its number where upright words have no other room for it."""
        return f"{pin.number} {pin.name}" if self.names == "upright" and not self.beside else pin.name

    @property
    def stacked(self) -> bool:
        """Whether the numbers stand outside the connector, between it and the names."""
        return self.names == "across" and not self.beside

    @property
    def room(self) -> float:
        """How much room the words need outside the connector, in px."""
        if self.names == "upright":
            return max(wide(self.label(pin)) for pin in self.pins) + 14
        return 0 if self.names != "across" else 36 if self.stacked else 22


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a large drawing go.

    Args:
        width: In px, like all that follows.
        height: Of the whole drawing.
        pen: Where the connector is.
        foot: Where the words below it begin.
        rows: The rows of contacts.
    """

    width: int
    height: int
    pen: Pen
    foot: float
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, connector: Connector, width: int) -> Layout:
        """Lay out a drawing of a connector.

        Args:
            connector: What is drawn.
            width: How wide the drawing is, in px.
        """
        box = connector.face.box
        scale = min((width - 2 * FRAME - 4) / box[0], (_TALLEST if width > 400 else _TALLEST_NARROW) / box[1])
        rows = tuple(_rows(connector, scale))
        above = max((row.room for row in rows if row.up), default=0)
        below = max((row.room for row in rows if not row.up), default=0)
        top = above + FRAME + 2
        foot = top + box[1] * scale + FRAME + below
        said = [readout(pin, width) for pin in connector.pins]
        lines = max(map(len, [*said, hint(width)])) if said else 0
        pen = Pen(scale, (width - box[0] * scale) / 2, top)
        return cls(width, round(foot + 32 + (lines * _LINE + 8 if lines else 0)), pen, foot, rows)

    def said(self, line: int) -> float:
        """Return where a line of what a contact is for stands."""
        return self.foot + 50 + line * _LINE


def _rows(connector: Connector, scale: float) -> Iterator[Row]:
    face = connector.face
    height = face.box[1]
    last = max((pin.row for pin in connector.pins), default=-1)
    for number in range(last + 1):
        pins = tuple(pin for pin in connector.pins if pin.row == number)
        level = [(a, b) for a, b in pairwise(pins) if abs(a.at[1] - b.at[1]) * scale < 2 * _LINE]
        pitch = min((abs(a.at[0] - b.at[0]) for a, b in level), default=face.box[0]) * scale
        single = last == 0
        down = number > 0 or (single and pins[0].at[1] < 0.6 * height)
        up = pins[0].at[1] < height / 2 if single else number == 0
        one_by_one = len(level) < len(pins) - 1
        turned = {pin for pin in pins if one_by_one and not _free(connector, pin, down, 2, scale)}
        below = tuple(pin for pin in pins if down != (pin in turned))
        beside = max(wide(pin.number, bold=True) for pin in pins) + 4 <= pitch
        beside = beside and all(_free(connector, pin, pin in below, 1, scale) for pin in pins)
        near = beside and all(wide(a.name) + wide(b.name) + 20 <= 2 * abs(a.at[0] - b.at[0]) * scale for a, b in level)
        near = near and all(_free(connector, pin, pin in below, 2, scale) for pin in pins)
        yield Row(pins, pitch, number in (0, last), below, up, beside, near)


def _free(connector: Connector, pin: Pin, down: bool, lines: int, scale: float) -> bool:
    """Return whether the words by a contact have room: its number, and its name if there are two lines."""
    face = connector.face
    half = max(wide(pin.number, bold=True), wide(pin.name) if lines > 1 else 0) / 2 / scale
    reach = max(face.pad[1], LEAST / scale) / 2 * (RING if face.contact == "hole" else 1)
    near, far = pin.at[1] + reach + 3 / scale, pin.at[1] + reach + (2 + 14 * lines) / scale
    if not down:
        near, far = 2 * pin.at[1] - far, 2 * pin.at[1] - near
    left, right = pin.at[0] - half, pin.at[0] + half
    if not all(_holds(face, (x, y)) for x in (left, right) for y in (near, far)):
        return False
    for x, y, width, height in [*face.solids, *map(_bounds, face.shapes)]:
        apart = right < x or left > x + width or far < y or near > y + height
        within = x <= left and right <= x + width and y <= near and far <= y + height
        if not (apart or within):
            return False
    for other in connector.pins:
        beside = abs(other.at[0] - pin.at[0]) < half + face.pad[0] / 2
        # A row below whose numbers stand above its contacts does not occur.
        if other is not pin and beside and near < other.at[1] + reach and other.at[1] - reach < far:
            return False
    return True


def _bounds(corners: Sequence[Point]) -> Box:
    """Return the rectangle around a shape: left, top, width and height."""
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def _holds(face: Face, point: Point) -> bool:
    """Return whether a point is inside of the outline."""
    x, y = point
    if not face.outline:
        width, height = face.box
        return (2 * x / width - 1) ** 2 + (2 * y / height - 1) ** 2 <= 1
    inside = False
    for (ax, ay), (bx, by) in pairwise([*face.outline, face.outline[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def wide(words: str, *, bold: bool = False) -> float:
    """Return how wide words are at most, in px."""
    return metrics.width(words, _FONT, bold=bold)


def readout(pin: Pin, width: int) -> list[str]:
    """Return the lines that tell what a contact is for, in a drawing of that many px."""
    return [f"{pin.number} {pin.name} ({KINDS[pin.kind]})", *textwrap.wrap(pin.says, int(width / _LETTER))]


def hint(width: int) -> list[str]:
    """Return the lines that stand there until a contact is pointed at."""
    return textwrap.wrap(_HINT, int(width / _LETTER))
