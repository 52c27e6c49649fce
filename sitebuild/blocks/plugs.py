"""The block of a few connectors beside each other, at one scale, each a link to its page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from sitebuild.connectors.parts import face
from sitebuild.data.connectors import Connector
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.reading import options
from sitebuild.reading.options import PageError

_GUIDE = """\
## A few connectors

````markdown
```plugs
[usb-a, usb-c, hdmi]
```
````

draws these connectors at one scale. Their ids are those of `docs/data/connectors.toml`.
"""


def read(body: str, library: Library) -> tuple[Connector, ...]:
    """Read a plugs fence.

    Args:
        body: What stands in it: a list of connectors.
        library: Where they are.

    Raises:
        PageError: It is no list, or one of them is unknown.
    """
    value = options.parse(body)
    if not isinstance(value, list) or not value:
        raise PageError("a plugs fence holds a list of connectors, such as [usb-a, usb-c, hdmi]")
    return tuple(library.connector(str(name)) for name in value)


class Plugs(Block[tuple[Connector, ...]]):
    """A few connectors at one scale."""

    name = "plugs"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> tuple[Connector, ...]:
        return read(body, library)

    def render(self, asked: tuple[Connector, ...], spot: Spot) -> Element:
        listed = Element("ul", {"class": "sk-faces sk-plugs sk-hardware", "data-search-exclude": ""})
        for connector in asked:
            listed.append(face(connector, spot.page, mixed=True))
        return listed


BLOCK = Plugs()
