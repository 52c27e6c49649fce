"""The sheet that a figure is drawn on: it puts things in their places, joins them, and sees that all of it fits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Literal

import svg

from sitebuild.figures import links
from sitebuild.figures.checked import checked
from sitebuild.figures.errors import FigureError
from sitebuild.figures.geometry import Align, Box, Point, Side, towards
from sitebuild.figures.links import Dash, Head, Pen
from sitebuild.figures.naming import Naming
from sitebuild.figures.signs import Frame, Link
from sitebuild.figures.thing import (
    NORMAL,
    Card,
    Gap,
    Line,
    Part,
    Text,
    Thing,
    Tone,
    column,
    px,
    row,
    text,
    thing,
)

_MARGIN = 2
LARGEST = 1.5
"""How much larger than on its sheet a drawing is shown at most: then its letters are as large as the page's."""
_FREE = 3
"""How far a line keeps from what it leads to, in px."""


class Sheet:
    """A sheet of a certain width.

    Args:
        width: How wide the drawing may be, in px.
        narrow: Whether it is the one for phones.
    """

    def __init__(self, width: float, *, narrow: bool) -> None:
        self.width = width
        self.narrow = narrow
        self._places: dict[Thing, Box] = {}
        self._extent: Box | None = None
        self._foot = 0.0
        self._behind: list[svg.Element] = []
        self._lines: list[svg.Element] = []
        self._front: list[svg.Element] = []
        self._links: list[svg.Element] = []
        self._words: list[tuple[str, Box]] = []
        self._solid: list[tuple[Thing, Box]] = []
        self._titled: dict[Thing, Box] = {}

    @property
    def wide(self) -> bool:
        """Whether it is the one for wide screens."""
        return not self.narrow

    @property
    def across(self) -> float:
        """How wide a chart or a header is that is drawn to scale, in px."""
        return min(self.width - 2 * _MARGIN, 560)

    # -- order ---------------------------------------------------------------------------------------------------------

    @checked
    def flow(self, *parts: Part, gap: Gap = "far", align: Align = "middle", even: bool = False) -> Line:
        """Return things side by side on the wide sheet, and one below the other on the narrow one."""
        return (column if self.narrow else row)(*parts, gap=gap, align=align, even=even)

    @checked
    def put(self, *parts: Part, gap: Gap = "some", align: Align = "middle") -> None:
        """Put things on the sheet, one below the other, below what stands there.

        Args:
            parts: The things.
            gap: How far they stand apart, and from what stands above them.
            align: Whether they stand at the left, in the middle or at the right.

        Raises:
            FigureError: They are too wide, or one of them stands on the sheet already.
        """
        for part in parts:
            one = thing(part)
            size = one.size
            if size.width > self.width - 2 * _MARGIN:
                raise FigureError(f"this {self._too_wide(size.width + 2 * _MARGIN)}")
            top = self._foot + (px(gap) if self._extent else 0)
            sheet = Box(_MARGIN - self.width / 2, top, self.width - 2 * _MARGIN, size.height)
            self._place(one, sheet.inside(size, align, "start"))
            self._foot = top + size.height

    @property
    def name(self) -> str:
        """Which of the two sheets it is."""
        return "narrow" if self.narrow else "wide"

    def _too_wide(self, wide: float) -> str:
        how = "sheet.flow, or ask sheet.narrow" if self.narrow else "in a column or a grid"
        return (
            f"is {math.ceil(wide)} px wide, and the {self.name} sheet {self.width:g}; "
            f"give it smaller gaps, fewer things in a row ({how}) or shorter words"
        )

    def _place(self, one: Thing, box: Box) -> None:
        if one in self._places:
            raise FigureError(f"{_called(one)} stands on the sheet twice; make another one for the second place")
        self._places[one] = box
        painted = list(one.paint(box))
        if painted:
            self._layer(one).extend(painted)
            self._grow(box)
        if isinstance(one, Text):
            self._words.append((_words(one), box))
        parts = list(one.parts(box))
        if painted and not parts and not isinstance(one, Card | Frame):
            self._solid.append((one, box))
        for part, place in parts:
            self._place(part, place)

    def _layer(self, one: Thing) -> list[svg.Element]:
        if isinstance(one, Link):
            return self._links
        return self._behind if isinstance(one, Card | Frame) else self._front

    def _grow(self, box: Box) -> None:
        self._extent = self._extent.around(box) if self._extent else box
        if self._extent.width > self.width - 2 * _MARGIN + 0.5:
            raise FigureError(f"with this the drawing {self._too_wide(self._extent.width + 2 * _MARGIN)}")

    def _box(self, one: Thing) -> Box:
        if one not in self._places:
            raise FigureError(f"{_called(one)} is not on the sheet; put it there before something leads to it")
        box = self._places[one]
        return one.outline(box) if isinstance(one, Card) else box

    # -- lines ---------------------------------------------------------------------------------------------------------

    @checked
    def arrow(
        self,
        begin: Thing,
        end: Thing,
        label: Text | str = "",
        *,
        tone: Tone = "control",
        dash: Dash = "solid",
        head: Head = "arrow",
        tail: Head = "none",
        weight: float = 0,
        leave: Side | None = None,
        arrive: Side | None = None,
        by: Align = "middle",
        bent: bool = False,
        curved: bool = False,
        lane: int = 0,
        reach: float = 1,
        start: float = 0,
        at: float | Align = 0.5,
        side: Literal["first", "second"] = "first",
    ) -> None:
        """Draw an arrow from one thing to another; both stand on the sheet.

        Args:
            begin: Where it begins.
            end: Where it ends.
            label: What stands at it.
            tone: What it is: `data`, `control`, `end`, ...
            dash: Whether it is solid.
            head: How it ends.
            tail: How it begins.
            weight: How thick it is, in px; 0 for what its colour has.
            leave: The side of the first thing where it begins; chosen if not given.
            arrive: The side of the second thing where it ends; chosen if not given.
            by: Which part of these sides it joins: their left or upper end, their middle or their other end.
            bent: Whether it goes along the edges of the sheet, with corners.
            curved: Whether it is bent like a cord.
            lane: Which of parallel lines it is: 1 and -1 are a pair, 0 lies between.
            reach: Which share of the way it goes, 1 for all of it.
            start: Which share of the way it leaves out at the beginning.
            at: Where the label stands: a share of the way, or near its `start` or `end`.
            side: On which side: `first` is above or right of the line, `second` below or left of it.

        Raises:
            FigureError: One of the two is not on the sheet, or the label covers something.
        """
        points = self._way(begin, end, leave, arrive, by=by, bent=bent, lane=lane)
        if reach != 1 or start:
            full = math.dist(points[0], points[-1])
            points = [towards(points[0], points[-1], full * start), towards(points[0], points[-1], full * reach)]
        self._lines.extend(links.stroke(points, Pen(tone, dash, head, tail, weight), curved=curved))
        for x, y in points:
            self._grow(Box(x - 1, y - 1, 2, 2))
        if not curved:
            self._uncross(points, begin, end)
        if label:
            self._label(label, links.longest(points), at, side)

    @checked
    def line(
        self,
        begin: Thing,
        end: Thing,
        label: Text | str = "",
        *,
        tone: Tone = "control",
        dash: Dash = "solid",
        weight: float = 0,
        leave: Side | None = None,
        arrive: Side | None = None,
        by: Align = "middle",
        bent: bool = False,
        curved: bool = False,
        lane: int = 0,
        at: float | Align = 0.5,
        side: Literal["first", "second"] = "first",
    ) -> None:
        """Draw a line from one thing to another: an arrow without a head; see `arrow`."""
        self.arrow(
            begin,
            end,
            label,
            tone=tone,
            dash=dash,
            head="none",
            weight=weight,
            leave=leave,
            arrive=arrive,
            by=by,
            bent=bent,
            curved=curved,
            lane=lane,
            at=at,
            side=side,
        )

    @checked
    def cord(self, begin: Thing, end: Thing, *, plugs: bool = True) -> None:
        """Draw a cable between two things; where they stand side by side, it hangs.

        Args:
            begin: Where it begins.
            end: Where it ends.
            plugs: Whether it has a plug at each end; without, the things are its plugs.
        """
        sides = links.facing(self._box(begin), self._box(end))
        here, there = self._box(begin).side(sides[0]), self._box(end).side(sides[1])
        self._lines.extend(links.cord(here, there, plugs=plugs))

    @checked
    def chain(self, things: Iterable[Thing], *, tone: Tone = "control", dash: Dash = "solid") -> None:
        """Draw an arrow from each thing to the next one."""
        every = list(things)
        for one, other in pairwise(every):
            self.arrow(one, other, tone=tone, dash=dash)

    def _way(
        self, begin: Thing, end: Thing, leave: Side | None, arrive: Side | None, *, by: Align, bent: bool, lane: int
    ) -> list[Point]:
        one, other = self._box(begin), self._box(end)
        sides = links.facing(one, other)
        if bent:
            leave, arrive = leave or sides[0], arrive or sides[1]
            points = links.elbow(one.side(leave, by), leave, other.side(arrive, by), arrive)
            return [
                towards(points[0], points[1], _FREE),
                *points[1:-1],
                towards(points[-1], points[-2], _FREE),
            ]
        if leave or arrive or by != "middle":
            here = one.side(leave or sides[0], by)
            there = other.side(arrive or sides[1], by)
            return self._apart([towards(here, there, _FREE), towards(there, here, _FREE)], lane)
        here, there = _straight(one, other)
        flat = begin.edge(_at(one, here), there), end.edge(_at(other, there), here)
        return self._apart([towards(flat[0], flat[1], _FREE), towards(flat[1], flat[0], _FREE)], lane)

    @staticmethod
    def _apart(points: list[Point], lane: int) -> list[Point]:
        """Move a line aside, for another one to lie beside it."""
        if not lane:
            return points
        (ax, ay), (bx, by) = points
        length = math.dist(*points) or 1
        x, y = (by - ay) / length * 7 * lane, -(bx - ax) / length * 7 * lane
        return [(ax + x, ay + y), (bx + x, by + y)]

    def _label(self, label: Text | str, way: tuple[Point, Point], at: float | Align, side: str) -> None:
        words = label if isinstance(label, Text) else text(label, small=True)
        size = words.size
        (ax, ay), (bx, by) = way
        across, down = abs(bx - ax), abs(by - ay)
        if isinstance(at, str):
            near = 10 + (size.width if across >= down else size.height) / 2
            share = near / (math.dist(*way) or 1)
            at = {"start": share, "middle": 0.5, "end": 1 - share}[at]
        x, y = ax + (bx - ax) * at, ay + (by - ay) * at
        if across >= down:
            rise = down / across * size.width / 2 if across else 0
            top = y - size.height - 3 - rise if side == "first" else y + 3 + rise
            box = Box(x - size.width / 2, top, size.width, size.height)
        else:
            left = x + 7 if side == "first" else x - 7 - size.width
            box = Box(left, y - size.height / 2, size.width, size.height, "start" if side == "first" else "end")
        self._free(_words(words), box)
        self._place(words, box)

    def _free(self, words: str, box: Box) -> None:
        """See that a label covers nothing."""
        for one, place in self._solid:
            if place.grown(-1).meets(box.grown(-1)):
                raise FigureError(
                    f"the label {words!r} covers {_called(one)}; give the things it stands between a wider gap "
                    f'(gap=room("{words}")), move it with at= or side=, or shorten it'
                )

    def _uncross(self, points: list[Point], begin: Thing, end: Thing) -> None:
        mine = [self._box(begin), self._box(end)]
        for words, box in self._words:
            if any(box.meets(one) for one in mine):
                continue
            for here, there in pairwise(points):
                if box.grown(-3).crossed(here, there):
                    raise FigureError(
                        f"the line from {_called(begin)} to {_called(end)} runs through the words {words!r}; "
                        "lead it another way (bent=True, leave=, arrive=) or move one of the things"
                    )

    @checked
    def zoom(self, part: Thing, whole: Thing) -> None:
        """Draw that something below is a part of a scale, shown larger above it, or the other way round."""
        one, other = self._box(part), self._box(whole)
        upper, lower = (one, other) if one.top < other.top else (other, one)
        for begin, end in (
            ((upper.left, upper.bottom), (lower.left, lower.top)),
            ((upper.right, upper.bottom), (lower.right, lower.top)),
        ):
            self._lines.extend(links.stroke([begin, end], Pen("control", "dotted", "none", weight=1.5)))

    # -- frames --------------------------------------------------------------------------------------------------------

    @checked
    def frame(
        self,
        title: Text | str,
        *things: Thing,
        tone: Tone = "soft",
        dashed: bool = False,
        thick: bool = False,
        pad: Gap = "some",
        align: Align = "middle",
        on: Thing | None = None,
        like: Thing | None = None,
    ) -> Thing:
        """Draw a frame around things that stand on the sheet: a machine, a program, a kernel around cells of a grid.

        Args:
            title: What stands above it, or `""`.
            things: What stands in it; further frames, too.
            tone: The colour of the frame.
            dashed: Whether it is dashed.
            thick: Whether it is thick, as a machine's.
            pad: How much room there is between it and what stands in it.
            align: Whether the title stands at the left, in the middle or at the right.
            on: What stands on the frame itself: its nearest side runs through the middle of this.
            like: Another frame: this one is as high beside it, as wide below it.

        Returns:
            The frame, a thing like others: a line may lead to it.

        Raises:
            FigureError: One of the things is not on the sheet, or the title covers something.
        """
        around = reduce(Box.around, map(self._held, things)).grown(px(pad))
        if on:
            around = around.around(Box(*self._box(on).middle, 0, 0))
        if like:
            other = self._box(like)
            if other.right < around.left or around.right < other.left:
                around = replace(around, top=other.top, height=other.height).around(around)
            else:
                around = replace(around, left=other.left, width=other.width).around(around)
        frame = Frame(tone, dashed, thick)
        self._place(frame, around)
        self._foot = max(self._foot, around.bottom)
        if title:
            words = title if isinstance(title, Text) else text(title)
            above = Box(around.left, around.top - words.size.height - 3, around.width, words.size.height)
            place = above.grown(-12 if align != "middle" else 0)
            place = replace(above, left=place.left, width=place.width).inside(words.size, align, "start")
            self._free(_words(words), place)
            self._place(words, place)
            self._titled[frame] = around.around(place)
        return frame

    def _held(self, one: Thing) -> Box:
        """Return the room that a thing takes in a frame around it: with its title."""
        self._box(one)
        return self._titled.get(one, self._places[one])

    @checked
    def note(
        self, words: Part, beside: Thing, side: Side = "right", *, gap: Gap = "near", align: Align = "middle"
    ) -> None:
        """Put words, or another thing, beside a thing that stands on the sheet.

        Args:
            words: The words.
            beside: The thing.
            side: On which side of it.
            gap: How far from it.
            align: Above or below a thing, whether they begin with its left side, have its middle or end with its right
                side; beside it, the same from top to bottom.

        Raises:
            FigureError: The thing is not on the sheet, or the words cover something.
        """
        note, place = thing(words), self._box(beside)
        size, far = note.size, px(gap)
        if side in ("top", "bottom"):
            top = place.top - far - size.height if side == "top" else place.bottom + far
            box = Box(place.left, top, place.width, size.height).inside(size, align, "start")
        else:
            left = place.left - far - size.width if side == "left" else place.right + far
            box = Box(left, place.top, size.width, place.height).inside(size, "middle", align)
            box = replace(box, align="end" if side == "left" else "start")
        self._free(_words(note) if isinstance(note, Text) else _called(note), box)
        self._place(note, box)
        self._foot = max(self._foot, box.bottom)

    # -- the drawing ---------------------------------------------------------------------------------------------------

    def drawing(self, naming: Naming) -> svg.SVG:
        """Return what was drawn, cut to its size.

        Raises:
            FigureError: Nothing was put on the sheet.
        """
        if self._extent is None:
            raise FigureError("nothing is on the sheet; put something there with sheet.put")
        extent = self._extent.grown(_MARGIN)
        left, top = math.floor(extent.left), math.floor(extent.top)
        wide, high = math.ceil(extent.right) - left, math.ceil(extent.bottom) - top
        return svg.SVG(
            class_=[f"{self.name}-only"],
            viewBox=svg.ViewBoxSpec(left, top, wide, high),
            width=round(wide * LARGEST),
            height=round(high * LARGEST),
            extra=naming.role(links=bool(self._links)),
            elements=[
                *naming.elements,
                *self._drawn(),
            ],
        )

    def _drawn(self) -> list[svg.Element]:
        font = {"font-family": "inherit", "font-size": str(NORMAL)}
        hidden = {"aria-hidden": "true"} if self._links else {}
        picture: list[svg.Element] = [*self._behind, *self._lines, *self._front]
        groups: list[svg.Element] = [svg.G(fill="currentColor", elements=picture, extra=font | hidden)]
        if self._links:
            groups.append(svg.G(fill="var(--link)", elements=self._links, extra=font))
        return groups


def _at(box: Box, middle: Point) -> Box:
    """Return a box moved so that its middle is at a point on its middle lines."""
    return Box(middle[0] - box.width / 2, middle[1] - box.height / 2, box.width, box.height)


def _straight(one: Box, other: Box) -> tuple[Point, Point]:
    """Return between which points a line joins two boxes: level, where the smaller one lies beside the larger one."""
    (ax, ay), (bx, by) = one.middle, other.middle
    if one.top < by < one.bottom and other.height < one.height:
        ay = by
    elif other.top < ay < other.bottom:
        by = ay
    if one.left < bx < one.right and other.width < one.width:
        ax = bx
    elif other.left < ax < other.right:
        bx = ax
    return (ax, ay), (bx, by)


def _words(one: Text) -> str:
    return " ".join("".join(run.words for run in line) for line in one.lines)


def _called(one: Thing) -> str:
    """Return what to call a thing in a message."""
    kind = type(one).__name__.lower()
    if isinstance(one, Text):
        return f"the text {_words(one)!r}"
    said = next((getattr(one, name) for name in ("letter", "number", "words", "state") if getattr(one, name, "")), "")
    return f"the {kind} {said!r}" if said else f"a {kind}"
