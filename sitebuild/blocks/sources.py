"""The block of the bibliography: every source, or those of a part of the alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.bibliography import Source
from sitebuild.kit.block import Block, Due, Spot
from sitebuild.kit.library import Library
from sitebuild.markup.links import source_link
from sitebuild.reading.options import PageError

_GUIDE = """\
## A source

`Nobody listens, so the kernel answers with RST [@rfc9293-3.5.2].` becomes a small number behind the full stop, with the title on hover and the source at the foot of the page.
It is no word: write `RFC 9293 says so [@rfc9293-3.5.2]`, not `[@rfc9293-3.5.2] says so`. The names are kept in `docs/data/sources.toml`:

```toml
["rfc9293-3.5.2"]
label = "RFC 9293, section 3.5.2"
title = "Transmission Control Protocol (TCP): Reset Generation"
url = "https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2"
read = "2026-11-22"
how = "stored copy of the RFC text"
```

A `sources` fence prints them all, or those of a part of the alphabet, such as `a-i`.

Every sentence that states a fact about a protocol or a system has a source or a recording beside it. Say in `how` where you read it; if you met the text only in a quotation, say that.
"""


def letters(body: str) -> tuple[str, str]:
    """Read a sources fence.

    Args:
        body: What stands in it: nothing, or the first and the last letter of a part of the alphabet, as `a-k`.

    Raises:
        PageError: It is no part of the alphabet.
    """
    match = re.fullmatch(r"([a-z])-([a-z])", body.strip() or "a-z")
    if not match or match[1] > match[2]:
        raise PageError(f"a sources fence holds a part of the alphabet, such as a-k, or nothing, not {body.strip()}")
    return match[1], match[2]


def part(library: Library, first: str, last: str) -> list[Source]:
    """Return the sources whose labels begin in a part of the alphabet, in its order. What is no letter comes at `a`.

    Raises:
        PageError: The bibliography is wrong.
    """
    found = sorted(library.sources.values(), key=lambda source: _natural(source.label))
    return [source for source in found if first <= min(max(source.label[0].casefold(), "a"), "z") <= last]


def bibliography(library: Library, first: str, last: str) -> Element:
    """Return the sources of a part of the alphabet.

    Raises:
        PageError: The bibliography is wrong.
    """
    block = Element("dl", {"class": "sk-sources wide pairs"})
    for source in part(library, first, last):
        SubElement(block, "dt", {"id": source.id}).append(source_link(source))
        about = SubElement(block, "dd")
        about.text = AtomicString(f"{source.title}. Read {source.read}: {source.how}.")
    return block


def _natural(label: str) -> list[tuple[int, int, str]]:
    """Sort `section 10` after `section 9`."""
    pieces = re.findall(r"\d+|\D+", label.casefold())
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces]


class Sources(Block[tuple[str, str]]):
    """The bibliography, or a part of it."""

    name = "sources"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> tuple[str, str]:
        return letters(body)

    def render(self, asked: tuple[str, str], spot: Spot) -> Element:
        return bibliography(spot.library, *asked)

    def shows(self, asked: tuple[str, str], library: Library) -> Iterator[str]:
        yield self.name
        yield from (f"source {source.id}" for source in part(library, *asked))

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if self.name in shown:
            for name in library.sources:
                complaint = f"no page lists the source {name}; give a sources fence the letter that it begins with"
                yield Due(f"source {name}", f"{library.place('sources.toml', name)}: {complaint}")


BLOCK = Sources()
