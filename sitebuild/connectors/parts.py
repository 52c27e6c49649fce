"""What the blocks of connectors have in common: small drawings, links, a table's head, what a filling stands for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.connectors import drawing
from sitebuild.data.connectors import KINDS, Connector

PLATE_PAGE, KEY_PAGE, LAYERS_PAGE = "hardware/plate.md", "hardware/which-port.md", "hardware/five-layers.md"


def table_body(table: Element, heads: Iterable[str]) -> Element:
    """Give a table its head, and return its body."""
    row = SubElement(SubElement(table, "thead"), "tr")
    for head in heads:
        SubElement(row, "th", {"scope": "col"}).text = head
    return SubElement(table, "tbody")


def legend(parent: Element, kinds: set[str]) -> None:
    """Say which filling of a contact stands for what. The table of contacts says it in words."""
    if kinds:
        legend = SubElement(parent, "p", {"class": "sk-kinds", "aria-hidden": "true"})
        for kind in (kind for kind in KINDS if kind in kinds):
            SubElement(legend, "span", {"class": f"sk-kind sk-{kind}"}).text = KINDS[kind]


def face(connector: Connector, page: str, mixed: bool = False) -> Element:
    """Return a small drawing; among others that are to scale, one that is not says so."""
    item = Element("li")
    link = link_to(connector, page)
    link.text = None
    link.append(drawing.small(connector))
    SubElement(link, "span").text = AtomicString(connector.name)
    if connector.size and connector.size.of != "opening":
        SubElement(link, "small").text = f"size of the {connector.size.of}"
    elif mixed and not connector.size:
        SubElement(link, "small").text = "not to scale"
    item.append(link)
    return item


def link_to(connector: Connector, page: str) -> Element:
    """Return a link to the page of a connector."""
    link = Element("a", {"href": relative(connector.page, page)})
    link.text = AtomicString(connector.name)
    return link


def relative(file: str, page: str) -> str:
    """Return the address of a file of pages as a page links to it."""
    return posixpath.relpath(file, posixpath.dirname(page) or ".")
