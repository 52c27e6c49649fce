"""The systems block: what differs between systems, in tabs beside the text that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.reading import options
from sitebuild.reading.options import PageError, guess

SYSTEMS = ("Linux", "macOS", "Windows", "BSD", "Android")

_GUIDE = f"""\
## What differs between systems

````markdown
```systems
Linux: >
  The range stands in `/proc/sys/net/ipv4/ip_local_port_range` [@ip7].
Windows: >
  It is 49152 to 65535 [@ms-dynamic-ports].
```
````

becomes tabs, one for each system; the reader's choice holds on all pages. Without scripts a tab opens too, and on paper all stand one below the other.
The systems are {", ".join(SYSTEMS)}. A blank line begins a new paragraph. Put a question above it as a heading. What holds everywhere is a sentence of the page and no tab, and what is easier to compare side by side is a table.
"""


@dataclass(frozen=True, slots=True)
class Systems:
    """What is said of each system.

    Args:
        said: The system, and its paragraphs in Markdown.
    """

    said: tuple[tuple[str, tuple[str, ...]], ...]


def read(body: str) -> Systems:
    """Read a systems fence.

    Args:
        body: What stands in it.

    Raises:
        PageError: It names fewer than two systems, or one that is none.
    """
    value = options.parse(body)
    if not isinstance(value, dict) or len(value) < 2:
        raise PageError("a systems fence says something of two or more systems, each as `Linux: >` with a text below")
    for name in value:
        if name not in SYSTEMS:
            raise PageError(f"unknown system {name}{guess(name, SYSTEMS)}")
    # The same order on all pages, whatever the fence's.
    return Systems(tuple((name, tuple(_paragraphs(options.text(value, name)))) for name in SYSTEMS if name in value))


def _paragraphs(text: str) -> Iterator[str]:
    yield from (line for line in text.splitlines() if line.strip())  # what is folded is one line


def render(asked: Systems, id: str) -> Element:
    """Return the tabs, whose texts are Markdown still.

    Args:
        asked: What is said of each system.
        id: The block's id, unique on the page.
    """
    names = [name for name, _ in asked.said]
    block = Element("div", {"class": "sk-systems"})
    block.append(picker(id, names))
    for pane, (_, paragraphs) in zip(panes(names), asked.said, strict=True):
        block.append(pane)
        for paragraph in paragraphs:
            SubElement(pane, "p").text = paragraph
    return block


def picker(id: str, names: Sequence[str]) -> Element:
    """Return the tabs, one for each system; they open the panes that stand in the same block, however deep.

    Args:
        id: The block's id, unique on the page.
        names: The systems.
    """
    choices = Element("div", {"class": "sk-pick", "role": "radiogroup", "aria-label": "Your system"})
    for number, name in enumerate(names):
        label = SubElement(choices, "label")
        choice = SubElement(label, "input", {"type": "radio", "name": id, "value": name})
        choice.tail = name
        if not number:
            choice.set("checked", "checked")
    return choices


def panes(names: Sequence[str]) -> list[Element]:
    """Return what the tabs open, which holds nothing yet but the system's name.

    Args:
        names: The systems.
    """
    made = []
    for name in names:
        pane = Element("div", {"class": "sk-pane", "data-system": name})
        SubElement(pane, "p", {"class": "sk-system"}).text = name
        made.append(pane)
    return made


class SystemsBlock(Block[Systems]):
    """What differs between systems."""

    name = "systems"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Systems:
        return read(body)

    def render(self, asked: Systems, spot: Spot) -> Element:
        return render(asked, spot.id)


BLOCK = SystemsBlock()
