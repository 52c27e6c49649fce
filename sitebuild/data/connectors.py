"""The catalogue of connectors: one entry for each hardware port. Pure: text in, entries out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sitebuild.data.entries import Fields, Row, Wrong, is_list_of_text, whole_entries, wrong_table, wrong_tables
from sitebuild.data.looks import INSIDES, PLACES, SHAPES

FAMILIES = {
    "usb": "USB and its kin",
    "video": "Video",
    "network": "Network",
    "serial": "Serial and older ports",
    "audio": "Audio",
    "power": "Power",
    "storage": "Storage",
    "inside": "Inside the case",
}
"""What a connector is mostly for, with the heading of its group."""

FACTS = {
    "formal": "Formal name",
    "also": "Also called",
    "year": "Year",
    "standard": "Standard",
    "contacts": "Contacts",
    "size": "Size",
    "carries": "Carries",
    "rate": "Top rate",
    "gender": "Gender on the device",
    "hotplug": "Plugged in while running",
}
"""What a page tells of each connector, in its order; each fact has a source or is not told."""

WANTING = ("contacts", "rate")
"""The facts that a connector may well be without, or that make no sense for it: the entry then says why."""

MEASURED = ("opening", "plug", "card", "module", "shell", "slot")
"""What a size may be the size of."""

GENDERS = ("female", "male", "disputed")
KINDS = {
    "power": "power",
    "ground": "ground",
    "data": "data",
    "control": "control",
    "unused": "not used",
}
"""What a contact is for."""

CONTACTS = ("pad", "pin", "hole", "blade")
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a connector.

    Args:
        value: What it is, in Markdown.
        sources: Ids in the bibliography; none if there is none of it, as the value then says.
        note: What else the reader must know, in Markdown; may be empty.
    """

    value: str
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a connector is, seen from the front.

    Args:
        width: In mm.
        height: In mm.
        of: What was measured, one of `MEASURED`.
    """

    width: float
    height: float
    of: str


@dataclass(frozen=True, slots=True)
class Pin:
    """One contact.

    Args:
        number: What its number is, such as `A1`.
        name: The name of its signal, such as `GND`.
        kind: One of `KINDS`.
        says: What the signal is for, in a phrase.
        at: Where it is drawn, in mm from the top left corner.
        row: The row it stands in, counted from 0 at the top.
    """

    number: str
    name: str
    kind: str
    says: str
    at: Point
    row: int


@dataclass(frozen=True, slots=True)
class Face:
    """What a connector looks like from the front, in mm from its top left corner.

    Args:
        box: Width and height. They are true only if the connector has a size.
        outline: The corners of its outline, clockwise; none for an ellipse that fills the box.
        round: The radius of its corners.
        solids: Blocks inside, as left, top, width and height.
        shapes: Blocks inside that are no rectangles, by their corners.
        rings: Circles inside, as the x and y of the centre and the radius.
        marks: What tells which side is up, by its corners: a gap in a wall, a slot for a key, a catch outside.
        teeth: Rows of contacts that have no known order, as x of the first, x of the last, y and how many.
        middle: What stands in the middle, a `pin`, or a `hole` for one; may be empty.
        rim: How thick a wall around it is, or a screw thread.
        thread: Whether that wall is a screw thread.
        contact: How its contacts are drawn, one of `CONTACTS`.
        pad: Width and height of a contact.
    """

    box: Point
    outline: tuple[Point, ...]
    round: float
    solids: tuple[Box, ...]
    shapes: tuple[tuple[Point, ...], ...]
    rings: tuple[tuple[float, float, float], ...]
    marks: tuple[tuple[Point, ...], ...]
    teeth: tuple[Box, ...]
    middle: str
    rim: float
    thread: bool
    contact: str
    pad: Point


@dataclass(frozen=True, slots=True)
class Doppelganger:
    """Something that a connector is mistaken for.

    Args:
        name: The id of another connector, or plain words.
        tell: How to tell them apart, in Markdown.
    """

    name: str
    tell: str


@dataclass(frozen=True, slots=True, eq=False)
class Connector:
    """A hardware port. Two are equal if they are the same object, which is quickly told.

    Args:
        id: What the file calls it, such as `usb-c`.
        name: What people say.
        family: One of `FAMILIES`.
        chapter: The page that teaches it.
        facts: What is known of it, by the names in `FACTS`.
        size: How large it is, if that has a source.
        face: What it looks like.
        looks: That, in a sentence.
        pins: Its contacts; none if their order has no source.
        seen: From where the contacts are seen.
        pin_sources: Where their order was read.
        mistaken: What it is mistaken for.
        shape: What its outline may be called, some of `SHAPES`.
        inside: What may be seen in it, some of `INSIDES`.
        where: Where it is met, some of `PLACES`.
        common: How often people meet one, from 1, seldom, to 3, every day.
        words: What people call it who do not know its name, in small letters.
    """

    id: str
    name: str
    family: str
    chapter: str
    facts: dict[str, Fact]
    size: Size | None
    face: Face
    looks: str
    pins: tuple[Pin, ...]
    seen: str
    pin_sources: tuple[str, ...]
    mistaken: tuple[Doppelganger, ...]
    shape: tuple[str, ...]
    inside: tuple[str, ...]
    where: tuple[str, ...]
    common: int
    words: tuple[str, ...]

    @property
    def page(self) -> str:
        """Its page, relative to the folder of the pages."""
        return f"hardware/connectors/{self.id}.md"

    @property
    def contacts(self) -> int:
        """How many contacts it has; 0 if it has none, or that has no source."""
        fact = self.facts.get("contacts")
        return int(fact.value) if fact and fact.sources else 0

    @property
    def sources(self) -> Iterator[str]:
        """Every source that its entry names."""
        for fact in self.facts.values():
            yield from fact.sources
        yield from self.pin_sources


_TEXTS = ("name", "family", "chapter", "looks")
_NEEDED = (*_TEXTS, "shape", "inside", "where", "common", "words", "face")
_KNOWN = (*_NEEDED, *FACTS, "pins", "mistaken")
_FIELDS = Fields(_NEEDED, _KNOWN, other=tuple(one for one in _KNOWN if one not in _TEXTS))


def read_connectors(text: str) -> tuple[Connector, ...]:
    """Read the file of connectors; they come by family, and within it as the file has them.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    found = [_connector(name, row) for name, row in whole_entries(text, "connector", _FIELDS, _wrong, _wrong_tables)]
    return tuple(sorted(found, key=lambda one: list(FAMILIES).index(one.family)))


def _connector(name: str, row: dict[str, Any]) -> Connector:
    facts = {fact: _fact(row[fact]) for fact in FACTS if fact in row}
    size = Size(row["size"]["is"][0], row["size"]["is"][1], row["size"]["of"]) if "size" in row else None
    pins = row.get("pins", {})
    face = _face(row["face"], size)
    return Connector(
        id=name,
        facts=facts,
        size=size,
        face=face,
        pins=tuple(_pins(pins, row["face"], face.box)) if pins else (),
        seen=pins.get("seen", ""),
        pin_sources=_ids(pins["source"]) if pins else (),
        mistaken=tuple(Doppelganger(one["for"], one["tell"]) for one in row.get("mistaken", ())),
        shape=_ids(row["shape"]),
        inside=_ids(row["inside"]),
        where=tuple(row["where"]),
        common=row["common"],
        words=tuple(row["words"]),
        **{field: row[field] for field in _TEXTS},
    )


def _fact(row: dict[str, Any] | str) -> Fact:
    if isinstance(row, str):
        return Fact(row, ())
    value = row["is"]
    if "of" in row:
        width, height = value
        measures = f"{width:g} mm across" if width == height else f"{width:g} \u00d7 {height:g} mm"  # what is round
        value = f"{measures}, the {row['of']}"
    elif isinstance(value, list):
        value = ", ".join(value)
    return Fact(str(value), _ids(row["source"]), row.get("note", ""))


def _ids(words: str | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _face(row: dict[str, Any], size: Size | None) -> Face:
    box = (size.width, size.height) if size else (float(row["box"][0]), float(row["box"][1]))

    def polygons(field: str) -> tuple[tuple[Point, ...], ...]:
        return tuple(tuple((float(x), float(y)) for x, y in corners) for corners in row.get(field, ()))

    return Face(
        box=box,
        outline=tuple((float(x), float(y)) for x, y in row.get("outline", ())),
        round=float(row.get("round", 0)),
        solids=tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in row.get("solids", ())),
        shapes=polygons("shapes"),
        rings=tuple((float(x), float(y), float(r)) for x, y, r in row.get("rings", ())),
        marks=polygons("marks"),
        teeth=tuple((float(first), float(last), float(y), float(n)) for first, last, y, n in row.get("teeth", ())),
        middle=row.get("middle", ""),
        rim=float(row.get("rim", 0)),
        thread=bool(row.get("thread", False)),
        contact=row.get("contact", "pad"),
        pad=tuple(float(one) for one in row.get("pad", (0.4, 0.4)))[:2],  # type: ignore[arg-type]
    )


def _pins(pins: dict[str, Any], face: dict[str, Any], box: Point) -> Iterator[Pin]:
    places = iter(face.get("places", ()))
    rows = pins["rows"]
    for index, row in enumerate(rows):
        first, last, y = face["rows"][index] if "rows" in face else _even(index, len(rows), box)
        step = (last - first) / (len(row) - 1) if len(row) > 1 else 0
        for nth, words in enumerate(row):
            if words:
                number, _, name = words.partition(" ")
                kind, says = pins["signals"][name]
                at = next(places) if "places" in face else (first + nth * step, y)
                yield Pin(number, name, kind, says, (float(at[0]), float(at[1])), index)


def _even(index: int, rows: int, box: Point) -> tuple[float, float, float]:
    """Spread rows evenly where the face does not say where they are."""
    return 0.12 * box[0], 0.88 * box[0], (index + 1) * box[1] / (rows + 1)


# -- what may be wrong with an entry; each rule relies on those before it ----------------------------------------------


def _wrong(name: str, row: Row) -> Wrong:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        yield "", "its name is the name of its page: small letters, digits and hyphens, such as usb-c"
    if row["family"] not in FAMILIES:
        yield "family", f'family is one of {", ".join(FAMILIES)}, not "{row["family"]}"'
    yield from _wrong_look(row)
    facts = [fact for fact in FACTS if fact in row and not _is_wanting(fact, row[fact])]
    broken = [one for fact in facts for one in _wrong_fact(fact, row[fact])]
    yield from broken
    if not broken:  # the drawing is held against the size and the number of contacts
        yield from _wrong_face(row["face"], row.get("size", {}).get("is"))
        if "pins" in row:
            yield from _wrong_pins(row["pins"], row["face"])
        yield from _wrong_number(row)


def _wrong_tables(row: Row) -> Wrong:
    for fact in FACTS:
        if fact in row and not _is_wanting(fact, row[fact]):
            wanting = ', or "none: why", or "does not apply: why"' if fact in WANTING else ""
            like = f'a fact such as {{ is = "1996", source = "usb-2" }}, which may have a note{wanting}'
            yield from wrong_table(row[fact], like, ("is", "source"), ("is", "source", "of", "note"), fact)
    for name, needed, known in (("face", (), _FACE), ("pins", _PINS, _PINS)):
        if name in row:
            yield from wrong_table(row[name], f"a table with some of {', '.join(known)}", needed, known, name)
    like = 'an entry such as { for = "usb-c", tell = "How to tell." }'
    yield from wrong_tables(row.get("mistaken", []), like, _DOUBLE, _DOUBLE, "mistaken")


def _wrong_look(row: Row) -> Wrong:
    for field, words in (("shape", SHAPES), ("inside", INSIDES)):
        said = [row[field]] if isinstance(row[field], str) else row[field]
        if not is_list_of_text(said) or not set(said) <= set(words):
            yield field, f"{field} is one of {', '.join(words)}, or a list of some of them"
    if not is_list_of_text(row["where"]) or not set(row["where"]) <= set(PLACES):
        yield "where", f"where is a list of some of {', '.join(PLACES)}"
    if row["common"] not in (1, 2, 3):
        yield "common", "common is 1, 2 or 3: how often people meet one, from seldom to every day"
    if not is_list_of_text(row["words"]) or any(word != word.lower() for word in row["words"]):
        yield "words", "words is a list of what people call it, in small letters"
    for word in dict.fromkeys(row["words"]):
        if row["words"].count(word) > 1:
            yield "words", f'words has "{word}" twice'


def _is_wanting(fact: str, row: object) -> bool:
    return fact in WANTING and isinstance(row, str) and bool(re.fullmatch(r"(none|does not apply): .+", row))


def _wrong_fact(fact: str, row: Row) -> Wrong:
    if not (is_list_of_text(row["source"]) or (isinstance(row["source"], str) and row["source"])):
        yield fact, f"{fact} names its source, or a list of them"
    value = row["is"]
    if fact == "size":
        if not _numbers(value, 2) or min(value) <= 0 or row.get("of") not in MEASURED:
            yield fact, f"size is the width and height in mm of one of {', '.join(MEASURED)}"
    elif "of" in row:
        yield fact, f"{fact} has of, which only a size has"
    elif fact == "contacts":
        if type(value) is not int or value < 1:
            yield fact, "contacts is how many there are"
    elif fact == "also":
        if not is_list_of_text(value):
            yield fact, "also is a list of names"
    elif not (isinstance(value, str) and value.strip()):
        yield fact, f"{fact} is text in quotes"
    if fact == "gender" and value not in GENDERS:
        yield fact, f'gender is one of {", ".join(GENDERS)}, not "{value}"'


_DOUBLE = ("for", "tell")
_PINS = ("source", "seen", "rows", "signals")
_FACE = (
    *("box", "outline", "round", "solids", "shapes", "rings", "marks", "teeth", "middle", "rim", "thread"),
    *("contact", "pad", "rows", "places"),
)


def _wrong_face(face: Row, size: Sequence[float] | None) -> Wrong:
    if (size is None) != ("box" in face):
        yield "face", "face has a box if the connector has no size, and only then"
    box = face.get("box") if size is None else size
    if box is None or not _numbers(box, 2):
        yield "face box", "the box of a face is its width and height"
        return
    counts = {"outline": 2, "solids": 4, "rings": 3, "teeth": 4, "rows": 3, "places": 2}
    for field, count in counts.items():
        if not all(_numbers(one, count) for one in face.get(field, ())):
            yield f"face {field}", f"{field} of a face is a list of {count} numbers each"
            return
    for field in ("shapes", "marks"):
        if not all(len(one) > 2 and all(_numbers(corner, 2) for corner in one) for one in face.get(field, ())):
            yield f"face {field}", f"{field} of a face is a list of shapes, each the corners of one"
    if face.get("middle", "pin") not in ("pin", "hole"):
        yield "face middle", "the middle of a face is a pin or a hole"
    for axis, name in enumerate(("width", "height")):
        reach = [corner[axis] for corner in face.get("outline", ())]
        if reach and (min(reach), max(reach)) != (0, box[axis]):
            yield (
                "face outline",
                f"its outline reaches from {min(reach)} to {max(reach)} mm, and its {name} is {box[axis]} mm",
            )
    if face.get("contact", "pad") not in CONTACTS:
        yield "face contact", f"contact is one of {', '.join(CONTACTS)}"


def _wrong_pins(pins: Row, face: Row) -> Wrong:
    if not all(isinstance(row, list) for row in pins["rows"]):
        yield "pins rows", "rows of pins is a list of rows, each a list of contacts"
        return
    if "rows" in face and len(face["rows"]) != len(pins["rows"]):
        yield (
            "face rows",
            f"its face has places for {len(face['rows'])} rows of contacts, and there are {len(pins['rows'])}",
        )
    words = [one for row in pins["rows"] for one in row if one]
    if "places" in face and len(face["places"]) != len(words):
        yield "face places", f"its face has places for {len(face['places'])} contacts, and there are {len(words)}"
    numbers = [one.partition(" ")[0] for one in words]
    for number in dict.fromkeys(numbers):
        if numbers.count(number) > 1:
            yield "pins rows", f"the contact {number} stands there twice"
    names = [one.partition(" ")[2] for one in words]
    for name in names:
        if name not in pins["signals"]:
            yield "pins signals", f'signals does not say what "{name}" is for'
    for name, says in pins["signals"].items():
        if name not in names:
            yield "pins signals", f'signals says what "{name}" is for, and no contact has it'
        if not is_list_of_text(says) or len(says) != 2 or says[0] not in KINDS:
            yield "pins signals", f'the signal "{name}" is a kind, one of {", ".join(KINDS)}, and a phrase'


def _wrong_number(row: Row) -> Wrong:
    """Compare how many contacts are said and drawn. A drawing shows all of them or none."""
    drawn = sum(bool(one) for pins in row.get("pins", {}).get("rows", ()) for one in pins)
    drawn += sum(int(many) for *_, many in row["face"].get("teeth", ()))
    said = row.get("contacts")
    if drawn and isinstance(said, dict) and said["is"] != drawn:
        yield "contacts", f"contacts says {said['is']}, and {drawn} are drawn"


def _numbers(value: object, count: int) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == count
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    )
