"""Draws a connector from the front: small, for a plate, and large, with its contacts numbered. Pure.

A drawing is SVG as elements. All in it is derived from the catalogue: the outline is to scale where the size has a
source, and says so where it has none.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from socktrace.connectors.catalogue import KINDS, Connector, Pin, Point

MARGIN = 0.5
"""What is left free around the outline of a small drawing, in mm."""

_LETTER = 7.4
"""How wide a letter of 13 px is at most, on average, in px."""

_FRAME = 14
_LINE = 18
_TALLEST, _TALLEST_NARROW = 300, 220
_UPRIGHT = 11
"""How far apart upright words of 13 px must be at least, in px."""

_LEAST = 5
"""How small a contact is drawn at least, in px."""

_BARS = (0.5, 1, 2, 5, 10, 20)


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


def small(connector: Connector) -> Element:
    """Return a drawing without words, whose unit is the mm; how large it comes out is for the page to say."""
    width, height = connector.face.box
    box = f"{-MARGIN} {-MARGIN} {_n(width + 2 * MARGIN)} {_n(height + 2 * MARGIN)}"
    svg = Element("svg", {"viewBox": box, "class": "sk-face", "aria-hidden": "true"})
    svg.set("style", f"--w:{_n(width + 2 * MARGIN)};--h:{_n(height + 2 * MARGIN)}")
    _face(svg, connector, Pen(1))
    for pin in connector.pins:
        _contact(svg, connector, pin, Pen(1), (0, 0))
    return svg


def large(connector: Connector, width: int, id: str) -> Element:
    """Return a drawing with each contact numbered, named and linked to its row in the table of contacts.

    Args:
        connector: What to draw.
        width: How wide the drawing is to be, in px.
        id: What the ids in the drawing begin with. A row of the table has the id `CONNECTOR-contact-NUMBER`.
    """
    layout = _Layout.of(connector, width)
    size = {"width": str(width), "height": str(layout.height), "viewBox": f"0 0 {width} {layout.height}"}
    named = {"role": "group", "aria-labelledby": f"{id}-t", "aria-describedby": f"{id}-d"}
    svg = Element("svg", {**size, **named, "text-anchor": "middle"})
    SubElement(svg, "title", {"id": f"{id}-t"}).text = f"{connector.name}, from the front"
    SubElement(svg, "desc", {"id": f"{id}-d"}).text = _described(connector)
    back = SubElement(svg, "g", {"aria-hidden": "true"})
    _case(back, connector, layout.pen)
    _face(back, connector, layout.pen)
    _measure(back, connector, layout)
    for row in layout.rows:
        for pin in row.pins:
            _linked(svg, connector, pin, row, layout)
    return svg


# -- where things go ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """How the words of one row of contacts are written.

    Args:
        pins: Its contacts.
        pitch: How far they are apart at least, in px.
        outer: Whether it is the first or the last row.
        down: Whether the numbers stand below the contacts.
    """

    pins: tuple[Pin, ...]
    pitch: float
    outer: bool
    down: bool

    @property
    def numbered(self) -> bool:
        """Whether the numbers fit beside the contacts."""
        return max(len(pin.number) for pin in self.pins) * _LETTER + 5 <= self.pitch

    @property
    def names(self) -> str:
        """How the names are written: across if they fit, else upright outside the connector, or not at all."""
        if max(len(pin.name) for pin in self.pins) * _LETTER + 6 <= self.pitch:
            return "across"
        return "upright" if self.outer and self.pitch >= _UPRIGHT else "none"

    def label(self, pin: Pin) -> str:
        """Return the name of a contact, with its number where that does not stand beside the contact."""
        return pin.name if self.numbered else f"{pin.number} {pin.name}"

    @property
    def room(self) -> float:
        """How much room the names need outside the connector, in px."""
        if self.names == "upright":
            return max(len(self.label(pin)) for pin in self.pins) * _LETTER + 14
        return 22 if self.names == "across" and self.outer else 0


@dataclass(frozen=True, slots=True)
class _Layout:
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
    rows: tuple[_Row, ...]

    @classmethod
    def of(cls, connector: Connector, width: int) -> _Layout:
        box = connector.face.box
        scale = min((width - 2 * _FRAME - 4) / box[0], (_TALLEST if width > 400 else _TALLEST_NARROW) / box[1])
        rows = tuple(_rows(connector, scale))
        above = max((row.room for row in rows if not row.down), default=0)
        below = max((row.room for row in rows if row.down), default=0)
        top = above + _FRAME + 2
        foot = top + box[1] * scale + _FRAME + below
        lines = max((len(_readout(pin, width)) for pin in connector.pins), default=0)
        pen = Pen(scale, (width - box[0] * scale) / 2, top)
        return cls(width, round(foot + (lines + 1) * _LINE + 12), pen, foot, rows)


def _rows(connector: Connector, scale: float) -> Iterator[_Row]:
    width, height = connector.face.box
    last = max((pin.row for pin in connector.pins), default=-1)
    for number in range(last + 1):
        pins = tuple(pin for pin in connector.pins if pin.row == number)
        pitch = min((abs(a.at[0] - b.at[0]) for a, b in pairwise(pins)), default=width) * scale
        down = number > 0 or (last == 0 and pins[0].at[1] < 0.6 * height)
        yield _Row(pins, pitch, number in (0, last), down)


# -- the connector itself ----------------------------------------------------------------------------------------------


def _case(parent: Element, connector: Connector, pen: Pen) -> None:
    width, height = (one * pen.scale + 2 * _FRAME for one in connector.face.box)
    _rect(parent, "sk-case", (pen.left - _FRAME, pen.top - _FRAME), (width, height), 6)


def _face(parent: Element, connector: Connector, pen: Pen) -> None:
    face = connector.face
    sure = "sk-outline" if connector.size else "sk-outline sk-unsure"
    if face.outline:
        points = [pen.at(corner) for corner in face.outline]
        SubElement(parent, "path", {"class": sure, "d": rounded(points, face.round * pen.scale)})
    else:
        x, y = pen.at((face.box[0] / 2, face.box[1] / 2))
        radii = {"rx": _n(face.box[0] / 2 * pen.scale), "ry": _n(face.box[1] / 2 * pen.scale)}
        SubElement(parent, "ellipse", {"class": sure, "cx": _n(x), "cy": _n(y), **radii})
    for left, top, width, height in face.solids:
        _rect(parent, "sk-solid", pen.at((left, top)), (width * pen.scale, height * pen.scale))
    for cx, cy, radius in face.rings:
        x, y = pen.at((cx, cy))
        SubElement(parent, "circle", {"class": "sk-solid", "cx": _n(x), "cy": _n(y), "r": _n(radius * pen.scale)})


def rounded(points: list[Point], radius: float) -> str:
    """Return the path of a polygon whose corners are rounded off.

    Args:
        points: Its corners, clockwise.
        radius: The radius of its corners; where an edge is too short for it, the corner gets a smaller one.
    """
    parts: list[str] = []
    for index, here in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        to_before, to_after = _unit(here, before), _unit(here, after)
        angle = math.acos(max(-1, min(1, to_before[0] * to_after[0] + to_before[1] * to_after[1])))
        half = min(math.dist(here, before), math.dist(here, after)) / 2
        cut = min(radius / math.tan(angle / 2), half) if radius and angle < math.pi - 0.01 else 0
        start = here[0] + to_before[0] * cut, here[1] + to_before[1] * cut
        end = here[0] + to_after[0] * cut, here[1] + to_after[1] * cut
        parts.append(f"{'L' if parts else 'M'}{_n(start[0])} {_n(start[1])}")
        if cut:
            cross = to_before[0] * to_after[1] - to_before[1] * to_after[0]
            bend = _n(cut * math.tan(angle / 2))
            parts.append(f"A{bend} {bend} 0 0 {int(cross < 0)} {_n(end[0])} {_n(end[1])}")
    return "".join(parts) + "Z"


def _unit(here: Point, there: Point) -> Point:
    distance = math.dist(here, there)
    return (there[0] - here[0]) / distance, (there[1] - here[1]) / distance


def _contact(parent: Element, connector: Connector, pin: Pin, pen: Pen, least: Point) -> None:
    x, y = pen.at(pin.at)
    width, height = (max(one * pen.scale, low) for one, low in zip(connector.face.pad, least, strict=True))
    name = f"sk-mark sk-{pin.kind}"
    if connector.face.contact in ("pin", "hole"):
        SubElement(parent, "circle", {"class": name, "cx": _n(x), "cy": _n(y), "r": _n(width / 2)})
    else:
        _rect(parent, name, (x - width / 2, y - height / 2), (width, height))


# -- words -------------------------------------------------------------------------------------------------------------


def _linked(svg: Element, connector: Connector, pin: Pin, row: _Row, layout: _Layout) -> None:
    """Draw a contact as a link to its row in the table, with its words, some of which show when it is pointed at."""
    label = f"Contact {pin.number}, {pin.name}: {KINDS[pin.kind]}, {pin.says}"
    link = SubElement(svg, "a", {"href": f"#{row_id(connector, pin)}", "class": "sk-contact", "aria-label": label})
    x, y = layout.pen.at(pin.at)
    reach = max(connector.face.pad[1] * layout.pen.scale, _LEAST) / 2
    beside = y + reach + 13 if row.down else y - reach - 4
    target = min(row.pitch, 44)
    _rect(link, "sk-hit", (x - target / 2, min(y - reach, beside - 12)), (target, 2 * reach + 17))
    _contact(link, connector, pin, layout.pen, (_LEAST, _LEAST))
    if row.numbered:
        _text(link, pin.number, x, beside, {"class": "sk-number"})
    top = layout.pen.top - _FRAME
    bottom = layout.pen.top + connector.face.box[1] * layout.pen.scale + _FRAME
    if row.names == "upright":
        turn = bottom + 6 if row.down else top - 6
        side = {"text-anchor": "end" if row.down else "start", "transform": f"rotate(-90 {_n(x)} {_n(turn)})"}
        _text(link, row.label(pin), x, turn + 4.5, side)
    elif row.names == "across":
        outside = bottom + 16 if row.down else top - 7
        _text(link, row.label(pin), x, outside if row.outer else beside + 14, {})
    for number, line in enumerate(_readout(pin, layout.width)):
        style = {"class": "sk-readout", "font-weight": "bold"} if number == 0 else {"class": "sk-readout"}
        _text(link, line, layout.width / 2, layout.foot + (number + 2) * _LINE, style)


def row_id(connector: Connector, pin: Pin) -> str:
    """Return the id of the row that a table of contacts has for one of them."""
    return f"{connector.id}-contact-{pin.number.lower()}"


def _readout(pin: Pin, width: int) -> list[str]:
    return [f"{pin.number} {pin.name} ({KINDS[pin.kind]})", *textwrap.wrap(pin.says, int(width / _LETTER))]


def _measure(parent: Element, connector: Connector, layout: _Layout) -> None:
    """Draw a bar of a round number of mm, or say that the size is not known."""
    y = layout.foot + _LINE
    if not connector.size:
        _text(parent, "Shape only, not to scale", layout.width / 2, y, {"class": "sk-scale"})
        return
    bar = next((one for one in _BARS if one * layout.pen.scale >= 40), _BARS[-1])
    long = bar * layout.pen.scale
    x = layout.pen.left
    path = f"M{_n(x)} {_n(y - 9)}v8h{_n(long)}v-8"
    SubElement(parent, "path", {"class": "sk-bar-mm", "d": path})
    _text(parent, f"{bar:g} mm", x + long + 8, y, {"class": "sk-scale", "text-anchor": "start"})


def _described(connector: Connector) -> str:
    size = f"{connector.facts['size'].value}, to scale" if connector.size else "shape only, not to scale"
    words = [connector.looks.rstrip(".") + ".", f"Drawn: {size}."]
    rows = [row.pins for row in _rows(connector, 1)]
    if rows:
        lists = "; ".join(", ".join(f"{pin.number} {pin.name}" for pin in row) for row in rows)
        how = "in rows from the top" if len(rows) > 1 else "in one row"
        words.append(f"Contacts, seen {connector.seen}, {how}: {lists}.")
    return " ".join(words)


def _text(parent: Element, words: str, x: float, y: float, attributes: dict[str, str]) -> None:
    SubElement(parent, "text", {"x": _n(x), "y": _n(y), **attributes}).text = words


def _rect(parent: Element, name: str, at: Point, size: Point, round: float = 0) -> None:
    attributes = {"class": name, "x": _n(at[0]), "y": _n(at[1]), "width": _n(size[0]), "height": _n(size[1])}
    SubElement(parent, "rect", attributes | ({"rx": _n(round)} if round else {}))


def _n(number: float) -> str:
    return f"{round(number, 3):g}"
