"""Signs for hardware: things that one can touch. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import svg

from sitebuild.figures import metrics
from sitebuild.figures.geometry import Box, Size
from sitebuild.figures.signs import hardware_port
from sitebuild.figures.thing import CARD, COLOURS, MONO, NORMAL, SMALL, Card, Thing, n, rectangle, row


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
