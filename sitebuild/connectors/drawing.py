"""Draws a connector from the front: small, for a plate, and large, with its contacts numbered. Pure.

A drawing is SVG as elements. All in it is derived from the catalogue: the outline is to scale where the size has a
source, and says so where it has none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from itertools import groupby
from xml.etree.ElementTree import Element

import svg

from sitebuild.connectors.layout import FRAME, LEAST, RING, Layout, Pen, Row, hint, readout, wide
from sitebuild.data.connectors import KINDS, Connector, Face, Pin, Point
from sitebuild.figures.naming import Naming
from sitebuild.figures.thing import n
from sitebuild.figures.tree import tree

MARGIN = 0.5
"""What is left free around the outline of a small drawing, in mm."""

_TEETH = 24
"""How many teeth a screw thread is drawn with."""

_STRAIGHT, _TURN = 0.01, 0.5
"""How much a corner turns at least, in radians, to be rounded off, in a large drawing and in a small one."""

_HIDDEN = {"aria-hidden": "true"}


def small(connector: Connector) -> Element:
    """Return a drawing without words, whose unit is the mm; how large it comes out is for the page to say."""
    return copy(_small(connector))


@lru_cache(maxsize=256)  # six pages show it, small
def _small(connector: Connector) -> Element:
    width, height = connector.face.box
    parts = [*_face(connector, Pen(1)), *_contacts(connector)]
    return bare((width, height), parts, MARGIN + connector.face.rim)


def _contacts(connector: Connector) -> Iterator[svg.Element]:
    """Draw all contacts, those of a kind in one path: a page has a thousand, and pays for each."""
    (wide, high), contact = connector.face.pad, connector.face.contact
    if contact == "hole" and connector.pins:
        yield svg.Path(class_=["sk-bore"], d=_path([pin.at for pin in connector.pins], _disc(RING * wide / 2)))
    for kind in dict.fromkeys(pin.kind for pin in connector.pins):
        middles = [pin.at for pin in connector.pins if pin.kind == kind]
        shape = _disc(wide / 2) if contact in ("pin", "hole") else _oblong((wide, high))
        yield svg.Path(class_=["sk-mark", f"sk-{kind}"], d=_path(middles, shape))


Shape = tuple[Point, list[svg.PathData]]
"""Where a shape begins, from its middle, and the path from there back to its beginning."""


def _disc(radius: float) -> Shape:
    r, across = _n(radius), _n(2 * radius)
    return (-radius, 0), [svg.ArcRel(r, r, 0, False, False, end, 0) for end in (across, -across)]


def _oblong(size: Point) -> Shape:
    width, height = map(_n, size)
    return (-size[0] / 2, -size[1] / 2), [svg.h(width), svg.v(height), svg.h(-width), svg.Z()]


def _path(middles: list[Point], shape: Shape) -> list[svg.PathData]:
    """Return the path that draws a shape at several places. Each begins as far from the one before as their middles."""
    (left, up), way = shape
    d: list[svg.PathData] = []
    was: Point = (0, 0)
    for x, y in middles:
        at = _n(x + left), _n(y + up)
        d += [svg.MoveToRel(_n(at[0] - was[0]), _n(at[1] - was[1])) if d else svg.M(*at), *way]
        was = at
    return d


def bare(size: Point, parts: list[svg.Element], margin: float = MARGIN) -> Element:
    """Return a drawing without words of something that large, in mm, with a margin around it."""
    width, height = (_n(side + 2 * margin) for side in size)
    drawn = svg.SVG(
        viewBox=svg.ViewBoxSpec(-_n(margin), -_n(margin), width, height),
        class_=["sk-face"],
        style=f"--w:{width};--h:{height}",
        elements=parts,
        extra=_HIDDEN,
    )
    small = tree(drawn)
    for path in small.iter("path"):
        path.set("d", _short(path.get("d", "")))
    return small


def _short(d: str) -> str:
    """Return a path in fewer bytes: from point to point, to a hundredth of a mm, and no space that need not be."""
    parts = re.findall(r"([A-Za-z])([^A-Za-z]*)", d)
    if {letter for letter, _ in parts} <= set("MLAZ"):
        parts = list(_from_point_to_point(parts))
    short = "".join(letter + numbers.strip() for letter, numbers in parts)
    return re.sub(r"(?<![\d.])0\.", ".", short).replace(" -", "-")


def _from_point_to_point(parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    x, y = 0.0, 0.0
    for letter, words in parts:
        numbers = [round(float(word), 2) for word in words.split()]
        if letter == "Z":
            yield letter, ""
            continue
        right, down = round(numbers[-2] - x, 2), round(numbers[-1] - y, 2)
        x, y = numbers[-2:]
        if letter == "M":
            yield letter, f"{x:g} {y:g}"
        elif letter == "A":
            yield "a", f"{numbers[0]:g} {numbers[1]:g} 0 0 {numbers[4]:g} {right:g} {down:g}"
        elif right and down:
            yield "l", f"{right:g} {down:g}"
        elif right or down:
            yield ("h", f"{right:g}") if right else ("v", f"{down:g}")


def large(connector: Connector, width: int, id: str, name: str) -> Element:
    """Return a drawing with each contact numbered, named and linked to its row in the table of contacts.

    Args:
        connector: What to draw.
        width: How wide the drawing is to be, in px.
        id: What the ids in the drawing begin with. A row of the table has the id `CONNECTOR-contact-NUMBER`.
        name: The class that says on which screens it is seen.
    """
    return copy(_large(connector, width, id, name))


@lru_cache(maxsize=256)  # a preview that builds the site again draws only what has changed
def _large(connector: Connector, width: int, id: str, name: str) -> Element:
    layout = Layout.of(connector, width)
    naming = Naming(id, f"{connector.name}, from the front", _described(connector))
    hints = hint(width) if connector.pins else ()
    back = [
        _case(connector, layout.pen),
        *_face(connector, layout.pen),
        *_measure(connector, layout),
        *(_text(line, width / 2, layout.said(number), "sk-hint") for number, line in enumerate(hints)),
    ]
    drawn = svg.SVG(
        class_=["sk-large", name],
        width=width,
        height=layout.height,
        viewBox=svg.ViewBoxSpec(0, 0, width, layout.height),
        extra={"text-anchor": "middle", **naming.role(links=True)},
        elements=[
            *naming.elements,
            svg.G(elements=back, extra=_HIDDEN),
            *(_linked(connector, pin, row, layout) for row in layout.rows for pin in row.pins),
        ],
    )
    return tree(drawn)


# -- the connector itself ----------------------------------------------------------------------------------------------


def _case(connector: Connector, pen: Pen) -> svg.Element:
    width, height = (one * pen.scale + 2 * FRAME for one in connector.face.box)
    bare = connector.size and connector.size.of == "card"
    return _rect(
        "sk-housing sk-bare" if bare else "sk-housing", (pen.left - FRAME, pen.top - FRAME), (width, height), 9
    )


def _face(connector: Connector, pen: Pen) -> Iterator[svg.Element]:
    face = connector.face
    yield from _rim(face, pen)
    sure = "sk-outline" if connector.size else "sk-outline sk-unsure"
    if _stands_out(connector):
        sure += " sk-body"
    if face.outline:
        points = [pen.at(corner) for corner in face.outline]
        least = _TURN if pen.scale == 1 else _STRAIGHT
        yield svg.Path(class_=[sure], d=rounded(points, face.round * pen.scale, least))
    else:
        x, y = pen.at((face.box[0] / 2, face.box[1] / 2))
        rx, ry = (_n(side / 2 * pen.scale) for side in face.box)
        yield svg.Ellipse(class_=[sure], cx=_n(x), cy=_n(y), rx=rx, ry=ry)
    for left, top, width, height in face.solids:
        soft = min(0.1 * pen.scale, 2)
        yield _rect("sk-solid", pen.at((left, top)), (width * pen.scale, height * pen.scale), soft)
    for corners in face.shapes:
        yield svg.Path(class_=["sk-solid"], d=rounded([pen.at(corner) for corner in corners], 0))
    for index, (cx, cy, radius) in enumerate(face.rings):
        within = any(math.dist((cx, cy), other[:2]) + radius < other[2] for other in face.rings)
        name = "sk-solid sk-inner" if within and index % 2 else "sk-solid"
        yield _circle(name, pen.at((cx, cy)), radius * pen.scale)
    yield from _plain_contacts(face, pen)
    for corners in face.marks:
        yield svg.Path(class_=["sk-slit"], d=rounded([pen.at(corner) for corner in corners], 0))


def _rim(face: Face, pen: Pen) -> Iterator[svg.Element]:
    """Draw the wall around a round opening: a ring, or the teeth of a screw thread."""
    if not face.rim:
        return
    middle = pen.at((face.box[0] / 2, face.box[1] / 2))
    thick = min(face.rim * pen.scale, FRAME)  # a large drawing has no more room
    radius = (face.box[0] * pen.scale + thick) / 2
    turn = 2 * math.pi * radius / _TEETH
    look = f"stroke-width:{_n(thick)}" + (f";stroke-dasharray:{_n(turn / 2)}" if face.thread else "")
    ring = _circle("sk-thread" if face.thread else "sk-rim", middle, radius)
    ring.style = look
    yield ring


def _plain_contacts(face: Face, pen: Pen) -> Iterator[svg.Element]:
    """Draw contacts without numbers: rows of them whose order has no source, and what stands in the middle."""
    width, height = (side * pen.scale for side in face.pad)
    teeth = [
        pen.at((first + nth * (last - first) / (many - 1), y))
        for first, last, y, many in face.teeth
        for nth in range(int(many))
    ]
    if teeth:
        yield svg.Path(class_=["sk-tooth"], d=_path(teeth, _oblong((width, height))))
    if face.middle:
        at = pen.at((face.box[0] / 2, face.box[1] / 2))
        yield _circle(f"sk-{face.middle}", at, 0.07 * face.box[0] * pen.scale)


def _stands_out(connector: Connector) -> bool:
    """Return whether what is drawn is a thing, and not the hole that a plug goes into."""
    if not connector.size:
        return False
    male = connector.facts["gender"].value == "male" if "gender" in connector.facts else False
    return {"card": True, "slot": True, "plug": male, "shell": not male}.get(connector.size.of, False)


def rounded(points: list[Point], radius: float, least: float = _STRAIGHT) -> list[svg.PathData]:
    """Return the path of a polygon whose corners are rounded off.

    Args:
        points: Its corners, clockwise.
        radius: The radius of its corners; where an edge is too short for it, the corner gets a smaller one.
        least: How much a corner turns at least, in radians, to be rounded off.
    """
    parts: list[svg.PathData] = []
    for index, here in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % len(points)]
        to_before, to_after = _unit(here, before), _unit(here, after)
        angle = math.acos(max(-1, min(1, to_before[0] * to_after[0] + to_before[1] * to_after[1])))
        half = min(math.dist(here, before), math.dist(here, after)) / 2
        cut = min(radius / math.tan(angle / 2), half) if radius and angle < math.pi - least else 0
        start = _n(here[0] + to_before[0] * cut), _n(here[1] + to_before[1] * cut)
        parts.append(svg.L(*start) if parts else svg.M(*start))
        if cut:
            cross = to_before[0] * to_after[1] - to_before[1] * to_after[0]
            bend = _n(cut * math.tan(angle / 2))
            end = _n(here[0] + to_after[0] * cut), _n(here[1] + to_after[1] * cut)
            parts.append(svg.Arc(bend, bend, 0, False, cross < 0, *end))
    return [*parts, svg.Z()]


def _unit(here: Point, there: Point) -> Point:
    distance = math.dist(here, there)
    return (there[0] - here[0]) / distance, (there[1] - here[1]) / distance


def _contact(connector: Connector, pin: Pin, pen: Pen, least: Point) -> svg.Element:
    x, y = pen.at(pin.at)
    width, height = (max(one * pen.scale, low) for one, low in zip(connector.face.pad, least, strict=True))
    name = f"sk-mark sk-{pin.kind}"
    if connector.face.contact in ("pin", "hole"):
        return _circle(name, (x, y), width / 2)
    return _rect(name, (x - width / 2, y - height / 2), (width, height))


def _bore(connector: Connector, pin: Pin, pen: Pen, least: float) -> Iterator[svg.Element]:
    """Draw a ring around a contact that is a hole. A pin has none."""
    if connector.face.contact == "hole":
        radius = max(connector.face.pad[0] * pen.scale, least) / 2
        yield _circle("sk-bore", pen.at(pin.at), RING * radius)


# -- words -------------------------------------------------------------------------------------------------------------


def _linked(connector: Connector, pin: Pin, row: Row, layout: Layout) -> svg.Element:
    """Draw a contact as a link to its row in the table, with its words, some of which show when it is pointed at."""
    pen = layout.pen
    x, y = pen.at(pin.at)
    reach = max(connector.face.pad[1] * pen.scale, LEAST) / 2 * (RING if connector.face.contact == "hole" else 1)
    down = pin in row.below
    beside = y + reach + 13 if down else y - reach - 4
    further = beside + 14 if down else beside - 14
    words = (further if row.near else beside) if row.beside else y
    target = min(row.pitch, 44)
    upper, lower = min(y - reach, words - 12), max(y + reach, words + 3)
    parts = [
        _rect("sk-hit", (x - target / 2, upper), (target, lower - upper)),
        *_bore(connector, pin, pen, LEAST),
        _contact(connector, pin, pen, (LEAST, LEAST)),
    ]
    if row.beside:
        parts.append(_text(pin.number, x, beside, "sk-number"))
    parts += [_text(pin.name, x, further)] if row.near else _outside(connector, pin, row, layout)
    for number, line in enumerate(readout(pin, layout.width)):
        parts.append(_text(line, layout.width / 2, layout.said(number), "sk-readout", bold=number == 0))
    label = f"Contact {pin.number}, {pin.name}: {KINDS[pin.kind]}, {pin.says}"
    return svg.A(href=f"#{row_id(connector, pin)}", class_=["sk-signal"], elements=parts, extra={"aria-label": label})


def _outside(connector: Connector, pin: Pin, row: Row, layout: Layout) -> Iterator[svg.Element]:
    """Write the name of a contact above or below the connector, and draw a line to it."""
    if row.names == "none":
        return
    pen = layout.pen
    x, y = pen.at(pin.at)
    reach = max(connector.face.pad[1] * pen.scale, LEAST) / 2
    edge = pen.top - FRAME if row.up else pen.top + connector.face.box[1] * pen.scale + FRAME
    away = -1 if row.up else 1
    begin = y + away * (reach + (18 if row.beside and (pin in row.below) != row.up else 1))
    yield svg.Path(class_=["sk-lead"], d=[svg.M(_n(x), _n(begin)), svg.V(_n(edge + away * 3))])
    if row.names == "upright":
        turn = edge + away * 6
        words = _text(row.label(pin), x, turn + 4.5)
        words.text_anchor = "start" if row.up else "end"
        words.transform = [svg.Rotate(-90, _n(x), _n(turn))]
        yield words
        return
    first = edge - 7 if row.up else edge + 16
    if row.stacked:
        yield _text(pin.number, x, first, "sk-number")
        first += away * 14
    yield _text(pin.name, x, first)


def row_id(connector: Connector, pin: Pin) -> str:
    """Return the id of the row that a table of contacts has for one of them."""
    return f"{connector.id}-contact-{pin.number.lower()}"


def _measure(connector: Connector, layout: Layout) -> Iterator[svg.Element]:
    """Draw how wide and high it is, or say that the size is not known."""
    middle, y = layout.width / 2, layout.foot + 10
    if not connector.size:
        yield _text("Shape only, not to scale", middle, y + 8, "sk-scale")
        return
    pen, size = layout.pen, connector.size
    long, high = (_n(one * pen.scale) for one in connector.face.box)
    of = "" if size.of == "opening" else f" ({size.of})"
    left = svg.M(_n(pen.left), _n(y - 5))
    yield svg.Path(class_=["sk-bar-mm"], d=[left, svg.v(10), svg.m(0, -5), svg.h(long), svg.m(0, -5), svg.v(10)])
    right = pen.left + connector.face.box[0] * pen.scale + FRAME + 10
    beside = layout.width - right >= 5 + wide(f"{size.height:g} mm")
    across = not connector.face.outline and size.width == size.height
    words = "" if beside else " across" if across else f" wide, {size.height:g} mm high"
    yield _text(f"{size.width:g} mm{words}{of}", middle, y + 18, "sk-scale")
    if beside:
        top = svg.M(_n(right - 5), _n(pen.top))
        yield svg.Path(class_=["sk-bar-high"], d=[top, svg.h(10), svg.m(-5, 0), svg.v(high), svg.m(-5, 0), svg.h(10)])
        says = _text(
            f"{size.height:g} mm", right + 6, pen.top + connector.face.box[1] * pen.scale / 2 + 4.5, "sk-scale"
        )
        says.text_anchor = "start"
        yield says


def _described(connector: Connector) -> str:
    size = f"{connector.facts['size'].value}, to scale" if connector.size else "shape only, not to scale"
    words = [connector.looks.rstrip(".") + ".", f"Drawn: {size}."]
    rows = [list(row) for _, row in groupby(connector.pins, key=lambda pin: pin.row)]
    if rows:
        lists = "; ".join(", ".join(f"{pin.number} {pin.name}" for pin in row) for row in rows)
        how = "in rows from the top" if len(rows) > 1 else "in one row"
        words.append(f"Contacts, seen {connector.seen}, {how}: {lists}.")
    return " ".join(words)


def _text(words: str, x: float, y: float, name: str = "", *, bold: bool = False) -> svg.Text:
    return svg.Text(
        x=_n(x),
        y=_n(y),
        class_=[name] if name else None,
        font_weight="bold" if bold else None,
        text=words,
    )


def _rect(name: str, at: Point, size: Point, round: float = 0) -> svg.Rect:
    (x, y), (width, height) = at, size
    return svg.Rect(class_=[name], x=_n(x), y=_n(y), width=_n(width), height=_n(height), rx=_n(round) or None)


def _circle(name: str, middle: Point, radius: float) -> svg.Circle:
    return svg.Circle(class_=[name], cx=_n(middle[0]), cy=_n(middle[1]), r=_n(radius))


def _n(number: float) -> float:
    """Return a number of mm as it is to stand in a drawing."""
    return n(number, digits=3)
