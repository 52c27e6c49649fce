"""The blocks of the catalogue of connectors: one of them large, all of them to one scale, a table, and a key."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import reference
from sitebuild.connectors import drawing, key
from sitebuild.data.bibliography import Source
from sitebuild.data.connectors import FACTS, FAMILIES, KINDS, Connector
from sitebuild.library import Library
from sitebuild.options import PageError, guess

FILE = "connectors.toml"
PLATE_PAGE, KEY_PAGE, LAYERS_PAGE = "hardware/plate.md", "hardware/which-port.md", "hardware/five-layers.md"
UNPUBLISHED = "not published: we read no source for it"
_WIDE, _NARROW = 700, 288
_COLUMNS = ("year", "contacts", "size", "rate", "gender", "hotplug")
_HEADS = {"size": "Size, mm", "gender": "Gender", "hotplug": "While running"}
_ID = re.compile(r"[a-z0-9-]+")


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


def read(body: str, library: Library) -> Connector:
    """Read a connector fence.

    Args:
        body: What stands in it, the id of a connector.
        library: The checkout.

    Raises:
        PageError: It names none.
    """
    name = body.strip()
    if not name:
        raise PageError("a connector fence holds the id of a connector, such as usb-c")
    return library.connector(name)


def family(body: str) -> str:
    """Read a connectors fence.

    Args:
        body: What stands in it, a family or nothing.

    Raises:
        PageError: It names no family.
    """
    name = body.strip()
    if name and name not in FAMILIES:
        raise PageError(f"unknown family {name}{guess(name, FAMILIES)}")
    return name


def one(connector: Connector, library: Library, page: str) -> Element:
    """Return a connector with all that is known of it, as elements whose texts are Markdown still.

    Args:
        connector: Which.
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The bibliography is missing or wrong.
    """
    block = Element("div", {"class": "sk-connector sk-hardware"})
    figure = SubElement(block, "figure", {"class": "figure", "data-search-exclude": ""})
    for width, name in ((_WIDE, "wide"), (_NARROW, "narrow")):
        svg = _atomic(drawing.large(connector, width, f"{connector.id}-{name}"))
        svg.set("class", f"sk-large {name}-only")
        figure.append(svg)
    _legend(figure, {pin.kind for pin in connector.pins})
    SubElement(figure, "figcaption").text = _caption(connector)
    _contacts(block, connector, library)
    _facts(block, connector, library, page)
    if connector.mistaken:
        SubElement(block, "p", {"class": "sk-title"}).text = "Not to be mistaken for"
        listed = SubElement(block, "ul", {"class": "sk-doubles"})
        for double in connector.mistaken:
            item = SubElement(listed, "li")
            item.append(_double(double.name, library, page))
            item[0].tail = f": {double.tell}"
    more = SubElement(block, "p", {"class": "sk-more"})
    more.text = "Read on: "
    for file, words in (
        (connector.chapter, "the chapter on it"),
        (PLATE_PAGE, "every port to one scale"),
        (KEY_PAGE, "which port is this?"),
    ):
        link = SubElement(more, "a", {"href": _relative(file, page)})
        link.text, link.tail = words, " \u00b7 "
    more[-1].tail = None
    return block


def render(library: Library, page: str, family: str = "") -> Element:
    """Return the table of connectors, below their drawings if it has one family, as elements with Markdown texts.

    Args:
        library: The checkout.
        page: The page it is to stand on.
        family: Which of them; all if empty.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-catalogue sk-hardware", "data-search-exclude": ""})
    if family:
        drawn = SubElement(block, "ul", {"class": "sk-faces"})
        drawn.extend(_face(one, page, mixed=True) for one in library.connectors.values() if one.family == family)
    table = SubElement(block, "table", {"class": "sk-table"})
    body = _body(table, ("Port", *(_HEADS.get(name, FACTS[name]) for name in _COLUMNS)))
    for connector in library.connectors.values():
        if family in ("", connector.family):
            row = SubElement(body, "tr")
            SubElement(row, "th", {"scope": "row"}).append(_link(connector, page))
            for name in _COLUMNS:
                SubElement(row, "td", {"data-head": _HEADS.get(name, FACTS[name])}).text = _cell(connector, name)
    return block


def plate(library: Library, page: str) -> Element:
    """Return all connectors at one scale, as elements.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-plate sk-hardware", "data-search-exclude": ""})
    SubElement(block, "div", {"class": "sk-life", "data-search-exclude": ""})  # the script's; it keeps its place
    every = library.connectors.values()
    _legend(block, {pin.kind for connector in every for pin in connector.pins})
    for sized, title in ((True, "To one scale"), (False, "Shape only, not to scale")):
        shown = [connector for connector in every if bool(connector.size) is sized]
        if shown:
            SubElement(block, "p", {"class": "sk-title"}).text = title
            listed = SubElement(block, "ul", {"class": "sk-faces"})
            if sized:
                listed.append(_coin())
            for connector in shown:
                listed.append(_face(connector, page))
    return block


def keyed(library: Library, page: str) -> Element:
    """Return the key, as elements: drawings, which a script lets a reader filter, and tables to read.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("div", {"class": "sk-which sk-hardware"})
    asked = [
        {"name": name, "ask": ask, "answers": [[_token(answer), said] for answer, said in key.words(name).items()]}
        for name, ask in key.QUESTIONS.items()
    ]
    # The script's; it keeps its place.
    SubElement(block, "div", {"class": "sk-ask-port", "data-search-exclude": "", "data-questions": json.dumps(asked)})
    listed = SubElement(block, "ul", {"class": "sk-faces", "data-search-exclude": ""})
    for connector in library.connectors.values():
        item = _face(connector, page, mixed=True)
        for question, answers in key.answers(connector).items():
            item.set(f"data-{question}", " ".join(map(_token, answers)))
        listed.append(item)
    branches = key.branches(library.connectors.values())
    for shape, said in key.words("shape").items():
        here = [branch for branch in branches if branch.shape == shape]
        if here:
            _branches(block, f"The outline is {said}", here, page)
    return block


def _token(answer: str) -> str:
    return answer.replace(" ", "-")


def _branches(block: Element, title: str, here: list[key.Branch], page: str) -> None:
    SubElement(block, "h2", {"id": f"outline-{_token(here[0].shape)}"}).text = title
    body = _body(SubElement(block, "table", {"class": "sk-table"}), ("Inside", "Width", "It is"))
    for branch in here:
        row = SubElement(body, "tr")
        SubElement(row, "td").text = key.words("inside")[branch.inside]
        SubElement(row, "td").text = key.words("width").get(branch.width, key.UNSURE)
        found = SubElement(SubElement(row, "td"), "ul")
        for connector in branch.found:
            item = SubElement(found, "li")
            item.append(_link(connector, page))
            places = key.words("where")
            item[0].tail = ": " + "; ".join(places[place] for place in connector.where)


def _body(table: Element, heads: Iterable[str]) -> Element:
    """Give a table its head, and return its body."""
    row = SubElement(SubElement(table, "thead"), "tr")
    for head in heads:
        SubElement(row, "th", {"scope": "col"}).text = head
    return SubElement(table, "tbody")


def _legend(parent: Element, kinds: set[str]) -> None:
    """Say which filling of a contact stands for what. The table of contacts says it in words."""
    if kinds:
        legend = SubElement(parent, "p", {"class": "sk-kinds", "aria-hidden": "true"})
        for kind in (kind for kind in KINDS if kind in kinds):
            SubElement(legend, "span", {"class": f"sk-kind sk-{kind}"}).text = KINDS[kind]


def _face(connector: Connector, page: str, mixed: bool = False) -> Element:
    """Return a small drawing; among others that are to scale, one that is not says so."""
    item = Element("li")
    link = _link(connector, page)
    link.text = None
    link.append(_atomic(drawing.small(connector)))
    SubElement(link, "span").text = AtomicString(connector.name)
    if connector.size and connector.size.of != "opening":
        SubElement(link, "small").text = f"size of the {connector.size.of}"
    elif mixed and not connector.size:
        SubElement(link, "small").text = "not to scale"
    item.append(link)
    return item


def _coin() -> Element:
    item = Element("li", {"class": "sk-coin"})
    box = key.COIN + 2 * drawing.MARGIN
    style = {"style": f"--w:{box:g};--h:{box:g}", "viewBox": f"0 0 {box:g} {box:g}", "aria-hidden": "true"}
    svg = SubElement(item, "svg", {"class": "sk-face", **style})
    middle = f"{box / 2:g}"
    SubElement(svg, "circle", {"class": "sk-money", "cx": middle, "cy": middle, "r": f"{key.COIN / 2:g}"})
    SubElement(item, "span").text = f"a coin of 1 euro, {key.COIN:g} mm"
    return item


def _caption(connector: Connector) -> str:
    if not connector.size:
        return "Only the shape is drawn: we read no source for the size."
    note = connector.facts["size"].note
    drawn = f"To scale is the outline: {connector.facts['size'].value}." + (f" {note}" if note else "")
    if not (connector.pins or connector.face.solids or connector.face.rings):
        return drawn
    order = "; the order of the contacts is true" if connector.pins else ""
    return f"{drawn} What is inside is drawn by eye{order}."


def _contacts(block: Element, connector: Connector, library: Library) -> None:
    if not connector.pins:
        return
    SubElement(block, "p", {"class": "sk-title"}).text = f"Contacts of {connector.name} (pinout)"
    # Found by their names, signals would hide the chapters from who searches for "key" or "power".
    table = SubElement(block, "table", {"class": "sk-table sk-contacts", "data-search-exclude": ""})
    caption = SubElement(table, "caption")
    caption.text = f"Seen {connector.seen} "
    reference.add_sources(caption, _known(connector.pin_sources, library))
    body = _body(table, ("No.", "Signal", "What for"))
    for pin in connector.pins:
        row = SubElement(body, "tr", {"id": drawing.row_id(connector, pin)})
        SubElement(row, "th", {"scope": "row"}).text = AtomicString(pin.number)
        SubElement(SubElement(row, "td"), "code").text = AtomicString(pin.name)
        what = SubElement(row, "td")
        SubElement(what, "span", {"class": f"sk-kind sk-{pin.kind}"}).text = KINDS[pin.kind]
        what[0].tail = AtomicString(f" {pin.says}")


def _facts(block: Element, connector: Connector, library: Library, page: str) -> None:
    table = SubElement(block, "table", {"class": "sk-table sk-facts"})
    SubElement(table, "caption").text = "What is known of it"
    body = SubElement(table, "tbody")
    for name, head in FACTS.items():
        fact = connector.facts.get(name)
        if fact or name != "also":
            row = SubElement(body, "tr")
            title = SubElement(row, "th", {"scope": "row"})
            if name == "gender":
                link = SubElement(title, "a", {"href": f"{_relative(LAYERS_PAGE, page)}#female-and-male"})
                link.text, _, rest = head.partition(" ")
                link.tail = f" {rest}"
            else:
                title.text = head
            cell = SubElement(row, "td", {} if fact else {"class": "sk-none"})
            SubElement(cell, "p").text = fact.value if fact else UNPUBLISHED
            if fact and fact.note:
                SubElement(cell, "p", {"class": "sk-note"}).text = fact.note
            if fact:
                reference.add_sources(SubElement(cell, "p", {"class": "sk-from"}), _known(fact.sources, library))


def _cell(connector: Connector, name: str) -> str:
    if name == "size" and connector.size:
        what = "" if connector.size.of == "opening" else f" ({connector.size.of})"
        return f"{connector.size.width:g} \u00d7 {connector.size.height:g}{what}"
    return connector.facts[name].value if name in connector.facts else "not published"


def _known(names: tuple[str, ...], library: Library) -> list[Source]:
    return [library.sources[name] for name in names if name in library.sources]


def _double(name: str, library: Library, page: str) -> Element:
    if name in library.connectors:
        return _link(library.connectors[name], page)
    words = Element("strong")
    words.text = name
    return words


def _link(connector: Connector, page: str) -> Element:
    link = Element("a", {"href": _relative(connector.page, page)})
    link.text = AtomicString(connector.name)
    return link


def _relative(file: str, page: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(page) or ".")


def _atomic(svg: Element) -> Element:
    """Keep the words of a drawing from being read as Markdown."""
    for element in svg.iter():
        if element.text:
            element.text = AtomicString(element.text)
    return svg
