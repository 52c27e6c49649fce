"""The block of all connectors at one scale."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import svg

from sitebuild.connectors import drawing, identification
from sitebuild.connectors.parts import face, legend
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library

_GUIDE = """\
## The plate

An empty `plate` fence draws all hardware ports at one scale.
"""


def render(library: Library, page: str) -> Element:
    """Return all connectors at one scale, as elements.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("section", {"class": "sk-plate sk-hardware wide", "data-search-exclude": ""})
    SubElement(block, "div", {"class": "sk-life", "data-search-exclude": ""})  # the script's; it keeps its place
    every = library.connectors.values()
    legend(block, {pin.kind for connector in every for pin in connector.pins})
    for sized, title in ((True, "To one scale"), (False, "Shape only, not to scale")):
        shown = [connector for connector in every if bool(connector.size) is sized]
        if shown:
            SubElement(block, "p", {"class": "sk-title"}).text = title
            listed = SubElement(block, "ul", {"class": "sk-faces"})
            if sized:
                listed.append(_coin())
            for connector in shown:
                listed.append(face(connector, page))
    return block


def _coin() -> Element:
    item = Element("li", {"class": "sk-coin"})
    half = identification.COIN / 2
    money = svg.Circle(class_=["sk-money"], cx=half, cy=half, r=half)
    item.append(drawing.bare((identification.COIN, identification.COIN), [money]))
    SubElement(item, "span").text = f"a coin of 1 euro, {identification.COIN:g} mm"
    return item


class Plate(Whole):
    """All connectors at one scale."""

    name = "plate"
    guide = _GUIDE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)


BLOCK = Plate()
