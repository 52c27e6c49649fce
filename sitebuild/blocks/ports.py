"""The block of ports: a table that a script makes searchable."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from sitebuild.data.ports import Assignment
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.markup.citations import citation
from sitebuild.markup.finder import finder

FILE = "ports.toml"
_NOTHING = (
    "Not in this table: it has the ports that people meet most. All that are registered stand in "
    "[IANA's list](https://www.iana.org/assignments/service-names-port-numbers)."
)
_HEADS = ("Port", "Transport", "Name", "What for", "Encrypted", "Source")

_GUIDE = """\
## The port table

An empty `ports` fence prints the table of ports, which a script makes searchable. The rows are kept in `docs/data/ports.toml`, and come out by number whatever their order there:

```toml
["443/tcp"]
name = "https"
for = "Web pages over TLS"
encrypted = "yes"
source = ["iana-ports", "rfc9110-4.2.2"]
```

- The name of an entry is the number and the transport: `tcp`, `udp` or `sctp`. One number may have several entries.
- `name` is what the IANA registry calls the service. An entry without it says that the number is not registered.
- `encrypted` is `yes`, `no`, `can be` for a conversation that may change over to TLS, or `not by default` for one that is in the clear until somebody sees to it.
- A `note` may say more. It and `for` are Markdown, with terms and sources.
"""


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


def render(library: Library) -> Element:
    """Return the table as elements, whose texts are Markdown still. Sources that are none are left out.

    Args:
        library: The checkout.

    Raises:
        PageError: The file or the bibliography is missing or wrong.
    """
    block = Element("div", {"class": "sk-ports wide"})
    block.extend(finder("port", "Find a port by number, name or word", _NOTHING))
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
    name = SubElement(row, "td")
    if port.name:
        SubElement(name, "code").text = port.name
    else:
        name.text = "not registered"
    use = SubElement(row, "td")
    SubElement(use, "p").text = port.use
    if port.note:
        SubElement(use, "p", {"class": "sk-note"}).text = port.note
    encrypted = SubElement(row, "td", {"data-encrypted": port.encrypted})
    SubElement(encrypted, "span").text = port.encrypted
    known = [library.sources[name] for name in port.sources if name in library.sources]
    SubElement(row, "td").append(citation(known))


class Ports(Whole):
    """The table of ports."""

    name = "ports"
    guide = _GUIDE
    file = FILE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library)

    def mistakes(self, library: Library) -> list[str]:
        return mistakes(library)

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        return texts(library)

    def sources(self, library: Library) -> Iterator[str]:
        for port in library.ports:
            yield from port.sources


BLOCK = Ports()
