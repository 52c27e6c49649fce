"""The bits block: the sixteen bits of a port number as switches."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading import options
from sitebuild.reading.options import PageError

_BITS = 16
_BYTE = 8
_LARGEST = 2**_BITS - 1

_GUIDE = """\
## Sixteen switches

````markdown
```bits
port: 8080
ask: Turn some of them, and read the port. Can you make 65536?
```
````

shows a port number as its bits. The reader turns them; what port they make stands below. With `bytes: yes` each byte's own number is told too, and which port it is if the two are swapped.
"""


@dataclass(frozen=True, slots=True)
class Bits:
    """Sixteen switches.

    Args:
        port: The number that they show at first.
        ask: What to do with them, in Markdown.
        bytes: Whether the two bytes are told by themselves, and swapped.
    """

    port: int
    ask: str
    bytes: bool = False


def read(body: str) -> Bits:
    """Read a bits fence.

    Args:
        body: What stands in it.

    Raises:
        PageError: It has no port, or a number that does not fit, or does not know what it shows.
    """
    value = options.parse(body)
    if not isinstance(value, dict):
        raise PageError("a bits fence holds the options port and ask")
    options.keys(value, ("port", "ask", "bytes"), ("port", "ask"))
    port = options.text(value, "port")
    if not port.isdecimal() or int(port) > _LARGEST:
        raise PageError(f"port is {port}; write a number from 0 to {_LARGEST}")
    if value.get("bytes", "yes") != "yes":
        raise PageError(f"bytes is {value['bytes']}; write yes, or leave it out")
    return Bits(int(port), options.text(value, "ask"), "bytes" in value)


def render(asked: Bits, id: str) -> Element:
    """Return the block, whose question is Markdown still.

    Args:
        asked: The switches.
        id: The block's id, unique on the page.
    """
    block = Element("section", {"class": "sk-bits", "role": "group", "aria-labelledby": id, UNSOUGHT: ""})
    SubElement(block, "p", {"class": "sk-ask", "id": id}).text = asked.ask
    row = SubElement(block, "div", {"class": "sk-bytes"})
    for byte, name in ((1, "high byte"), (0, "low byte")):
        box = SubElement(row, "div", {"class": "sk-byte", "role": "group", "aria-label": name})
        for bit in reversed(range(byte * _BYTE, (byte + 1) * _BYTE)):
            box.append(_switch(bit, on=bool(asked.port >> bit & 1)))
        if asked.bytes:
            SubElement(box, "p", {"class": "sk-note"}).text = AtomicString(_byte(asked.port, byte, name))
    said = SubElement(block, "output")
    SubElement(said, "b").text = str(asked.port)
    if asked.bytes:
        swapped = (asked.port & 255) << _BYTE | asked.port >> _BYTE
        SubElement(said, "span").text = AtomicString(f"with the bytes swapped: {swapped}")
    return block


def _switch(bit: int, *, on: bool) -> Element:
    # Only a script reads the switches, and it lets them be turned.
    label = Element("label")
    attributes = {"type": "checkbox", "value": str(2**bit), "aria-label": str(2**bit), "disabled": "disabled"}
    SubElement(label, "input", attributes | ({"checked": "checked"} if on else {}))
    SubElement(label, "span", {"aria-hidden": "true"}).text = str(2**bit)
    return label


def _byte(port: int, byte: int, name: str) -> str:
    value = port >> byte * _BYTE & 255
    return f"{name}: {value:02x} in hex, {value}" + (" \u00d7 256" if byte else "")


class BitsBlock(Block[Bits]):
    """Sixteen switches."""

    name = "bits"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Bits:
        return read(body)

    def render(self, asked: Bits, spot: Spot) -> Element:
        return render(asked, spot.id)


BLOCK = BitsBlock()
