"""Puts the way on along each road at a page's foot; the style hides it until a script knows by which door one came."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.navigation import read_menu
from sitebuild.data.roads import Road
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT


def ways(library: Library, page: str) -> Iterator[Element]:
    """Yield for each road that leads over a page the ways to the pages before and after it.

    Args:
        library: The checkout.
        page: The page, relative to the folder of the pages.
    """
    on = [(road, around) for road in library.roads if (around := road.around(page))]
    if on:
        names = {entry.page: entry.name for entry in read_menu(library.root)}
        for road, around in on:
            yield _way(road, page, dict(zip(("prev", "next"), around, strict=True)), names)


def _way(road: Road, page: str, around: dict[str, str], names: dict[str, str]) -> Element:
    label = f"{road.says}: {road.pages.index(page) + 1} of {len(road.pages)}"
    hidden = {"hidden": "hidden", UNSOUGHT: ""}
    way = Element("nav", {"class": "sk-way-on", "data-door": road.door, "aria-label": label, **hidden})
    for rel, target in around.items():
        if target:
            href = posixpath.relpath(target, posixpath.dirname(page) or ".")
            link = SubElement(way, "a", {"rel": rel, "href": href})
            link.text = AtomicString(names.get(target, target))
    return way
