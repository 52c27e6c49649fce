"""The block of one connector: drawn large, with its contacts and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.block import Block, Due, Spot, no_page_shows
from sitebuild.citations import citation
from sitebuild.connectors import drawing
from sitebuild.connectors.parts import KEY_PAGE, LAYERS_PAGE, PLATE_PAGE, legend, link_to, relative, table_body
from sitebuild.data.bibliography import Source
from sitebuild.data.connectors import FACTS, KINDS, Connector
from sitebuild.library import Library
from sitebuild.options import PageError
from sitebuild.unsought import UNSOUGHT

_FILE = "connectors.toml"
NO_SOURCE = "we have no source"
_WIDE, _NARROW = 700, 288

_GUIDE = """\
## A hardware port

````markdown
```connector
usb-mini-b
```
````

draws a [[connector]] from the front, with its contacts numbered, and prints what is known of it.
The entries are kept in `docs/data/connectors.toml`, and each has a page of its own, `docs/hardware/connectors/usb-mini-b.md`:

```toml
["usb-mini-b"]
name = "Mini-USB"
family = "usb"
chapter = "hardware/usb.md"
formal = { is = "USB Mini-B receptacle", source = "usb-mini-b-ecn" }
year = { is = "2000", source = "usb-mini-b-ecn" }
contacts = { is = 5, source = "usb-mini-b-ecn" }
size = { is = [7.7, 3.9], of = "opening", source = "usb-mini-b-sheet", note = "What else the reader must know." }
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


def render(connector: Connector, library: Library, page: str) -> Element:
    """Return a connector with all that is known of it, as elements whose texts are Markdown still.

    Args:
        connector: Which.
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The bibliography is missing or wrong.
    """
    block = Element("div", {"class": "sk-connector sk-hardware spread"})
    figure = SubElement(block, "figure", {"class": "figure", UNSOUGHT: ""})
    for width, name in ((_WIDE, "wide"), (_NARROW, "narrow")):
        figure.append(drawing.large(connector, width, f"{connector.id}-{name}", f"{name}-only"))
    legend(figure, {pin.kind for pin in connector.pins})
    SubElement(figure, "figcaption").text = _caption(connector)
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
    _row(body, "Looks like", connector.looks.rstrip("."))
    for name, head in FACTS.items():
        fact = connector.facts.get(name)
        if fact or name != "also":
            row = SubElement(body, "tr")
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
                SubElement(cell, "p", {"class": "sk-note"}).text = fact.note
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


class ConnectorBlock(Block[Connector]):
    """One connector, drawn large."""

    name = "connector"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Connector:
        return read(body, library)

    def render(self, asked: Connector, spot: Spot) -> Element:
        return render(asked, spot.library, spot.page)

    def shows(self, asked: Connector, library: Library) -> tuple[str]:
        return (f"connector {asked.id}",)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if _FILE in shown:
            for name in library.connectors:
                place = library.place(_FILE, name)
                yield Due(f"connector {name}", no_page_shows(place, f"the connector {name}", self.name))


BLOCK = ConnectorBlock()
