"""Signs for hardware: things that one can touch. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import svg

from sitebuild.figures import metrics
from sitebuild.figures.geometry import Box, Side, Size
from sitebuild.figures.signs import hardware_port
from sitebuild.figures.thing import CARD, COLOURS, MONO, NORMAL, SMALL, Card, Text, Thing, n, rectangle, row, text


@dataclass(frozen=True, slots=True, eq=False)
class Chip(Thing):
    """An address on a processor's bus; see `io_port`."""

    words: str

    @property
    def size(self) -> Size:
        return Size(metrics.width(self.words, SMALL, mono=True) + 20, 44)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        body = Box(box.left, box.top + 6, box.width, box.height - 12)
        legs: list[svg.PathData] = []
        for share in (0.2, 0.5, 0.8):
            x = n(box.left + box.width * share)
            legs += [svg.M(x, n(box.top)), svg.V(n(body.top)), svg.M(x, n(body.bottom)), svg.V(n(box.bottom))]
        yield svg.Path(d=legs, stroke="currentColor", stroke_width=2)
        yield rectangle(body, "currentColor", 2, fill=CARD)
        x, y = box.middle
        yield svg.Text(x=n(x), y=n(y + 4.5), text=self.words, font_size=SMALL, font_family=MONO, text_anchor="middle")


def io_port(number: str) -> Chip:
    """Return an I/O port of a processor, with its number: a chip with legs."""
    return Chip(number)


def switch(ports: int = 3) -> Card:
    """Return a network switch: a case with hardware ports in it."""
    return Card(row(*(hardware_port(small=True) for _ in range(ports)), gap="tight"), weight=2, round=5, pad=(6, 8))


@dataclass(frozen=True, slots=True, eq=False)
class Holes(Thing):
    """A square with holes; see `cpu_socket` and `wall_socket`."""

    columns: int
    rows: int
    radius: float
    pitch: float
    round: float

    @property
    def size(self) -> Size:
        return Size(50, 50)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(box, COLOURS["hardware"], 4, fill=CARD, round=self.round)
        x, y = box.middle
        for across in range(self.columns):
            for down in range(self.rows):
                cx = x + (across - (self.columns - 1) / 2) * self.pitch
                cy = y + (down - (self.rows - 1) / 2) * self.pitch
                yield svg.Circle(cx=n(cx), cy=n(cy), r=self.radius, fill=COLOURS["hardware"])


def cpu_socket() -> Holes:
    """Return the socket of a processor: a square with many holes."""
    return Holes(4, 4, 2, 8, 4)


def wall_socket() -> Holes:
    """Return a wall socket: a square with two holes."""
    return Holes(2, 1, 4.5, 18, 10)


@dataclass(frozen=True, slots=True, eq=False)
class Contact(Thing):
    """A contact of a plug; see `contact`."""

    words: str

    @property
    def size(self) -> Size:
        return Size(max(22, metrics.width(self.words, NORMAL) + 10), 22)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(box, COLOURS["hardware"], 2, fill=CARD, round=3)
        x, y = box.middle
        yield svg.Text(x=n(x), y=n(y + 5), text=self.words, text_anchor="middle")


def contact(number: int | str) -> Contact:
    """Return a contact of a plug or a jack, with its number: a small square."""
    return Contact(str(number))


@dataclass(frozen=True, slots=True, eq=False)
class Outlet(Thing):
    """A wall with a socket, seen from the side; see `outlet`."""

    above: bool

    @property
    def size(self) -> Size:
        return Size(74, 26) if self.above else Size(36, 150)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        wall = Box(box.left, box.top, box.width, 14) if self.above else Box(box.left, box.top, 22, box.height)
        shade = rectangle(wall, "none", fill="currentColor")
        shade.fill_opacity = 0.12
        yield shade
        edge: list[svg.PathData] = [svg.M(n(wall.left), n(wall.bottom)), svg.h(n(wall.width))]
        if not self.above:
            edge = [svg.M(n(wall.right), n(wall.top)), svg.v(n(wall.height))]
        yield svg.Path(d=edge, stroke=COLOURS["control"], stroke_width=2)
        x, y = box.middle
        socket = Box(x - 24, wall.bottom, 48, 12) if self.above else Box(wall.right, y - 24, 13, 48)
        yield rectangle(socket, COLOURS["hardware"], 3, fill=CARD, round=3)


def outlet(*, above: bool = False) -> Outlet:
    """Return a wall with a socket at its right side, or, above what follows, at its foot. See `Sheet.cord`."""
    return Outlet(above)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkCard(Thing):
    """A card with contacts at its foot; see `network_card`."""

    @property
    def size(self) -> Size:
        return Size(46, 40)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        body = Box(box.left, box.top, box.width, box.height - 7)
        yield rectangle(body, COLOURS["hardware"], 3, fill=CARD, round=2)
        legs: list[svg.PathData] = []
        for number in range(4):
            legs += [svg.M(n(box.left + 12 + number * 8), n(body.bottom)), svg.v(7)]
        yield svg.Path(d=legs, stroke=COLOURS["hardware"], stroke_width=3)


def network_card() -> NetworkCard:
    """Return a network card: a board with contacts at its foot."""
    return NetworkCard()


# -- connectors of which one goes into the other -----------------------------------------------------------------------

_HALF, _PIN, _APART = 46, (16, 9), 20
"""How large one half of a connector is, how long and thick its pins are, and how far these are apart, in px."""


@dataclass(frozen=True, slots=True, eq=False)
class Half(Thing):
    """One half of a connector, seen from the side; see `with_pins` and `with_holes`."""

    pins: bool
    side: Side

    @property
    def size(self) -> Size:
        long = _HALF + (_PIN[0] if self.pins else 0)
        return Size(long, _HALF) if self.side in ("left", "right") else Size(_HALF, long)

    def paint(self, box: Box) -> Iterator[svg.Element]:
        yield rectangle(self._body(box), COLOURS["hardware"], 3, fill=CARD, round=6)
        long, thick = _PIN
        for away in (-_APART / 2, _APART / 2):
            x, y = box.middle
            if self.side in ("left", "right"):
                left = box.left if self.side == "left" else box.right - long
                place = Box(left, y + away - thick / 2, long, thick)
            else:
                top = box.top if self.side == "top" else box.bottom - long
                place = Box(x + away - thick / 2, top, thick, long)
            yield rectangle(place, "none", fill=COLOURS["hardware"])

    def _body(self, box: Box) -> Box:
        out = _PIN[0] if self.pins else 0
        left = box.left + (out if self.side == "left" else 0)
        top = box.top + (out if self.side == "top" else 0)
        return Box(left, top, _HALF, _HALF)


def with_pins(side: Side) -> Half:
    """Return the half of a connector that has pins, at the side that is named."""
    return Half(True, side)


def with_holes(side: Side) -> Half:
    """Return the half of a connector that has holes, at the side that is named."""
    return Half(False, side)


_PLUG, _LINE = 32, 22
"""How thick the plug for headphones is, and a line of words above or below it, in px."""


@dataclass(frozen=True, slots=True, eq=False)
class AudioPlug(Thing):
    """A plug for headphones, lying; see `audio_plug`."""

    contacts: tuple[Text, ...]
    above: tuple[tuple[Text, ...], ...]
    below: tuple[tuple[Text, ...], ...]

    @property
    def _pitch(self) -> float:
        rows = (self.contacts, *self.above, *self.below)
        return max(word.size.width for line in rows for word in line) + 6

    @property
    def size(self) -> Size:
        return Size(self._pitch * len(self.contacts) + 40, _PLUG + _LINE * (len(self.above) + len(self.below)))

    def parts(self, box: Box) -> Iterator[tuple[Thing, Box]]:
        top = box.top
        for line, high in (
            *((one, _LINE) for one in self.above),
            (self.contacts, _PLUG),
            *((one, _LINE) for one in self.below),
        ):
            for number, word in enumerate(line):
                cell = Box(box.left + self._pitch * number, top, self._pitch, high)
                yield word, cell.inside(word.size, "middle", "middle")
            top += high

    def paint(self, box: Box) -> Iterator[svg.Element]:
        top = box.top + _LINE * len(self.above)
        right = box.left + self._pitch * len(self.contacts)
        tip = [svg.M(n(box.left + 14), n(top + 1)), svg.H(n(right)), svg.v(_PLUG - 2), svg.H(n(box.left + 14))]
        nose = [svg.L(n(box.left + 1), n(top + _PLUG / 2)), svg.Z()]
        yield svg.Path(d=[*tip, *nose], fill=CARD, stroke=COLOURS["hardware"], stroke_width=2, stroke_linejoin="round")
        for number in range(1, len(self.contacts)):
            place = Box(box.left + self._pitch * number - 3, top, 6, _PLUG)
            yield rectangle(place, "none", fill=COLOURS["hardware"])
        yield rectangle(Box(right, top - 6, 40, _PLUG + 12), COLOURS["hardware"], 3, fill=CARD, round=8)


def audio_plug(
    contacts: Sequence[str], *, above: Sequence[Sequence[str]] = (), below: Sequence[Sequence[str]] = ()
) -> AudioPlug:
    """Return a plug for headphones, its tip at the left.

    Args:
        contacts: The names of its contacts, from the tip to the cable.
        above: Lines of words above it, one word for each contact.
        below: Lines of words below it.
    """

    def words(line: Sequence[str]) -> tuple[Text, ...]:
        return tuple(text(word, small=True) for word in line)

    return AudioPlug(words(contacts), tuple(map(words, above)), tuple(map(words, below)))
