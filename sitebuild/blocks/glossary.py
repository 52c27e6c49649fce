"""The block of the glossary: every term, with its sentence and its sources."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import options
from sitebuild.block import Block, Spot
from sitebuild.citations import citation
from sitebuild.library import Library
from sitebuild.signs import sign

_GUIDE = """\
## A term

`[[listening socket]]` links to the glossary and shows its sentence as a tooltip; `[[listeners|listening socket]]` does so under another word. The entries are kept in `docs/data/glossary.toml`:

```toml
["listening socket"]
says = "One sentence."
source = "listen2"
sign = "listening-socket"
```

A `sign` is for what figures draw: it stands beside the word on every page, so that a concept looks the same in a sentence as in a drawing.

An empty `glossary` fence prints them all.
"""


def render(library: Library) -> Element:
    """Return every term with its sentence and its sources, in the order of the alphabet.

    Raises:
        PageError: The glossary or the bibliography is wrong.
    """
    block = Element("div", {"class": "sk-glossary wide pairs"})
    for term in sorted(library.terms.values(), key=lambda term: term.name.casefold()):
        SubElement(block, "h2", {"id": term.slug}).text = AtomicString(term.name)
        says = SubElement(block, "p")
        if term.sign:
            says.append(sign(term.sign))
            says[0].tail = term.says
        else:
            says.text = term.says
        says.append(citation(library.source(name) for name in term.sources))
    return block


class Glossary(Block[None]):
    """Every term."""

    name = "glossary"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> None:
        options.empty(self.name, body)

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library)


BLOCK = Glossary()
