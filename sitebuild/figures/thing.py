"""What a figure is made of: things that know how much room they take, and rows, columns and grids of them. Pure."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import svg

from sitebuild.figures import metrics
from sitebuild.figures.errors import FigureError
from sitebuild.figures.geometry import Align, Box, Point, Size, towards

Tone = Literal["plain", "muted", "soft", "data", "control", "end", "socket", "listener", "port", "hardware", "none"]
"""What a colour stands for. `plain` is the colour of text, `soft` that of frames."""

Gap = str | float
"""How far things stand apart: `none`, `tight`, `near`, `some`, `far`, `wide`, `vast` or `huge`.

`room("label")` is a gap in which the label of an arrow has room.
"""

COLOURS: dict[Tone, str] = {
    "plain": "currentColor",
    "muted": "var(--soft)",
    "soft": "var(--rail)",
    "data": "var(--data)",
    "control": "var(--control)",
    "end": "var(--end)",
    "socket": "var(--socket)",
    "listener": "var(--listener)",
    "port": "var(--port)",
    "hardware": "var(--hardware)",
    "none": "none",
}
PAPER, CARD, LIT, TAG = "var(--page)", "var(--card)", "var(--lit)", "var(--tag)"
MONO = "var(--mono)"
NORMAL, SMALL = 14, 13
"""The two sizes of text, in px."""

NOTHING = Size(0, 0)

_GAPS: dict[str, float] = {
    "none": 0,
    "tight": 4,
    "near": 8,
    "some": 16,
    "far": 32,
    "wide": 64,
    "vast": 120,
    "huge": 240,
}


def px(gap: Gap) -> float:
    """Return how many px a gap has.

    Raises:
        FigureError: There is none of that name.
    """
    if isinstance(gap, int | float):
        return gap
    if gap not in _GAPS:
        raise FigureError(f"there is no gap {gap!r}; known: {', '.join(_GAPS)}")
    return _GAPS[gap]


def n(number: float, digits: int = 1) -> float:
    """Return a number as it is to stand in a drawing: short, with so many digits after the point."""
    short = round(number, digits)
    return int(short) if short == int(short) else short


class Thing(ABC):
    """Something that stands on a sheet, once. Make another one for another place."""

    __slots__ = ()

    @property
    @abstractmethod
    def size(self) -> Size:
        """How much room it takes."""

    def parts(self, box: Box) -> Iterable[tuple[Thing, Box]]:  # noqa: ARG002
        """Return what stands in it, and where."""
        return ()

    def paint(self, box: Box) -> Iterable[svg.Element]:  # noqa: ARG002
        """Return its own lines and words, without those of its parts."""
        return ()

    def edge(self, box: Box, toward: Point) -> Point:
        """Return where a line from its middle to a point leaves it."""
        x, y = box.middle
        across, down = abs(toward[0] - x), abs(toward[1] - y)
        if not across and not down:
            return x, y
        share = min(box.width / 2 / across if across else 9e9, box.height / 2 / down if down else 9e9)
        return x + (toward[0] - x) * share, y + (toward[1] - y) * share


class Round(Thing):
    """A thing with a round outline."""

    __slots__ = ()

    def edge(self, box: Box, toward: Point) -> Point:
        """Return where a line from its middle to a point leaves it."""
        return towards(box.middle, toward, box.width / 2)


Part = Thing | str | None
"""What rows, columns and grids are made of: things, words, or `None` for an empty place."""


# -- words -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    words: str
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Text(Thing):
    """Lines of text; see `text`."""

    lines: tuple[tuple[Run, ...], ...]
    font: float = NORMAL
    tone: Tone = "plain"
    align: Align | None = None

    @property
    def leading(self) -> float:
        """How far the lines are apart, in px."""
        return self.font + 4

    @property
    def size(self) -> Size:
        wide = max(sum(_run_width(run, self.font) for run in line) for line in self.lines)
        return Size(wide, self.leading * len(self.lines))

    def paint(self, box: Box) -> Iterator[svg.Element]:
        align = self.align or box.align
        x = {"start": box.left, "middle": box.middle[0], "end": box.right}[align]
        for number, line in enumerate(self.lines):
            y = box.top + self.leading * (number + 0.5) + self.font * 0.35
            spans = [run for run in line if run.words]
            if not spans:
                continue
            whole = spans[0] if len(spans) == 1 else Run("")
            element = svg.Text(
                x=n(x),
                y=n(y),
                text_anchor=align,
                font_size=None if self.font == NORMAL else self.font,
                fill=None if self.tone == "plain" else COLOURS[self.tone],
                font_weight="bold" if whole.bold else None,
                font_family=MONO if whole.mono else None,
            )
            if whole.words:
                element.text = whole.words
            else:
                element.elements = [_span(run) for run in spans]
            yield element


def _run_width(run: Run, font: float) -> float:
    return metrics.width(run.words, font, bold=run.bold, mono=run.mono)


def _span(run: Run) -> svg.Element:
    return svg.TSpan(
        text=run.words,
        font_weight="bold" if run.bold else None,
        font_family=MONO if run.mono else None,
    )


_MARKS = re.compile(r"(\*\*.+?\*\*|`[^`]+`)")


def text(words: str, *, small: bool = False, tone: Tone = "plain", align: Align | None = None, wrap: int = 0) -> Text:
    """Return words as a thing.

    Args:
        words: The words; `**bold**` and `` `program text` `` are written as in Markdown, a new line begins a new line.
        small: Whether they are small.
        tone: Their colour.
        align: To which side lines of different length are set; if not given, as the row or column has it.
        wrap: How many letters fit on a line; 0 breaks lines at new lines only.
    """
    lines = [part for line in words.split("\n") for part in (_wrapped(line, wrap) if wrap else [line])]
    return Text(tuple(map(_runs, lines)), SMALL if small else NORMAL, tone, align)


def _wrapped(line: str, letters: int) -> list[str]:
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer.replace("**", "").replace("`", "")) > letters:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _runs(line: str) -> tuple[Run, ...]:
    runs = []
    for part in _MARKS.split(line):
        if part.startswith("**") and len(part) > 4:
            runs.append(Run(part[2:-2], bold=True))
        elif part.startswith("`") and len(part) > 2:
            runs.append(Run(part[1:-1], mono=True))
        elif part:
            runs.append(Run(part))
    return tuple(runs)


def room(label: str) -> float:
    """Return a gap in which a label has room, for things that an arrow joins."""
    return thing(text(label)).size.width + 30


def thing(part: Part) -> Thing:
    """Return what stands for a part: words become text, `None` an empty place."""
    if part is None:
        return Blank()
    return text(part) if isinstance(part, str) else part


# -- order -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Blank(Thing):
    """An empty place."""

    room: Size = NOTHING

    @property
    def size(self) -> Size:
        return self.room


@dataclass(frozen=True, slots=True, eq=False)
class Line(Thing):
    """Things side by side or one below the other; see `row` and `column`."""

    things: tuple[Thing, ...]
    gap: float
    align: Align
    down: bool
    even: bool = False

    def _cells(self) -> list[Size]:
        sizes = [one.size for one in self.things]
        if not self.even or not sizes:
            return sizes
        wide, high = max(one.width for one in sizes), max(one.height for one in sizes)
        return [Size(one.width, high) if self.down else Size(wide, one.height) for one in sizes]

    @property
    def size(self) -> Size:
        sizes = self._cells()
        gaps = self.gap * max(len(sizes) - 1, 0)
        wide, high = [one.width for one in sizes], [one.height for one in sizes]
        if self.down:
            return Size(max(wide, default=0), sum(high) + gaps)
        return Size(sum(wide) + gaps, max(high, default=0))

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        x, y = box.left, box.top
        last = len(self.things) - 1
        for number, (one, cell) in enumerate(zip(self.things, self._cells(), strict=True)):
            if self.down:
                place = Box(box.left, y, box.width, cell.height)
                yield one, place.inside(one.size, self.align, "middle")
                y += cell.height + self.gap
                continue
            side: Align = "middle"
            if not self.even and number in (0, last):
                side = "start" if number or box.align == "start" else "end"
            place = Box(x, box.top, cell.width, box.height)
            yield one, place.inside(one.size, "middle", self.align, side if last else box.align)
            x += cell.width + self.gap


def row(*parts: Part, gap: Gap = "near", align: Align = "middle", even: bool = False) -> Line:
    """Return things side by side.

    Args:
        parts: The things, from left to right.
        gap: How far they stand apart.
        align: Whether their tops (`start`), middles or feet (`end`) are at one height.
        even: Whether each has as much room as the widest.
    """
    return Line(tuple(map(thing, parts)), px(gap), align, down=False, even=even)


def column(*parts: Part, gap: Gap = "near", align: Align = "middle", even: bool = False) -> Line:
    """Return things one below the other.

    Args:
        parts: The things, from top to bottom.
        gap: How far they stand apart.
        align: Whether their left sides (`start`), middles or right sides (`end`) are below each other.
        even: Whether each has as much room as the highest.
    """
    return Line(tuple(map(thing, parts)), px(gap), align, down=True, even=even)


@dataclass(frozen=True, slots=True, eq=False)
class Span(Thing):
    """A cell of a grid that reaches over more than one column; see `span`."""

    inner: Thing
    columns: int

    @property
    def size(self) -> Size:
        return self.inner.size

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        yield self.inner, box


def span(part: Part, columns: int) -> Span:
    """Return a cell of a grid that reaches over that many columns; the row goes on after them."""
    return Span(thing(part), columns)


@dataclass(frozen=True, slots=True, eq=False)
class Grid(Thing):
    """Things in rows and columns; see `grid`."""

    rows: tuple[tuple[Thing, ...], ...]
    gaps: tuple[float, ...]
    row_gaps: tuple[float, ...]
    align: tuple[Align, ...]
    down: tuple[Align, ...]

    def _placed(self) -> Iterator[tuple[int, int, Thing, int]]:
        """Yield row, column, thing and how many columns it takes."""
        for number, cells in enumerate(self.rows):
            at = 0
            for cell in cells:
                wide = cell.columns if isinstance(cell, Span) else 1
                yield number, at, cell, wide
                at += wide

    def _tracks(self) -> tuple[list[float], list[float]]:
        """Return how wide the columns and how high the rows are."""
        placed = list(self._placed())
        wide = [0.0] * max((at + columns for _, at, _, columns in placed), default=0)
        high = [0.0] * len(self.rows)
        for number, at, cell, columns in sorted(placed, key=lambda one: one[3]):
            size = cell.size
            high[number] = max(high[number], size.height)
            have = sum(wide[at : at + columns]) + _total(self.gaps, at, at + columns - 1)
            for column in range(at, at + columns):
                wide[column] += max(0, size.width - have) / columns
        return wide, high

    @property
    def size(self) -> Size:
        wide, high = self._tracks()
        return Size(
            sum(wide) + _total(self.gaps, 0, len(wide) - 1), sum(high) + _total(self.row_gaps, 0, len(high) - 1)
        )

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        wide, high = self._tracks()
        for number, at, cell, columns in self._placed():
            left = box.left + sum(wide[:at]) + _total(self.gaps, 0, at)
            top = box.top + sum(high[:number]) + _total(self.row_gaps, 0, number)
            reach = sum(wide[at : at + columns]) + _total(self.gaps, at, at + columns - 1)
            place = Box(left, top, reach, high[number])
            yield cell, place.inside(cell.size, _nth(self.align, at), _nth(self.down, number))


def _total(gaps: tuple[float, ...], first: int, last: int) -> float:
    """Return how much room the gaps from one to another take."""
    return sum(_nth(gaps, at) for at in range(first, last))


_T = TypeVar("_T")


def _nth(values: tuple[_T, ...], at: int) -> _T:
    """Return the value at a place; the last one holds for all further places."""
    return values[min(at, len(values) - 1)]


def grid(
    rows: Iterable[Iterable[Part]],
    *,
    gap: Gap | Sequence[Gap] = "some",
    row_gap: Gap | Sequence[Gap] = "some",
    align: Align | Sequence[Align] = "middle",
    down: Align | Sequence[Align] = "middle",
) -> Grid:
    """Return things in rows and columns, as in a table.

    Each of the options is one value, or several from left to right or from top to bottom, whose last one holds for all
    that follow.

    Args:
        rows: The rows from top to bottom, each from left to right; `None` is an empty place.
        gap: How far the columns stand apart.
        row_gap: How far the rows stand apart.
        align: Where things stand in their columns.
        down: Where things stand in their rows.
    """
    things = tuple(tuple(map(thing, cells)) for cells in rows)
    return Grid(things, _gaps(gap), _gaps(row_gap), _aligned(align), _aligned(down))


def _gaps(gap: Gap | Sequence[Gap]) -> tuple[float, ...]:
    return (px(gap),) if isinstance(gap, str | int | float) else tuple(map(px, gap))


def _aligned(align: Align | Sequence[Align]) -> tuple[Align, ...]:
    return (align,) if isinstance(align, str) else tuple(align)


@dataclass(frozen=True, slots=True, eq=False)
class Padded(Thing):
    """Something with room around it; see `padded`."""

    inner: Thing
    across: float
    down: float

    @property
    def size(self) -> Size:
        return Size(self.inner.size.width + 2 * self.across, self.inner.size.height + 2 * self.down)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        yield self.inner, box.inside(self.inner.size, "middle", "middle", box.align)


def padded(part: Part, across: Gap = "none", down: Gap = "none") -> Padded:
    """Return something with room left free at both sides, and above and below it."""
    return Padded(thing(part), px(across), px(down))


# -- boxes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Card(Thing):
    """A rectangle with something in it; see `box` and `frame`."""

    inner: Thing
    tone: Tone = "plain"
    weight: float = 1.5
    fill: str = "none"
    round: float = 8
    dashed: bool = False
    pad: tuple[float, float] = (12, 8)
    least: Size = NOTHING
    align: Align = "middle"
    down: Align = "middle"
    title: Text | None = None
    title_inside: bool = False
    title_align: Align = "middle"

    @property
    def head(self) -> float:
        """How much room its title takes, in px."""
        return self.title.size.height + 4 if self.title else 0

    @property
    def size(self) -> Size:
        inner = self.inner.size
        titled = self.title.size.width + (2 * self.pad[0] if self.title_inside else 0) if self.title else 0
        wide = max(inner.width + 2 * self.pad[0], self.least.width, titled)
        high = max(inner.height + 2 * self.pad[1], self.least.height) + self.head
        return Size(wide, high)

    def outline(self, box: Box) -> Box:
        """Return where the rectangle is; a title may stand above it."""
        above = 0 if self.title_inside else self.head
        return Box(box.left, box.top + above, box.width, box.height - above, box.align)

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        frame = self.outline(box)
        inside = self.head if self.title_inside else 0
        if self.title:
            top = frame.top + 6 if self.title_inside else box.top
            indent = self.pad[0] if self.title_inside or self.title_align != "middle" else 0
            bar = Box(box.left + indent, top, box.width - 2 * indent, self.title.size.height)
            yield self.title, bar.inside(self.title.size, self.title_align, "start")
        hole = Box(
            frame.left + self.pad[0],
            frame.top + self.pad[1] + inside,
            frame.width - 2 * self.pad[0],
            frame.height - 2 * self.pad[1] - inside,
        )
        yield self.inner, hole.inside(self.inner.size, self.align, self.down)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(
            self.outline(box),
            COLOURS[self.tone],
            self.weight,
            fill=self.fill,
            round=self.round,
            dashed="dashed" if self.dashed else "",
        )

    def edge(self, box: Box, toward: Point) -> Point:
        return Thing.edge(self, self.outline(box), toward)


def rectangle(
    box: Box,
    stroke: str,
    weight: float = 1.5,
    *,
    fill: str = "none",
    round: float = 0,
    dashed: Literal["", "dashed", "fine"] = "",
) -> svg.Rect:
    """Return a rectangle whose stroke lies inside its box."""
    half = weight / 2 if stroke != "none" else 0
    return svg.Rect(
        x=n(box.left + half),
        y=n(box.top + half),
        width=n(max(box.width - 2 * half, 0)),
        height=n(max(box.height - 2 * half, 0)),
        rx=n(round) or None,
        fill=fill,
        stroke=None if stroke == "none" else stroke,
        stroke_width=None if stroke == "none" else n(weight),
        stroke_dasharray=[*dash] if (dash := {"dashed": (5, 4), "fine": (3, 2)}.get(dashed)) else None,
    )


CardT = TypeVar("CardT", bound=Card)


def equal(*cards: CardT, only: Literal["width", "height", ""] = "") -> list[CardT]:
    """Return boxes made as large as the largest of them, or only as wide or as high."""
    wide = 0 if only == "height" else max(one.size.width for one in cards)
    high = 0 if only == "width" else max(one.size.height - one.head for one in cards)
    least = [Size(max(wide, one.least.width), max(high, one.least.height)) for one in cards]
    return [replace(one, least=size) for one, size in zip(cards, least, strict=True)]
