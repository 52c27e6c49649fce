"""The block of the catalogue of connectors: a table of all, or the drawings and the table of one family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from sitebuild.connectors.parts import face, link_to, table_body
from sitebuild.data.connectors import FACTS, FAMILIES, Connector
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.reading.options import PageError, guess

FILE = "connectors.toml"
_COLUMNS = ("year", "contacts", "size", "rate", "gender", "hotplug")
_HEADS = {"size": "Size, mm", "gender": "Gender", "hotplug": "While running"}
_PARTS = ("drawings", "table")
_UNKNOWN = "\u2013"
_ID = re.compile(r"[a-z0-9-]+")

_GUIDE = """\
## All hardware ports

An empty `connectors` fence prints a table of all. One that names a family, such as `video`, prints the drawings and the table of that family; `video drawings` and `video table` print one of the two, for pages that begin with what a reader holds in the hand.
"""


def texts(library: Library) -> Iterator[tuple[str, str]]:
    """Yield each text that is Markdown, with the name of its entry.

    Raises:
        PageError: The file is missing or wrong.
    """
    for one in library.connectors.values():
        for fact in one.facts.values():
            yield from ((one.id, text) for text in (fact.value, fact.note))
        yield from ((one.id, double.tell) for double in one.mistaken)


def mistakes(library: Library) -> list[str]:
    """Return which names lead to nothing, each as `docs/data/connectors.toml:12: what is wrong`.

    Raises:
        PageError: The file is missing or wrong.
    """
    every = library.connectors.values()
    sources = ((one.id, name) for one in every for name in one.sources)
    doubles = ((one.id, double.name) for one in every for double in one.mistaken if _ID.fullmatch(double.name))
    pages = ((one.id, page) for one in every for page in (one.page, one.chapter))
    return [
        *library.unknown(FILE, "connector", sources, library.source),
        *library.unknown(FILE, "connector", doubles, library.connector),
        *library.unknown(FILE, "connector", pages, library.page),
    ]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a connectors fence asks for.

    Args:
        family: Which connectors; all if empty.
        drawn: Whether their drawings are shown.
        told: Whether the table is shown.
    """

    family: str
    drawn: bool
    told: bool


def read(body: str) -> Catalogue:
    """Read a connectors fence.

    Args:
        body: What stands in it: a family and one of its parts, or a family, or nothing.

    Raises:
        PageError: It names no family, or something else of it.
    """
    name, _, part = body.strip().partition(" ")
    if name and name not in FAMILIES:
        raise PageError(f"unknown family {name}{guess(name, FAMILIES)}")
    if part not in ("", *_PARTS):
        raise PageError(f"of a family there are {' and '.join(_PARTS)}, not {part}{guess(part, _PARTS)}")
    return Catalogue(name, drawn=bool(name) and part != "table", told=part != "drawings")


def render(library: Library, page: str, asked: Catalogue) -> Element:
    """Return the drawings of connectors and their table, as elements with Markdown texts.

    Args:
        library: The checkout.
        page: The page it is to stand on.
        asked: Which of them, and what of them.

    Raises:
        PageError: The file is missing or wrong.
    """
    first = " scene" * (asked.drawn and not asked.told)  # whoever holds a plug compares it before reading on
    block = Element("div", {"class": f"sk-catalogue sk-hardware wide{first}", "data-search-exclude": ""})
    chosen = [one for one in library.connectors.values() if asked.family in ("", one.family)]
    if asked.drawn:
        drawn = SubElement(block, "ul", {"class": "sk-faces"})
        drawn.extend(face(one, page, mixed=True) for one in chosen)
    if asked.told:
        table = SubElement(block, "table", {"class": "sk-table"})
        body = table_body(table, ("Port", *(_HEADS.get(name, FACTS[name]) for name in _COLUMNS)))
        for connector in chosen:
            row = SubElement(body, "tr")
            SubElement(row, "th", {"scope": "row"}).append(link_to(connector, page))
            for name in _COLUMNS:
                SubElement(row, "td", {"data-head": _HEADS.get(name, FACTS[name])}).text = _cell(connector, name)
        SubElement(block, "p", {"class": "sk-note"}).text = f"{_UNKNOWN} We have no source for it."
    return block


def _cell(connector: Connector, name: str) -> str:
    if name == "size" and connector.size:
        width, height = connector.size.width, connector.size.height
        what = "" if connector.size.of == "opening" else f" ({connector.size.of})"
        return f"{width:g} across{what}" if width == height else f"{width:g} \u00d7 {height:g}{what}"
    if name not in connector.facts:
        return _UNKNOWN
    fact = connector.facts[name]
    return fact.value if fact.sources else fact.value.partition(":")[0]


class Connectors(Block[Catalogue]):
    """The catalogue of connectors, or one family of it."""

    name = "connectors"
    guide = _GUIDE
    file = FILE

    def read(self, body: str, library: Library) -> Catalogue:
        library.connectors  # noqa: B018  what is wrong with the file is said here
        return read(body)

    def render(self, asked: Catalogue, spot: Spot) -> Element:
        return render(spot.library, spot.page, asked)

    def shows(self, asked: Catalogue, library: Library) -> tuple[str, ...]:
        return () if asked.family else (FILE,)

    def mistakes(self, library: Library) -> list[str]:
        return mistakes(library)

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        return texts(library)

    def sources(self, library: Library) -> Iterator[str]:
        for connector in library.connectors.values():
            yield from connector.sources


BLOCK = Connectors()
