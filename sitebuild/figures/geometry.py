"""Points and boxes on a sheet, in px; x grows to the right, y downwards. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

Point = tuple[float, float]
Align = Literal["start", "middle", "end"]
Side = Literal["left", "right", "top", "bottom"]

_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}
_CORNER = 18
"""How far from a corner a line may leave a thing, in px."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a thing takes, in px."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a thing stands.

    Args:
        left: Its left edge, in px.
        top: Its top edge, in px.
        width: In px.
        height: In px.
        align: To which side text in it is set.
    """

    left: float
    top: float
    width: float
    height: float
    align: Align = "middle"

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> Point:
        return self.left + self.width / 2, self.top + self.height / 2

    def grown(self, by: float) -> Box:
        """Return it with more room on each side, in px."""
        return replace(
            self, left=self.left - by, top=self.top - by, width=self.width + 2 * by, height=self.height + 2 * by
        )

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return replace(self, left=left, top=top, width=right - left, height=bottom - top)

    def meets(self, other: Box) -> bool:
        """Return whether the two cover some of the same ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def crossed(self, begin: Point, end: Point) -> bool:
        """Return whether a straight line runs through it (Liang and Barsky's way of clipping)."""
        first, last = 0.0, 1.0
        for start, step, low, high in (
            (begin[0], end[0] - begin[0], self.left, self.right),
            (begin[1], end[1] - begin[1], self.top, self.bottom),
        ):
            if not step:
                if not low < start < high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            first, last = max(first, near), min(last, far)
        return first < last

    def side(self, side: Side, by: Align = "middle") -> Point:
        """Return a point of one side: its middle, or one near an end of it."""
        near = _SHARE[by]
        if side in ("left", "right"):
            free = min(_CORNER, self.height / 2)
            return (self.left if side == "left" else self.right), self.top + free + (self.height - 2 * free) * near
        free = min(_CORNER, self.width / 2)
        return self.left + free + (self.width - 2 * free) * near, (self.top if side == "top" else self.bottom)

    def inside(self, size: Size, across: Align, down: Align, text: Align | None = None) -> Box:
        """Return where something smaller stands in it.

        Args:
            size: How large it is.
            across: Where it stands from left to right.
            down: Where it stands from top to bottom.
            text: To which side its text is set, `across` if not given.
        """
        left = self.left + (self.width - size.width) * _SHARE[across]
        top = self.top + (self.height - size.height) * _SHARE[down]
        return Box(left, top, size.width, size.height, text or across)


def towards(begin: Point, end: Point, by: float) -> Point:
    """Return the point that many px from one point in the direction of another."""
    length = math.dist(begin, end)
    if not length:
        return begin
    return begin[0] + (end[0] - begin[0]) * by / length, begin[1] + (end[1] - begin[1]) * by / length
