"""Draws a connector from the front: small, for a plate, and large, with its contacts numbered. Pure.

A drawing is SVG as elements. All in it is derived from the catalogue: the outline is to scale where the size has a
source, and says so where it has none.
"""

from __future__ import annotations

import math
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from sitebuild.connectors.layout import FRAME, LEAST, Layout, Pen, Row, hint, readout, wide
from sitebuild.data.connectors import KINDS, Connector, Pin, Point
from sitebuild.figures.naming import Naming

MARGIN = 0.5
"""What is left free around the outline of a small drawing, in mm."""


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
    layout = Layout.of(connector, width)
    size = {"width": str(width), "height": str(layout.height), "viewBox": f"0 0 {width} {layout.height}"}
    naming = Naming(id, f"{connector.name}, from the front", _described(connector))
    svg = Element("svg", {**size, **naming.role(links=True), "text-anchor": "middle"})
    SubElement(svg, "title", {"id": naming.title_id}).text = naming.title
    SubElement(svg, "desc", {"id": naming.description_id}).text = naming.description
    back = SubElement(svg, "g", {"aria-hidden": "true"})
    _case(back, connector, layout.pen)
    _face(back, connector, layout.pen)
    _measure(back, connector, layout)
    for number, line in enumerate(hint(width) if connector.pins else ()):
        _text(back, line, width / 2, layout.said(number), {"class": "sk-hint"})
    for row in layout.rows:
        for pin in row.pins:
            _linked(svg, connector, pin, row, layout)
    return svg


# -- the connector itself ----------------------------------------------------------------------------------------------


def _case(parent: Element, connector: Connector, pen: Pen) -> None:
    width, height = (one * pen.scale + 2 * FRAME for one in connector.face.box)
    name = "sk-case sk-bare" if connector.size and connector.size.of == "card" else "sk-case"
    _rect(parent, name, (pen.left - FRAME, pen.top - FRAME), (width, height), 9)


def _face(parent: Element, connector: Connector, pen: Pen) -> None:
    face = connector.face
    sure = "sk-outline" if connector.size else "sk-outline sk-unsure"
    if _stands_out(connector):
        sure += " sk-body"
    if face.outline:
        points = [pen.at(corner) for corner in face.outline]
        SubElement(parent, "path", {"class": sure, "d": rounded(points, face.round * pen.scale)})
    else:
        x, y = pen.at((face.box[0] / 2, face.box[1] / 2))
        radii = {"rx": _n(face.box[0] / 2 * pen.scale), "ry": _n(face.box[1] / 2 * pen.scale)}
        SubElement(parent, "ellipse", {"class": sure, "cx": _n(x), "cy": _n(y), **radii})
    for left, top, width, height in face.solids:
        soft = min(0.1 * pen.scale, 2)
        _rect(parent, "sk-solid", pen.at((left, top)), (width * pen.scale, height * pen.scale), soft)
    for index, (cx, cy, radius) in enumerate(face.rings):
        x, y = pen.at((cx, cy))
        within = any(math.dist((cx, cy), other[:2]) + radius < other[2] for other in face.rings)
        name = "sk-solid sk-inner" if within and index % 2 else "sk-solid"
        SubElement(parent, "circle", {"class": name, "cx": _n(x), "cy": _n(y), "r": _n(radius * pen.scale)})


def _stands_out(connector: Connector) -> bool:
    """Return whether what is drawn is a thing, and not the hole that a plug goes into."""
    if not connector.size:
        return False
    male = connector.facts["gender"].value == "male" if "gender" in connector.facts else False
    return {"card": True, "slot": True, "plug": male, "shell": not male}.get(connector.size.of, False)


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


def _linked(svg: Element, connector: Connector, pin: Pin, row: Row, layout: Layout) -> None:
    """Draw a contact as a link to its row in the table, with its words, some of which show when it is pointed at."""
    label = f"Contact {pin.number}, {pin.name}: {KINDS[pin.kind]}, {pin.says}"
    link = SubElement(svg, "a", {"href": f"#{row_id(connector, pin)}", "class": "sk-contact", "aria-label": label})
    pen = layout.pen
    x, y = pen.at(pin.at)
    reach = max(connector.face.pad[1] * pen.scale, LEAST) / 2
    down = pin in row.below
    beside = y + reach + 13 if down else y - reach - 4
    further = beside + 14 if down else beside - 14
    words = (further if row.near else beside) if row.beside else y
    target = min(row.pitch, 44)
    upper, lower = min(y - reach, words - 12), max(y + reach, words + 3)
    _rect(link, "sk-hit", (x - target / 2, upper), (target, lower - upper))
    _contact(link, connector, pin, pen, (LEAST, LEAST))
    if row.beside:
        _text(link, pin.number, x, beside, {"class": "sk-number"})
    if row.near:
        _text(link, pin.name, x, further, {})
    else:
        _outside(link, connector, pin, row, layout)
    for number, line in enumerate(readout(pin, layout.width)):
        style = {"class": "sk-readout", "font-weight": "bold"} if number == 0 else {"class": "sk-readout"}
        _text(link, line, layout.width / 2, layout.said(number), style)


def _outside(link: Element, connector: Connector, pin: Pin, row: Row, layout: Layout) -> None:
    """Write the name of a contact above or below the connector, and draw a line to it."""
    if row.names == "none":
        return
    pen = layout.pen
    x, y = pen.at(pin.at)
    reach = max(connector.face.pad[1] * pen.scale, LEAST) / 2
    edge = pen.top - FRAME if row.up else pen.top + connector.face.box[1] * pen.scale + FRAME
    away = -1 if row.up else 1
    begin = y + away * (reach + (18 if row.beside and (pin in row.below) != row.up else 1))
    SubElement(link, "path", {"class": "sk-lead", "d": f"M{_n(x)} {_n(begin)}V{_n(edge + away * 3)}"})
    if row.names == "upright":
        turn = edge + away * 6
        side = {"text-anchor": "start" if row.up else "end", "transform": f"rotate(-90 {_n(x)} {_n(turn)})"}
        _text(link, row.label(pin), x, turn + 4.5, side)
        return
    first = edge - 7 if row.up else edge + 16
    if row.stacked:
        _text(link, pin.number, x, first, {"class": "sk-number"})
        first += away * 14
    _text(link, pin.name, x, first, {})


def row_id(connector: Connector, pin: Pin) -> str:
    """Return the id of the row that a table of contacts has for one of them."""
    return f"{connector.id}-contact-{pin.number.lower()}"


def _measure(parent: Element, connector: Connector, layout: Layout) -> None:
    """Draw how wide and high it is, or say that the size is not known."""
    middle, y = layout.width / 2, layout.foot + 10
    if not connector.size:
        _text(parent, "Shape only, not to scale", middle, y + 8, {"class": "sk-scale"})
        return
    pen, size = layout.pen, connector.size
    long, high = (one * pen.scale for one in connector.face.box)
    of = "" if size.of == "opening" else f" ({size.of})"
    _span(parent, "sk-bar-mm", f"M{_n(pen.left)} {_n(y - 5)}v10m0 -5h{_n(long)}m0 -5v10")
    right = pen.left + long + FRAME + 10
    beside = layout.width - right >= 5 + wide(f"{size.height:g} mm")
    across = not connector.face.outline and size.width == size.height
    words = "" if beside else " across" if across else f" wide, {size.height:g} mm high"
    _text(parent, f"{size.width:g} mm{words}{of}", middle, y + 18, {"class": "sk-scale"})
    if beside:
        _span(parent, "sk-bar-high", f"M{_n(right - 5)} {_n(pen.top)}h10m-5 0v{_n(high)}m-5 0h10")
        place = {"class": "sk-scale", "text-anchor": "start"}
        _text(parent, f"{size.height:g} mm", right + 6, pen.top + high / 2 + 4.5, place)


def _span(parent: Element, name: str, path: str) -> None:
    SubElement(parent, "path", {"class": name, "d": path})


def _described(connector: Connector) -> str:
    size = f"{connector.facts['size'].value}, to scale" if connector.size else "shape only, not to scale"
    words = [connector.looks.rstrip(".") + ".", f"Drawn: {size}."]
    rows = [list(row) for _, row in groupby(connector.pins, key=lambda pin: pin.row)]
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
