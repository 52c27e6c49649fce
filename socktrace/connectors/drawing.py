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
_TALLEST = {True: 300, False: 220}
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
    svg = Element(
        "svg",
        {**size, "text-anchor": "middle", "role": "group", "aria-labelledby": f"{id}-t", "aria-describedby": f"{id}-d"},
    )
    SubElement(svg, "title", {"id": f"{id}-t"}).text = f"{connector.name}, from the front"
    SubElement(svg, "desc", {"id": f"{id}-d"}).text = _described(connector)
    back = SubElement(svg, "g", {"aria-hidden": "true"})
    pen = layout.pen
    box = connector.face.box
    _rect(
        back,
        "sk-case",
        (pen.left - _FRAME, pen.top - _FRAME),
        (box[0] * pen.scale + 2 * _FRAME, box[1] * pen.scale + 2 * _FRAME),
        6,
    )
    _face(back, connector, pen)
    _measure(back, connector, layout)
    for pin in connector.pins:
        _linked(svg, connector, pin, layout)
    return svg


# -- where things go -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the parts of a large drawing go.

    Args:
        connector: What is drawn.
        width: In px, like all that follows.
        height: Of the whole drawing.
        pen: Where the connector is.
        foot: Where the words below it begin.
        names: How the names of each row are written: across, upright or not at all.
    """

    connector: Connector
    width: int
    height: int
    pen: Pen
    foot: float
    names: tuple[str, ...]

    @classmethod
    def of(cls, connector: Connector, width: int) -> _Layout:
        wide = width > 400
        box = connector.face.box
        scale = min((width - 2 * _FRAME - 4) / box[0], _TALLEST[wide] / box[1])
        rows = _rows(connector)
        names = tuple(_written(connector, row, scale, index in (0, len(rows) - 1)) for index, row in enumerate(rows))
        above, below = _room(rows, names)
        left = (width - box[0] * scale) / 2
        top = above + _FRAME + 2
        foot = top + box[1] * scale + _FRAME + below
        lines = max((len(_readout(pin, width)) for pin in connector.pins), default=0)
        return cls(connector, width, round(foot + (lines + 1) * _LINE + 12), Pen(scale, left, top), foot, names)

    def downwards(self, pin: Pin) -> bool:
        """Say whether the number of a contact stands below it."""
        rows = len(self.names)
        return pin.row > 0 or (rows == 1 and pin.at[1] < 0.6 * self.connector.face.box[1])


def _rows(connector: Connector) -> list[list[Pin]]:
    count = max((pin.row for pin in connector.pins), default=-1) + 1
    return [[pin for pin in connector.pins if pin.row == row] for row in range(count)]


def _written(connector: Connector, row: list[Pin], scale: float, outer: bool) -> str:
    """Say how the names of a row are written: across if they fit side by side, else upright beside the connector."""
    longest = max(len(pin.name) for pin in row) * _LETTER
    pitch = min((abs(a.at[0] - b.at[0]) for a, b in pairwise(row)), default=connector.face.box[0]) * scale
    if longest + 6 <= pitch:
        return "across"
    return "upright" if outer and pitch >= 14 else "none"


def _room(rows: list[list[Pin]], names: tuple[str, ...]) -> tuple[float, float]:
    """Return how much room the names need above the connector and below it."""
    if not rows:
        return 0, 0
    need = [
        max(len(pin.name) for pin in row) * _LETTER + 14 if how == "upright" else 22 if how == "across" else 0
        for row, how in zip(rows, names, strict=True)
    ]
    return (need[0], need[-1]) if len(rows) > 1 else (0, need[0])


# -- the connector itself ------------------------------------------------------------------------------------------------


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
    parts = []
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


# -- words ---------------------------------------------------------------------------------------------------------------


def _linked(svg: Element, connector: Connector, pin: Pin, layout: _Layout) -> None:
    """Draw a contact as a link to its row, with its number, its name, and what shows while it is pointed at."""
    label = f"Contact {pin.number}, {pin.name}: {KINDS[pin.kind]}, {pin.says}"
    link = SubElement(svg, "a", {"href": f"#{row_id(connector, pin)}", "class": "sk-contact", "aria-label": label})
    _contact(link, connector, pin, layout.pen, (5, 5))
    x, y = layout.pen.at(pin.at)
    reach = max(connector.face.pad[1] * layout.pen.scale, 5) / 2
    down = layout.downwards(pin)
    beside = y + reach + 13 if down else y - reach - 4
    _text(link, pin.number, x, beside, {"class": "sk-number"})
    edge = layout.pen.top + connector.face.box[1] * layout.pen.scale + _FRAME if down else layout.pen.top - _FRAME
    how = layout.names[pin.row]
    outer = pin.row in (0, len(layout.names) - 1)
    if how == "upright":
        turn = edge + 6 if down else edge - 6
        side = {"text-anchor": "end" if down else "start", "transform": f"rotate(-90 {_n(x)} {_n(turn)})"}
        _text(link, pin.name, x + 4.5, turn, side)
    elif how == "across":
        _text(link, pin.name, x, (edge + 16 if down else edge - 7) if outer else beside + 14, {})
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
    size = connector.facts["size"].value + ", to scale" if connector.size else "shape only, not to scale"
    words = [connector.looks.rstrip(".") + ".", f"Drawn: {size}."]
    rows = _rows(connector)
    if rows:
        lists = "; ".join(", ".join(f"{pin.number} {pin.name}" for pin in row) for row in rows)
        words.append(
            f"Contacts, seen {connector.seen}, {'in rows from the top' if len(rows) > 1 else 'in one row'}: {lists}."
        )
    return " ".join(words)


def _text(parent: Element, words: str, x: float, y: float, attributes: dict[str, str]) -> None:
    SubElement(parent, "text", {"x": _n(x), "y": _n(y), **attributes}).text = words


def _rect(parent: Element, name: str, at: Point, size: Point, round: float = 0) -> None:
    attributes = {"class": name, "x": _n(at[0]), "y": _n(at[1]), "width": _n(size[0]), "height": _n(size[1])}
    SubElement(parent, "rect", attributes | ({"rx": _n(round)} if round else {}))


def _n(number: float) -> str:
    return f"{round(number, 3):g}"
