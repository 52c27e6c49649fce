"""Charts to scale: bars, marks and moments above an axis. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import svg

from sitebuild.figures import links
from sitebuild.figures.errors import FigureError
from sitebuild.figures.geometry import Align, Box, Size
from sitebuild.figures.links import Pen
from sitebuild.figures.thing import CARD, COLOURS, Text, Thing, Tone, n, rectangle, text

_BAR = 28


@dataclass(frozen=True, slots=True, eq=False)
class Bar(Thing):
    """A stretch of a scale; see `bar`."""

    begin: float
    end: float
    words: Text | None
    tone: Tone
    dashed: bool
    lit: bool
    solid: bool = False

    @property
    def size(self) -> Size:
        return Size(0, _BAR)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        if self.words:
            yield self.words, box.inside(self.words.size, "middle", "middle")

    def paint(self, box: Box) -> Iterator[svg.Element]:
        if self.dashed:
            thinner = 2 if self.words else 6  # words lie in it, not across its edges
            inner = Box(box.left, box.top + thinner, box.width, box.height - 2 * thinner)
            yield rectangle(inner, COLOURS[self.tone], 1.5, round=3, dashed="dashed")
            return
        filled = self.lit or self.solid
        drawn = rectangle(box, COLOURS[self.tone], 2, fill=COLOURS[self.tone] if filled else CARD, round=3)
        drawn.fill_opacity = 0.22 if self.lit else None
        yield drawn


def bar(
    begin: float,
    end: float,
    words: str = "",
    *,
    tone: Tone = "socket",
    dashed: bool = False,
    lit: bool = False,
    solid: bool = False,
) -> Bar:
    """Return a stretch of a scale.

    Args:
        begin: Where it begins, in the unit of the scale.
        end: Where it ends.
        words: What stands in it.
        tone: Its colour.
        dashed: Whether it is dashed: it could have been.
        lit: Whether it is filled lightly, so that words can stand in it.
        solid: Whether it is filled: something is there.
    """
    return Bar(begin, end, text(words, small=True) if words else None, tone, dashed, lit, solid)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a scale; see `flag`, `arrival` and `stop`."""

    kind: Literal["flag", "arrival", "stop"]
    at: float
    words: Text


def flag(at: float, words: str) -> Mark:
    """Return a flag: words on a pole that stands on the bar below."""
    return Mark("flag", at, text(words, small=True))


def arrival(at: float, words: str) -> Mark:
    """Return words with an arrow down: what comes at that moment."""
    return Mark("arrival", at, text(words))


def stop(at: float, words: str) -> Mark:
    """Return a bar across with words beside it: what ends there."""
    return Mark("stop", at, replace(text(words), tone="end"))


@dataclass(frozen=True, slots=True)
class Track:
    """One row of a chart; see `track`, `ticks` and `heading`."""

    parts: tuple[Bar | Mark, ...] = ()
    label: Text | None = None
    ticks: tuple[tuple[float, Text], ...] = ()
    heading: Text | None = None
    align: Align = "start"
    ruled: bool = False


def track(*parts: Bar | Mark, label: str = "", ruled: bool = False) -> Track:
    """Return a row of bars and marks.

    Args:
        parts: The bars and marks.
        label: What stands before the first bar.
        ruled: Whether a thin line lies below it.
    """
    return Track(parts, text(label, small=True) if label else None, ruled=ruled)


def ticks(*at: float | tuple[float, str], unit: str = "") -> Track:
    """Return an axis.

    Args:
        at: The numbers on it, or a number and what stands there instead.
        unit: The unit, which stands after the last number.
    """
    pairs = [one if isinstance(one, tuple) else (one, f"{one:g}") for one in at]
    last = len(pairs) - 1
    words = [f"{word} {unit}" if unit and number == last else word for number, (_, word) in enumerate(pairs)]
    return Track(ticks=tuple((where, text(word, small=True)) for (where, _), word in zip(pairs, words, strict=True)))


def heading(words: str, *, align: Align = "start") -> Track:
    """Return a row of words."""
    return Track(heading=text(words), align=align)


@dataclass(frozen=True, slots=True, eq=False)
class Chart(Thing):
    """Rows above one scale; see `chart`."""

    begin: float
    end: float
    tracks: tuple[Track, ...]
    wide: float

    def _x(self, box: Box, at: float) -> float:
        return box.left + (at - self.begin) / (self.end - self.begin) * self.wide

    def _levels(self, flags: list[Mark]) -> list[int]:
        """Return how many labels high each pole stands; a label passes above the poles right of its own."""
        plain = Box(0, 0, self.wide, 0)
        levels: list[int] = []
        for number in range(len(flags) - 1, -1, -1):
            end = self._x(plain, flags[number].at) + flags[number].words.size.width + 6
            met = [
                level for other, level in zip(flags[:number:-1], levels, strict=True) if self._x(plain, other.at) < end
            ]
            levels.append(max(met, default=-1) + 1)
        return levels[::-1]

    def _high(self, one: Track) -> float:
        if one.heading:
            return one.heading.size.height
        if one.ticks:
            return 26
        flags = [part for part in one.parts if isinstance(part, Mark) and part.kind == "flag"]
        if flags:
            return (max(self._levels(flags)) + 1) * 18 + 2
        if all(isinstance(part, Mark) and part.kind == "arrival" for part in one.parts):
            return 46
        return _BAR

    def _rows(self, box: Box) -> Iterator[tuple[Track, Box]]:
        top = box.top
        for number, one in enumerate(self.tracks):
            high = self._high(one)
            yield one, Box(box.left, top, self.wide, high)
            flags = any(isinstance(part, Mark) and part.kind == "flag" for part in one.parts)
            after = self.tracks[number + 1] if number + 1 < len(self.tracks) else None
            close = one.heading or flags
            top += high + (4 if close else 10 if after and not after.heading else 18)

    @property
    def size(self) -> Size:
        rows = list(self._rows(Box(0, 0, 0, 0)))
        return Size(self.wide, rows[-1][1].bottom)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        for one, place in self._rows(box):
            if one.heading:
                yield one.heading, place.inside(one.heading.size, one.align, "start")
            taken = place.left
            for at, words in one.ticks:
                below = self._below(place, max(self._x(box, at), taken + words.size.width / 2), words.size)
                taken = below.right + 6
                yield words, below
            flags = [part for part in one.parts if isinstance(part, Mark) and part.kind == "flag"]
            levels = iter(self._levels(flags))
            bars = [part for part in one.parts if isinstance(part, Bar)]
            if one.label and bars:
                right = self._x(box, bars[0].begin) - 8
                size = one.label.size
                yield (
                    one.label,
                    Box(right - size.width, place.middle[1] - size.height / 2, size.width, size.height, "end"),
                )
            for part in one.parts:
                x = self._x(box, part.begin if isinstance(part, Bar) else part.at)
                if isinstance(part, Bar):
                    yield part, Box(x, place.top, self._x(box, part.end) - x, _BAR)
                    continue
                size = part.words.size
                if part.kind == "flag":
                    top = place.bottom - 2 - (next(levels) + 1) * 18
                    yield part.words, Box(x + 5, top, size.width, size.height, "start")
                elif part.kind == "arrival":
                    yield part.words, Box(x - size.width / 2, place.top, size.width, size.height)
                else:
                    yield part.words, Box(x + 8, place.middle[1] - size.height / 2, size.width, size.height, "start")

    def _below(self, place: Box, x: float, size: Size) -> Box:
        """Return where the word of a tick stands; at the ends of the scale it stays inside."""
        left = min(max(x - size.width / 2, place.left), place.left + self.wide - size.width)
        return Box(left, place.bottom - size.height, size.width, size.height)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        rows = list(self._rows(box))
        for number, (one, place) in enumerate(rows):
            if one.ticks:
                path: list[svg.PathData] = [svg.M(n(place.left), n(place.top + 4)), svg.h(n(self.wide))]
                for at, _ in one.ticks:
                    path += [svg.M(n(self._x(box, at)), n(place.top)), svg.v(8)]
                yield svg.Path(d=path, stroke="currentColor", stroke_width=1.5)
            if one.ruled:
                line = [svg.M(n(place.left), n(place.bottom)), svg.h(n(self.wide))]
                yield svg.Path(d=[*line], stroke=COLOURS["control"], stroke_width=1, stroke_opacity=0.4)
            flags = [part for part in one.parts if isinstance(part, Mark) and part.kind == "flag"]
            foot = rows[number + 1][1].bottom if number + 1 < len(rows) else place.bottom
            for one_flag, level in zip(flags, self._levels(flags), strict=True):
                pole = [svg.M(n(self._x(box, one_flag.at)), n(place.bottom - 2 - (level + 1) * 18)), svg.V(n(foot))]
                yield svg.Path(d=[*pole], stroke="currentColor", stroke_width=1.5)
            for part in one.parts:
                if isinstance(part, Mark) and part.kind == "arrival":
                    x = self._x(box, part.at)
                    yield from links.stroke([(x, place.top + 20), (x, place.bottom)], Pen("data"))
                if isinstance(part, Mark) and part.kind == "stop":
                    line = [svg.M(n(self._x(box, part.at)), n(place.top - 5)), svg.V(n(place.bottom + 5))]
                    yield svg.Path(d=[*line], stroke=COLOURS["end"], stroke_width=3)


def chart(begin: float, end: float, *tracks: Track, across: float) -> Chart:
    """Return rows of bars and marks above one scale.

    Args:
        begin: The number at its left end.
        end: The number at its right end.
        tracks: The rows from top to bottom: `heading(...)`, `track(...)`, `ticks(...)`.
        across: How wide it is; `sheet.across`.

    Raises:
        FigureError: A bar or a mark lies outside the scale.
    """
    for one in tracks:
        places = [at for part in one.parts for at in ((part.begin, part.end) if isinstance(part, Bar) else (part.at,))]
        for at in (*places, *(at for at, _ in one.ticks)):
            if not begin <= at <= end:
                raise FigureError(f"{at:g} lies outside the scale, which goes from {begin:g} to {end:g}")
    return Chart(begin, end, tracks, across)
