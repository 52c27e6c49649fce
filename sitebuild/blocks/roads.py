"""The block of the roads: where each begins. The chapters themselves are listed once, by the block of the contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.navigation import read_menu
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.reading.options import PageError

_FILE = "roads.toml"
_UNROADED = "your-turn.md"
"""The name of the pages that end a part: they lie on no road."""

_LOOKED_UP = {"Reference", "Errors"}
"""The parts whose pages are no chapters."""

_GUIDE = """\
## The roads

An empty `roads` fence says where the road of each door of the home page begins, and how many pages it has; `docs/data/roads.toml` names them in order. Who begins there, or with the list below the door on the home page, is led on along its road: at the head and the foot of each page, the ways back and on are those of the road. Name a new chapter on at least one.
"""


def render(library: Library, page: str) -> Element:
    """Return the beginnings.

    Args:
        library: The checkout.
        page: The page that they stand on.
    """
    names = {entry.page: entry.name for entry in read_menu(library.root)}
    block = Element("div", {"class": "wide sk-roads"})
    for number, road in enumerate(library.roads, 1):
        names_it = {"data-door": road.door, "aria-label": road.says}
        box = SubElement(block, "section", {"class": f"sk-road sk-road-{number}", **names_it})
        SubElement(box, "p").text = AtomicString(road.says)
        first, *_ = road.pages
        begin = SubElement(box, "p")
        begin.text = f"{len(road.pages)} chapters, from "
        href = posixpath.relpath(first, posixpath.dirname(page) or ".")
        link = SubElement(begin, "a", {"href": href})
        link.text = AtomicString(names.get(first, first))
        link.tail = " on"
    return block


def _mistakes(library: Library) -> Iterator[str]:
    pages = [(road.door, page) for road in library.roads for page in road.pages]
    yield from library.unknown(_FILE, "road", pages, library.page)
    led = {page for _, page in pages}
    for entry in read_menu(library.root):
        is_chapter = entry.part not in {"", *_LOOKED_UP} and posixpath.basename(entry.page) != _UNROADED
        if is_chapter and entry.page not in led:
            yield f"docs/data/{_FILE}:1: no road leads to {entry.page}; name it on one"


class RoadsBlock(Whole):
    """Where each road begins."""

    name = "roads"
    guide = _GUIDE
    file = _FILE

    def read(self, body: str, library: Library) -> None:
        super().read(body, library)
        if not library.roads:
            raise PageError(f"docs/data/{_FILE} is missing, or has no road")

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)

    def mistakes(self, library: Library) -> list[str]:
        return list(_mistakes(library))


BLOCK = RoadsBlock()
