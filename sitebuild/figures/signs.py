"""The signs: each stands for one kind of thing and looks the same in every figure. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import svg

from sitebuild.figures import metrics
from sitebuild.figures.geometry import Align, Box, Point, Size
from sitebuild.figures.thing import (
    CARD,
    COLOURS,
    LIT,
    MONO,
    NORMAL,
    PAPER,
    SMALL,
    TAG,
    Card,
    Line,
    Part,
    Round,
    Text,
    Thing,
    Tone,
    column,
    grid,
    n,
    padded,
    rectangle,
    row,
    text,
    thing,
)

# -- sockets -----------------------------------------------------------------------------------------------------------

_ACROSS = 28
"""How large a socket is drawn, in px."""


@dataclass(frozen=True, slots=True, eq=False)
class Socket(Round):
    """A socket; see `listening`, `connected`, `socket` and `ended`."""

    state: Literal["listening", "connected", "neither", "ended"]
    letter: str = ""

    @property
    def size(self) -> Size:
        return Size(_ACROSS, _ACROSS)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        x, y = box.middle
        half = _ACROSS / 2
        match self.state:
            case "listening":
                stroke = COLOURS["listener"]
                yield svg.Circle(cx=n(x), cy=n(y), r=half - 2.5, fill=CARD, stroke=stroke, stroke_width=5)
            case "connected":
                yield svg.Circle(cx=n(x), cy=n(y), r=half, fill=COLOURS["socket"])
            case "neither":
                corners = (0, -half), (half, 0), (0, half), (-half, 0)
                points = [svg.Point(n(x + across), n(y + down)) for across, down in corners]
                yield svg.Polygon(points=points, fill=COLOURS["socket"])
            case "ended":
                stroke = COLOURS["control"]
                yield svg.Circle(
                    cx=n(x), cy=n(y), r=half - 1, fill=PAPER, stroke=stroke, stroke_width=2, stroke_dasharray=[4, 3]
                )
        if self.letter:
            filled = self.state in ("connected", "neither")
            yield _letters(self.letter, (x, y), NORMAL, bold=True, fill=PAPER if filled else None)

    def edge(self, box: Box, toward: Point) -> Point:
        if self.state != "neither":
            return Round.edge(self, box, toward)
        x, y = box.middle
        across, down = toward[0] - x, toward[1] - y
        reach = (abs(across) + abs(down)) or 1
        return x + across * _ACROSS / 2 / reach, y + down * _ACROSS / 2 / reach


def listening(letter: str = "") -> Socket:
    """Return a listening socket: a ring, perhaps with a letter in it."""
    return Socket("listening", letter)


def connected(letter: str = "") -> Socket:
    """Return a connected socket: a disc, perhaps with a letter in it."""
    return Socket("connected", letter)


def socket(letter: str = "") -> Socket:
    """Return a socket that neither listens nor is connected, fresh, bound or of UDP: a diamond."""
    return Socket("neither", letter)


def ended(letter: str = "") -> Socket:
    """Return an end of a connection that is over, closed or in TIME-WAIT: a dashed circle."""
    return Socket("ended", letter)


def _letters(
    words: str, at: Point, size: float, *, bold: bool = False, mono: bool = False, fill: str | None = None
) -> svg.Text:
    return svg.Text(
        x=n(at[0]),
        y=n(at[1] + size * 0.35),
        text_anchor="middle",
        text=words,
        font_size=None if size == NORMAL else size,
        font_weight="bold" if bold else None,
        font_family=MONO if mono else None,
        fill=fill,
    )


def descriptor(number: int) -> Card:
    """Return a descriptor, a program's number for a socket: a ticket with round ends."""
    return Card(text(f"`{number}`"), weight=2.5, fill=CARD, round=14, pad=(14, 5))


# -- names on the network ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Port(Thing):
    """A port number; see `port`."""

    number: str
    strong: bool = False

    @property
    def size(self) -> Size:
        wide = metrics.width(self.number, NORMAL, bold=self.strong, mono=True)
        return Size(max(wide + 18, 38), 26)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        fill = TAG if self.strong else "none"
        yield rectangle(box, COLOURS["port"], 2.5 if self.strong else 2, fill=fill, round=7)
        yield _letters(self.number, box.middle, NORMAL, bold=self.strong, mono=True)


def port(number: int | str, *, strong: bool = False) -> Port:
    """Return a port number: a tag. A strong one is the one that the figure is about."""
    return Port(str(number), strong)


@dataclass(frozen=True, slots=True, eq=False)
class Address(Thing):
    """An IP address, or the path of a Unix-domain socket; see `address`."""

    words: str
    font: float = NORMAL

    @property
    def size(self) -> Size:
        return Size(metrics.width(self.words, self.font, mono=True) + 4, 26)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield _letters(self.words, (box.middle[0], box.middle[1] - 1), self.font, mono=True)
        yield svg.Path(
            d=[svg.M(n(box.left), n(box.bottom - 2)), svg.H(n(box.right))],
            stroke="currentColor",
            stroke_width=2,
        )


def address(words: str, *, small: bool = False) -> Address:
    """Return an IP address, or the path of a Unix-domain socket: underlined, in the font of programs."""
    return Address(words, SMALL if small else NORMAL)


def endpoint(ip: str, number: int | str, *, strong: bool = False) -> Line:
    """Return an IP address with a port."""
    return row(address(ip), port(number, strong=strong))


# -- what travels ------------------------------------------------------------------------------------------------------


def packet(content: Part, *, lit: bool = False) -> Card:
    """Return a packet, with what it says: words or other things."""
    inner = text(content, small=True) if isinstance(content, str) else thing(content)
    return Card(inner, tone="data", weight=2, fill=LIT if lit else CARD, round=3, pad=(8, 4))


def lit(words: str) -> Card:
    """Return words that are lit, as with a marker: what has changed, what decides."""
    return Card(text(words, small=True), tone="none", fill=LIT, round=3, pad=(4, 0))


def addressed(source: str, destination: str, *, rewritten: Literal["source", "destination", ""] = "") -> Card:
    """Return a packet with whom it comes from and whom it is for.

    Args:
        source: The sender, as `192.0.2.9:50312`.
        destination: The receiver.
        rewritten: Which of them was rewritten on the way; it is lit.
    """
    rows = [
        [text(name, small=True), lit(f"`{end}`") if which == rewritten else padded(text(f"`{end}`", small=True), 4)]
        for name, which, end in (("from", "source", source), ("to", "destination", destination))
    ]
    return packet(grid(rows, gap="tight", row_gap="none", align="start"))


@dataclass(frozen=True, slots=True, eq=False)
class Envelope(Thing):
    """A datagram; see `datagram`."""

    words: str

    @property
    def size(self) -> Size:
        return Size(max(metrics.width(self.words, SMALL, mono=True) + 14, 56), 38)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(box, COLOURS["data"], 2, fill=CARD, round=3)
        middle = n(box.middle[0]), n(box.top + 15)
        flap = [svg.M(n(box.left + 2), n(box.top + 2)), svg.L(*middle), svg.L(n(box.right - 2), n(box.top + 2))]
        yield svg.Path(d=[*flap], fill="none", stroke=COLOURS["data"], stroke_width=1.5)
        if self.words:
            yield _letters(self.words, (box.middle[0], box.bottom - 10), SMALL, mono=True)


def datagram(words: str | int = "") -> Envelope:
    """Return a datagram: an envelope, with a word on it such as the port it is for."""
    return Envelope(str(words))


@dataclass(frozen=True, slots=True, eq=False)
class Buffer(Thing):
    """A buffer; see `buffer`."""

    full: int
    of: int

    @property
    def size(self) -> Size:
        return Size(self.of * 13 + 9, 28)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(box, COLOURS["data"], 2, fill=CARD, round=3)
        for number in range(self.full):
            place = Box(box.left + 6 + number * 13, box.top + 6, 10, box.height - 12)
            yield rectangle(place, "none", fill=COLOURS["data"])


def buffer(full: int, of: int = 6) -> Buffer:
    """Return a buffer in which that many of its places are taken."""
    return Buffer(full, of)


# -- places ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Hexagon(Thing):
    """A hardware port; see `hardware_port`."""

    words: str = ""
    full: bool = False
    across: float = 40

    @property
    def size(self) -> Size:
        wide = self.across
        return Size(wide, round(wide * 0.87))

    def paint(self, box: Box) -> Iterator[svg.Element]:
        x, y = box.middle
        high, flat = box.height / 2 - 1.5, box.width / 4
        side = box.width / 2 - 1.5
        weight = 4 if self.across > 50 else 3 if self.across > 30 else 2
        corners = ((side, 0), (flat, high), (-flat, high), (-side, 0), (-flat, -high), (flat, -high))
        points = [svg.Point(n(x + across), n(y + down)) for across, down in corners]
        fill = COLOURS["hardware"] if self.full else CARD
        yield svg.Polygon(points=points, fill=fill, stroke=COLOURS["hardware"], stroke_width=weight)
        if self.words:
            yield _letters(self.words, (x, y), NORMAL, bold=True, fill=PAPER if self.full else None)


def hardware_port(words: str = "", *, full: bool = False, large: bool = False, small: bool = False) -> Hexagon:
    """Return a hardware port: a hexagon, perhaps with a number in it, perhaps filled."""
    return Hexagon(words, full, 56 if large else 22 if small else 40)


def box(
    content: Part,
    *,
    tone: Tone = "plain",
    dashed: bool = False,
    lit: bool = False,
    thick: bool = False,
    rounded: bool = False,
    align: Align = "middle",
) -> Card:
    """Return a box with words or things in it: a step, a state, a call.

    Args:
        content: What stands in it.
        tone: The colour of its outline.
        dashed: Whether the outline is dashed.
        lit: Whether it is lit: it is what the figure is about.
        thick: Whether the outline is thick.
        rounded: Whether its ends are round.
        align: To which side what stands in it is set.
    """
    inner = thing(content)
    high = inner.size.height + 16
    return Card(
        inner,
        tone=tone,
        weight=2.5 if thick else 1.5,
        fill=LIT if lit else CARD,
        round=min(high / 2, 18) if rounded else 8,
        dashed=dashed,
        align=align,
        pad=(14 if rounded else 10, 8),
    )


def thread(content: Part) -> Card:
    """Return a thread or process: a dashed box."""
    return box(content, dashed=True, tone="control")


def task(content: Part) -> Card:
    """Return a task of asyncio: a dashed box with round ends."""
    return box(content, dashed=True, tone="control", rounded=True)


def machine(title: str, *content: Part, align: Align = "middle") -> Card:
    """Return a machine, a host or a router: a thick frame below its name, with things one below the other in it."""
    return _frame(title, content, align, weight=2.5, round=14)


def program(title: str, *content: Part, align: Align = "middle") -> Card:
    """Return a program or a kernel, a part of a machine: a thin frame below its name, with things in it."""
    return _frame(title, content, align, weight=1.2, round=10)


def kernel(*content: Part, title: str = "kernel", align: Align = "middle") -> Card:
    """Return the kernel of a machine: a thin frame below the word, with things in it."""
    return _frame(title, content, align, weight=1.2, round=10)


def _frame(title: str, content: tuple[Part, ...], align: Align, weight: float, round: float) -> Card:
    return Card(
        column(*content, gap="some", align=align) if len(content) != 1 else thing(content[0]),
        tone="soft",
        weight=weight,
        round=round,
        pad=(14, 14),
        align=align,
        title=text(title) if title else None,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Frame(Thing):
    """A frame around what stands on a sheet already; see `Sheet.frame`."""

    tone: Tone
    dashed: bool
    thick: bool

    @property
    def size(self) -> Size:
        return Size(0, 0)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        weight, corner = (2.5, 14) if self.thick else (1.2, 10)
        yield rectangle(box, COLOURS[self.tone], weight, round=corner, dashed="dashed" if self.dashed else "")


# -- marks -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Mark(Round):
    """A cross or a hook; see `cross` and `tick`."""

    good: bool

    @property
    def size(self) -> Size:
        return Size(16, 16)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        left, top, right, bottom = n(box.left + 2), n(box.top + 2), n(box.right - 2), n(box.bottom - 2)
        if self.good:
            knee = n(box.left + 6), bottom
            shape = [svg.M(left, n(box.top + 8)), svg.L(*knee), svg.L(right, n(box.top + 3))]
        else:
            shape = [svg.M(left, top), svg.L(right, bottom), svg.M(right, top), svg.L(left, bottom)]
        tone: Tone = "socket" if self.good else "end"
        yield svg.Path(d=[*shape], fill="none", stroke=COLOURS[tone], stroke_width=3)


def cross() -> Mark:
    """Return the sign for refused, for what fails: a cross."""
    return Mark(good=False)


def tick() -> Mark:
    """Return the sign for what works: a hook."""
    return Mark(good=True)


@dataclass(frozen=True, slots=True, eq=False)
class Wall(Thing):
    """A firewall; see `firewall`."""

    high: float

    @property
    def size(self) -> Size:
        return Size(10, self.high)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(box, "none", fill=COLOURS["end"])


def firewall(lanes: int = 2) -> Wall:
    """Return a firewall: a bar across that many lanes."""
    return Wall(lanes * 28)


@dataclass(frozen=True, slots=True, eq=False)
class Dot(Round):
    """A place where ways part; see `dot`."""

    tone: Tone = "plain"
    across: float = field(default=12)

    @property
    def size(self) -> Size:
        return Size(self.across, self.across)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        x, y = box.middle
        yield svg.Circle(cx=n(x), cy=n(y), r=n(self.across / 2), fill=COLOURS[self.tone])


def dot(tone: Tone = "plain") -> Dot:
    """Return a dot: a place where ways part, or a moment."""
    return Dot(tone)


# -- signs with words --------------------------------------------------------------------------------------------------


def named(sign: Thing, words: str, *, beside: bool = False, small: bool = False) -> Line:
    """Return a sign with its name below it, or beside it. An arrow goes to the sign, not to this."""
    name = text(words, small=small)
    return row(sign, name) if beside else column(sign, name, gap="tight")


_LINK = "page:"
"""What the address of a link in a drawing begins with; the page that shows it knows the way from there."""


@dataclass(frozen=True, slots=True, eq=False)
class Link(Thing):
    """Words that lead to a page; see `link`."""

    words: Text
    page: str
    number: str
    beside: bool

    @property
    def size(self) -> Size:
        words = self.words.size
        if not self.number:
            return Size(words.width + 8, words.height + 8)
        if self.beside:
            return Size(words.width + 34, max(words.height, 22) + 4)
        return Size(words.width + 8, words.height + 34)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        drawn: list[svg.Element] = [
            svg.Rect(
                class_=["hit"],
                x=n(box.left),
                y=n(box.top),
                width=n(box.width),
                height=n(box.height),
                rx=6,
                fill=PAPER,
            )
        ]
        words = self.words.size
        left, top = box.left + 4, box.top + 4
        if self.number:
            x, y = (box.left + 14, box.middle[1]) if self.beside else (box.middle[0], box.top + 14)
            drawn.append(svg.Circle(cx=n(x), cy=n(y), r=11, fill=PAPER, stroke="currentColor", stroke_width=1.5))
            drawn.append(_letters(self.number, (x, y), NORMAL, bold=True))
            left, top = (box.left + 30, box.middle[1] - words.height / 2) if self.beside else (left, box.top + 28)
        align: Align = "start" if self.beside else box.align
        for line in self.words.paint(Box(left, top, words.width, words.height, align)):
            if isinstance(line, svg.Text):
                line.text_decoration = "underline"
            drawn.append(line)
        yield svg.A(href=f"{_LINK}{self.page}", elements=drawn)


def link(words: str, page: str, *, number: int | str = "", beside: bool = False, small: bool = False) -> Link:
    """Return words that lead to a page.

    Args:
        words: The words.
        page: The page, perhaps with a section, as `start/the-words.md#hardware-port`.
        number: A number in a circle above the words.
        beside: Whether the number stands beside them.
        small: Whether they are small.
    """
    bold = "\n".join(f"**{line}**" for line in words.split("\n"))
    return Link(text(bold, small=small), page, str(number), beside)
