"""The block of one connector, drawn large."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from sitebuild.connectors import drawing
from sitebuild.connectors.parts import legend
from sitebuild.data.connectors import Connector
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading.options import PageError

_FILE = "connectors.toml"
_WIDE, _NARROW = 700, 288

_GUIDE = """\
## A hardware port

````markdown
```connector
usb-mini-b
```
````

draws a [[connector]] from the front, with its contacts numbered. A `datasheet` fence, which follows what one should know of it, prints the rest.
The entries are kept in `docs/data/connectors.toml`, and each has a page of its own, `docs/hardware/connectors/usb-mini-b.md`:

```toml
["usb-mini-b"]
name = "Mini-USB"
family = "usb"
chapter = "hardware/usb.md"
formal = { is = "USB Mini-B receptacle", source = "usb-mini-b-ecn" }
year = { is = "2000", source = "usb-mini-b-ecn" }
contacts = { is = 5, source = "usb-mini-b-ecn" }
size = { is = [7.7, 3.9], of = "opening", source = "usb-kicad-models", note = "What else the reader must know." }
mistaken = [{ for = "usb-micro-b", tell = "It is half as high." }]
shape = "cut corners"
inside = "tongue"
where = ["camera", "phone"]
common = 1
words = ["old camera", "old sat nav"]
looks = "One plain sentence on what the opening looks like, for those who do not see the drawing."

["usb-mini-b".face]
outline = [[0, 0], [7.7, 0], [7.7, 2.4], [6.9, 3.9], [0.8, 3.9], [0, 2.4]]
round = 0.3
solids = [[1.3, 1.3, 5.1, 0.8]]
pad = [0.5, 0.4]
rows = [[2.25, 5.45, 1.9]]

["usb-mini-b".pins]
source = "usb-mini-b-ecn"
seen = "from the front of the receptacle"
rows = [["1 VBUS", "2 D-", "3 D+", "4 ID", "5 GND"]]
signals = { VBUS = ["power", "5 V"], D- = ["data", "Data, negative"], "D+" = ["data", "Data, positive"], ID = ["control", "Says which end is the host"], GND = ["ground", "Return path"] }
```

- A fact is `{ is = ..., source = ... }`, with a `note` if need be. **What has no source is left out**; the page then says *we have no source*. Of contacts and rate an entry may say instead `"none: why"` or `"does not apply: why"`. The facts are `formal`, `also`, `year`, `standard`, `contacts`, `size`, `carries`, `rate`, `gender` and `hotplug`.
- `size` is width and height in mm, seen from the front, and `of` what was measured: `opening`, `plug`, `card`, `module`, `shell` or `slot`.
- `face` draws it, in mm from the top left corner. The corners of `outline`, clockwise, span the size; without them it is an ellipse. `round` is the radius of the corners, `solids` are blocks as left, top, width and height, `rings` circles as x, y and radius, `shapes` blocks by their corners. `marks`, by their corners too, tell which side is up: a gap, a slot for a key, a catch. `teeth` are contacts whose order has no source, as x of the first, x of the last, y and how many; `middle` is a `pin` or a `hole`; `rim` is how thick the wall around a round opening is, and `thread = true` makes it a screw thread. `contact` is a `pad`, `pin`, `hole` or `blade`, and `pad` its width and height.
- `rows` of the face says where the rows of contacts are: x of the first, x of the last, and y. `places` gives x and y of each contact instead.
- Without a size, `box = [width, height]` gives the proportions, and the drawing is marked as *shape only*.
- `rows` of the pins holds a number and a name for each contact, as seen from the front, and `""` where a place is empty. `signals` says of each name whether it is `power`, `ground`, `data`, `control` or `unused`, and what for.
- `shape`, `inside` and `where` are the answers that the key asks for; a wrong word lists the right ones. `shape` and `inside` are one word, or a list of all that a reader may call it. `words` is what people call the thing who do not know its name, and `common` how often they meet one, from 1, seldom, to 3, every day: the key ranks by them, and the search of the site knows the words.

A test measures each drawing in a browser, and another walks each path of the key.
"""


def read(body: str, library: Library, fence: str) -> Connector:
    """Read a fence about one connector.

    Args:
        body: What stands in it, the id of a connector.
        library: The checkout.
        fence: What the fence is called.

    Raises:
        PageError: It names none.
    """
    name = body.strip()
    if not name:
        raise PageError(f"a {fence} fence holds the id of a connector, such as usb-c")
    return library.connector(name)


def render(connector: Connector) -> Element:
    """Return the drawing of a connector.

    Args:
        connector: Which.
    """
    block = Element("div", {"class": "sk-connector sk-hardware spread"})
    figure = SubElement(block, "figure", {"class": "figure", UNSOUGHT: ""})
    for width, name in ((_WIDE, "wide"), (_NARROW, "narrow")):
        figure.append(drawing.large(connector, width, f"{connector.id}-{name}", f"{name}-only"))
    legend(figure, {pin.kind for pin in connector.pins})
    SubElement(figure, "figcaption").text = _caption(connector)
    return block


def _caption(connector: Connector) -> str:
    left_out = _left_out(connector)
    if not connector.size:
        return f"Only the shape is drawn: we found no source for the size.{left_out}"
    drawn = f"The outline is to scale: {connector.facts['size'].value}."
    if not (connector.pins or connector.face.solids or connector.face.rings):
        return drawn
    order = "; the contacts are in the right order" if connector.pins else ""
    return f"{drawn} What is inside is drawn by eye{order}.{left_out}"


def _left_out(connector: Connector) -> str:
    """Say that a drawing has no contacts though the connector has, so that nobody takes an empty tongue for the truth."""
    face = connector.face
    many = connector.contacts
    if not many or connector.pins or face.teeth or face.middle or many in (len(face.solids), len(face.rings)):
        return ""
    return f" Its {many} contacts are left out."


class ConnectorBlock(Block[Connector]):
    """One connector, drawn large."""

    name = "connector"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Connector:
        return read(body, library, self.name)

    def render(self, asked: Connector, spot: Spot) -> Element:
        return render(asked)

    def shows(self, asked: Connector, library: Library) -> tuple[str]:
        return (f"connector {asked.id}",)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if _FILE in shown:
            for name in library.connectors:
                place = library.place(_FILE, name)
                yield Due(f"connector {name}", no_page_shows(place, f"the connector {name}", self.name))


BLOCK = ConnectorBlock()
