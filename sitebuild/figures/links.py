"""Lines and arrows between things that stand on a sheet. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import svg

from sitebuild.figures.geometry import Box, Point, Side, towards
from sitebuild.figures.thing import COLOURS, Tone, n

Head = Literal["arrow", "bar", "stop", "none"]
"""How a line ends: with an arrow's head, with a bar that says no further, with both, or plainly."""

Dash = Literal["solid", "dashed", "dotted"]

WEIGHTS: dict[Tone, float] = {"plain": 2, "muted": 1.5, "soft": 1.5, "control": 2}
"""How thick a line of each colour is, in px; 3 for others."""

_DASHES: dict[Dash, tuple[int, int] | None] = {"solid": None, "dashed": (5, 4), "dotted": (2, 4)}
_HEAD = 10
_PLUG = 26
_STOP = 5
"""How thick the bar is that stops an arrow, in px."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line looks.

    Args:
        tone: Its colour.
        dash: Whether it is solid.
        head: How it ends.
        tail: How it begins.
        weight: How thick it is, in px; 0 for what its colour has.
    """

    tone: Tone = "control"
    dash: Dash = "solid"
    head: Head = "arrow"
    tail: Head = "none"
    weight: float = 0

    @property
    def width(self) -> float:
        """How thick it is, in px."""
        return self.weight or WEIGHTS.get(self.tone, 3)


def stroke(points: list[Point], pen: Pen, *, curved: bool = False) -> Iterator[svg.Element]:
    """Draw a line along some points.

    Args:
        points: Its corners, at least two.
        pen: How it looks.
        curved: Whether it is bent instead of having corners.
    """
    colour = COLOURS[pen.tone]
    begin, end = points[0], points[-1]
    if pen.head == "stop":
        yield _tip("bar", end, points[-2], COLOURS["end"], _STOP)
        end = towards(end, points[-2], _STOP)
    if pen.head in ("arrow", "stop"):
        points = [*points[:-1], towards(end, points[-2], min(_HEAD - 2, math.dist(end, points[-2])))]
    if pen.tail == "arrow":
        points = [towards(begin, points[1], min(_HEAD - 2, math.dist(begin, points[1]))), *points[1:]]
    yield svg.Path(
        d=_curve(points) if curved else _corners(points),
        fill="none",
        stroke=colour,
        stroke_width=n(pen.width),
        stroke_dasharray=[*dash] if (dash := _DASHES[pen.dash]) else None,
    )
    for kind, tip, before in ((pen.head, end, points[-2]), (pen.tail, begin, points[1])):
        if kind != "none":
            yield _tip(kind, tip, before, colour, pen.width)


def _corners(points: list[Point]) -> list[svg.PathData]:
    begin: list[svg.PathData] = [svg.M(n(points[0][0]), n(points[0][1]))]
    return begin + [svg.L(n(x), n(y)) for x, y in points[1:]]


def _curve(points: list[Point]) -> list[svg.PathData]:
    begin, end = points[0], points[-1]
    if abs(end[0] - begin[0]) >= abs(end[1] - begin[1]):
        half = (begin[0] + end[0]) / 2
        bends = ((half, begin[1]), (half, end[1]))
    else:
        half = (begin[1] + end[1]) / 2
        bends = ((begin[0], half), (end[0], half))
    (ax, ay), (bx, by) = bends
    return [svg.M(n(begin[0]), n(begin[1])), svg.C(n(ax), n(ay), n(bx), n(by), n(end[0]), n(end[1]))]


def _tip(kind: Head, tip: Point, before: Point, colour: str, weight: float) -> svg.Element:
    length = math.dist(tip, before) or 1
    along = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    across = -along[1], along[0]

    def at(back: float, aside: float) -> tuple[float, float]:
        x = tip[0] - along[0] * back + across[0] * aside
        y = tip[1] - along[1] * back + across[1] * aside
        return n(x), n(y)

    if kind == "bar":
        ends = [svg.M(*at(0, -8)), svg.L(*at(0, 8))]
        return svg.Path(d=[*ends], stroke=colour, stroke_width=n(max(weight, 3)))
    return svg.Polygon(points=[svg.Point(*at(0, 0)), svg.Point(*at(_HEAD, 5)), svg.Point(*at(_HEAD, -5))], fill=colour)


def facing(one: Box, other: Box) -> tuple[Side, Side]:
    """Return the sides that two boxes turn to each other."""
    across = max(other.left - one.right, one.left - other.right)
    down = max(other.top - one.bottom, one.top - other.bottom)
    if across >= down:
        return ("right", "left") if other.middle[0] >= one.middle[0] else ("left", "right")
    return ("bottom", "top") if other.middle[1] >= one.middle[1] else ("top", "bottom")


def elbow(begin: Point, leave: Side, end: Point, arrive: Side) -> list[Point]:
    """Return the way between two points that goes along the edges of the sheet only.

    Args:
        begin: Where it begins.
        leave: The side of the thing there.
        end: Where it ends.
        arrive: The side of the thing there.
    """
    flat, flat_end = leave in ("left", "right"), arrive in ("left", "right")
    if flat and flat_end:
        half = (begin[0] + end[0]) / 2
        if leave == arrive:
            half = (min if leave == "left" else max)(begin[0], end[0]) + (-20 if leave == "left" else 20)
        return [begin, (half, begin[1]), (half, end[1]), end]
    if not flat and not flat_end:
        half = (begin[1] + end[1]) / 2
        if leave == arrive:
            half = (min if leave == "top" else max)(begin[1], end[1]) + (-20 if leave == "top" else 20)
        return [begin, (begin[0], half), (end[0], half), end]
    return [begin, (end[0], begin[1]) if flat else (begin[0], end[1]), end]


def longest(points: list[Point]) -> tuple[Point, Point]:
    """Return the longest straight part of a line."""
    return max(pairwise(points), key=lambda pair: math.dist(*pair))


def cord(begin: Point, end: Point, *, plugs: bool) -> Iterator[svg.Element]:
    """Draw a cable, perhaps with a plug at each end; it hangs between two points side by side."""
    flat = abs(end[0] - begin[0]) >= abs(end[1] - begin[1])
    here, there = (towards(begin, end, _PLUG), towards(end, begin, _PLUG)) if plugs else (begin, end)
    if flat:
        (ax, ay), (bx, by) = here, there
        reach, sag, half = (bx - ax) * (0.6 if plugs else 0.3), 64 if plugs else 20, (ax + bx) / 2
        low = (ay + by) / 2 + sag
        path: list[svg.PathData] = [
            svg.M(n(ax), n(ay)),
            svg.C(n(ax + reach), n(ay), n(half - reach / 2), n(low), n(half), n(low)),
            svg.S(n(bx - reach), n(by), n(bx), n(by)),
        ]
    else:
        path = _corners([here, there])
    yield svg.Path(d=path, fill="none", stroke="currentColor", stroke_width=6)
    for tip, inner in ((begin, here), (end, there)) if plugs else ():
        left, top = min(tip[0], inner[0]), min(tip[1], inner[1])
        wide, high = (_PLUG, 22) if flat else (22, _PLUG)
        x, y = (left, top - 11) if flat else (left - 11, top)
        yield svg.Rect(x=n(x), y=n(y), width=wide, height=high, rx=4, fill="currentColor")
