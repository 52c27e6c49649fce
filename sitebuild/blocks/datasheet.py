"""The block of what is known of one connector: facts, contacts, and what it is mistaken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks import connector as drawn
from sitebuild.connectors import drawing
from sitebuild.connectors.parts import KEY_PAGE, LAYERS_PAGE, PLATE_PAGE, link_to, relative, table_body
from sitebuild.data.bibliography import Source
from sitebuild.data.connectors import FACTS, KINDS, Connector, Pin
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.markup.citations import citation
from sitebuild.markup.unsought import UNSOUGHT

_FILE = "connectors.toml"
NO_SOURCE = "we have no source"
_UNSOUGHT = ("year", "standard", "rate")
"""What people ask of a port that they name: the name finds it."""

_GUIDE = """\
## What is known of a hardware port

````markdown
```datasheet
usb-mini-b
```
````

prints what `docs/data/connectors.toml` knows of a [[connector]], its contacts with what each is for, and what it is mistaken for. It stands at the end of the page, below what a reader should know first.
"""


def render(connector: Connector, library: Library, page: str) -> Element:
    """Return all that is known of a connector, as elements whose texts are Markdown still.

    Args:
        connector: Which.
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The bibliography is missing or wrong.
    """
    block = Element("div", {"class": "sk-datasheet sk-hardware spread"})
    _facts(block, connector, library, page)
    _contacts(block, connector, library)
    if connector.mistaken:
        # Who searches for one port is not to find all that look like it.
        SubElement(block, "p", {"class": "sk-title", UNSOUGHT: ""}).text = "Not to be mistaken for"
        listed = SubElement(block, "ul", {"class": "sk-doubles", UNSOUGHT: ""})
        for double in connector.mistaken:
            item = SubElement(listed, "li")
            _pair(item, connector, library.connectors.get(double.name))
            item.append(_double(double.name, library, page))
            item[-1].tail = f": {double.tell}"
    more = SubElement(block, "p", {"class": "sk-more", UNSOUGHT: ""})
    more.text = "Read on: "
    for file, words in (
        (connector.chapter, "the chapter on it"),
        (PLATE_PAGE, "every port to one scale"),
        (KEY_PAGE, "which port is this?"),
    ):
        link = SubElement(more, "a", {"href": relative(file, page)})
        link.text, link.tail = words, " \u00b7 "
    more[-1].tail = None
    return block


def _contacts(block: Element, connector: Connector, library: Library) -> None:
    if not connector.pins:
        return
    title = SubElement(block, "p", {"class": "sk-title"})
    title.text = "Contacts of "
    for word in connector.name.split():
        name = SubElement(title, "span", {"class": "sk-option"})  # which no line breaks after its hyphen
        name.text, name.tail = word, " "
    title[-1].tail = " (pinout)"
    # Found by their names, signals would hide the chapters from who searches for "key" or "power".
    table = SubElement(block, "table", {"class": "sk-table sk-contacts", UNSOUGHT: ""})
    caption = SubElement(table, "caption")
    caption.text = f"Seen {connector.seen} "
    caption.append(citation(_known(connector.pin_sources, library)))
    body = table_body(table, ("No.", "Signal", "What for"))
    for pin in _by_number(connector.pins):
        row = SubElement(body, "tr", {"id": drawing.row_id(connector, pin)})
        SubElement(row, "th", {"scope": "row"}).text = AtomicString(pin.number)
        SubElement(SubElement(row, "td"), "code").text = AtomicString(pin.name)
        what = SubElement(row, "td")
        SubElement(what, "span", {"class": f"sk-kind sk-{pin.kind}"}).text = KINDS[pin.kind]
        what[0].tail = " "
        SubElement(what, "span").text = AtomicString(pin.says)  # whole below its kind where it has no room beside it


def _by_number(pins: tuple[Pin, ...]) -> Iterable[Pin]:
    """Return contacts as one looks them up: by number, with A1 before A2 before A10. Where one has none, as drawn."""
    counted = [re.fullmatch(r"([A-Z]*)(\d+)", pin.number) for pin in pins]
    if not all(counted):
        return pins
    order = {pin: (match[1], int(match[2])) for pin, match in zip(pins, counted, strict=True) if match}
    return sorted(pins, key=lambda pin: order[pin])


def _facts(block: Element, connector: Connector, library: Library, page: str) -> None:
    table = SubElement(block, "table", {"class": "sk-table sk-facts"})
    SubElement(table, "caption", {UNSOUGHT: ""}).text = "What we know about it"
    body = SubElement(table, "tbody")
    _row(body, "Looks like", connector.looks.rstrip("."))
    for name, head in FACTS.items():
        fact = connector.facts.get(name)
        if fact or name != "also":
            # What is not known is no answer, and a note says only how far a fact goes.
            row = SubElement(body, "tr", {UNSOUGHT: ""} if name in _UNSOUGHT or not fact else {})
            title = SubElement(row, "th", {"scope": "row"})
            if name == "gender":
                link = SubElement(title, "a", {"href": f"{relative(LAYERS_PAGE, page)}#female-and-male"})
                link.text, _, rest = head.partition(" ")
                link.tail = f" {rest}"
            else:
                title.text = head
            cell = SubElement(row, "td", {} if fact else {"class": "sk-none"})
            said = SubElement(cell, "p")
            said.text = fact.value if fact else NO_SOURCE
            if fact and fact.sources:
                said.append(citation(_known(fact.sources, library)))
            if fact and fact.note:
                SubElement(cell, "p", {"class": "sk-note", UNSOUGHT: ""}).text = fact.note
    # The key goes by them, and the search finds them here, for who does not know the name.
    _row(body, "Words that find it", AtomicString(", ".join(connector.words)), {"class": "sk-note"})


def _row(body: Element, head: str, text: str, attributes: dict[str, str] | None = None) -> None:
    row = SubElement(body, "tr")
    SubElement(row, "th", {"scope": "row"}).text = head
    SubElement(SubElement(row, "td"), "p", attributes or {}).text = text


def _known(names: tuple[str, ...], library: Library) -> list[Source]:
    return [library.sources[name] for name in names if name in library.sources]


def _pair(item: Element, connector: Connector, double: Connector | None) -> None:
    """Draw two that look alike beside each other, if both can be drawn to scale."""
    if double and connector.size and double.size:
        pair = SubElement(item, "span", {"class": "sk-pair"})
        pair.extend([drawing.small(connector), drawing.small(double)])


def _double(name: str, library: Library, page: str) -> Element:
    if name in library.connectors:
        return link_to(library.connectors[name], page)
    words = Element("strong")
    words.text = name
    return words


class Datasheet(Block[Connector]):
    """What is known of one connector."""

    name = "datasheet"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Connector:
        return drawn.read(body, library, self.name)

    def render(self, asked: Connector, spot: Spot) -> Element:
        return render(asked, spot.library, spot.page)

    def shows(self, asked: Connector, library: Library) -> tuple[str]:
        return (f"datasheet {asked.id}",)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if _FILE in shown:
            for name in library.connectors:
                place = library.place(_FILE, name)
                yield Due(f"datasheet {name}", no_page_shows(place, f"what is known of {name}", self.name))


BLOCK = Datasheet()
