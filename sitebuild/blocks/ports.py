"""The block of ports: a table that a script makes searchable."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from sitebuild import reference
from sitebuild.data.ports import Assignment
from sitebuild.library import Library

FILE = "ports.toml"
_HEADS = ("Port", "Transport", "Name", "What for", "Encrypted", "Source")


def texts(library: Library) -> Iterator[tuple[str, str]]:
    """Yield each text that is Markdown, with the name of its entry.

    Raises:
        PageError: The file is missing or wrong.
    """
    for port in library.ports:
        for text in (port.use, port.note):
            yield port.id, text


def mistakes(library: Library) -> list[str]:
    """Return which sources are none, each as `docs/data/ports.toml:12: what is wrong`.

    Raises:
        PageError: The file is missing or wrong.
    """
    names = ((port.id, name) for port in library.ports for name in port.sources)
    return library.unknown(FILE, "port", names, library.source)


def render(library: Library, page: str) -> Element:  # noqa: ARG001
    """Return the table as elements, whose texts are Markdown still. Sources that are none are left out.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file or the bibliography is missing or wrong.
    """
    block = Element("div", {"class": "sk-ports"})
    SubElement(block, "div", {"class": "sk-find", "data-search-exclude": ""})  # the script's; it keeps its place
    table = SubElement(block, "table", {"class": "sk-table"})
    head = SubElement(SubElement(table, "thead"), "tr")
    for name in _HEADS:
        SubElement(head, "th", {"scope": "col"}).text = name
    body = SubElement(table, "tbody")
    for port in library.ports:
        _row(SubElement(body, "tr", {"id": port.slug}), port, library)
    return block


def _row(row: Element, port: Assignment, library: Library) -> None:
    number = SubElement(row, "th", {"scope": "row"})
    SubElement(number, "a", {"href": f"#{port.slug}"}).text = str(port.number)
    SubElement(row, "td").text = port.transport.upper()
    SubElement(SubElement(row, "td"), "code").text = port.name
    use = SubElement(row, "td")
    SubElement(use, "p").text = port.use
    if port.note:
        SubElement(use, "p", {"class": "sk-note"}).text = port.note
    encrypted = SubElement(row, "td", {"data-encrypted": port.encrypted})
    SubElement(encrypted, "span").text = port.encrypted
    known = [library.sources[name] for name in port.sources if name in library.sources]
    reference.add_sources(SubElement(row, "td"), known)
