"""The block of the glossary: every term, with its sentence and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.kit.block import Due, Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.markup.citations import citation
from sitebuild.markup.finder import finder
from sitebuild.markup.signs import SIGNS, sign

_GUIDE = """\
## A term

`[[listening socket]]` links to the glossary and shows its sentence as a tooltip; `[[listeners|listening socket]]` does so under another word, and so does `[[listener]]`, since the entry names it. The entries are kept in `docs/data/glossary.toml`:

```toml
["listening socket"]
says = "One sentence."
source = "listen2"
sign = "listening-socket"
also = ["listener"]
```

A `sign` is for what figures draw: it stands beside the word on every page, so that a concept looks the same in a sentence as in a drawing.

An empty `glossary` fence prints them all, with their letters, and a script adds a field that finds one.
"""

FILE = "glossary.toml"
_ALSO = "Also under: "
"""What stands before the other names of a term; `filter.js` and the search read it."""

_NOTHING = "None of these words. The search, at the top of the page, looks on all pages."


def render(library: Library) -> Element:
    """Return every term with its sentence and its sources, in the order of the alphabet.

    Raises:
        PageError: The glossary or the bibliography cannot be read.
    """
    block = Element("div", {"class": "sk-glossary wide"})
    block.extend(finder("term", "Find a word", _NOTHING))
    terms = sorted(library.terms.values(), key=lambda term: term.name.casefold())
    letters = SubElement(block, "nav", {"class": "sk-letters", "aria-label": "A to Z", "data-search-exclude": ""})
    for letter, begin in groupby(terms, key=lambda term: term.name[0].upper()):
        SubElement(letters, "a", {"href": f"#{next(begin).slug}"}).text = AtomicString(letter)
    for term in terms:
        entry = SubElement(block, "div", {"class": "sk-entry pairs"})
        SubElement(entry, "h2", {"id": term.slug}).text = AtomicString(term.name)
        says = SubElement(entry, "p")
        if term.sign in SIGNS:
            says.append(sign(term.sign))
            says[0].tail = term.says
        else:
            says.text = term.says
        says.append(citation(library.sources[name] for name in term.sources if name in library.sources))
        if term.also:
            says[-1].tail = " "
            SubElement(says, "span", {"class": "sk-aliases"}).text = AtomicString(f"{_ALSO}{', '.join(term.also)}")
    return block


class Glossary(Whole):
    """Every term."""

    name = "glossary"
    guide = _GUIDE
    file = FILE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        yield from ()  # the links of terms lead to its page, and say so if it is not there

    def mistakes(self, library: Library) -> list[str]:
        every = library.terms.values()
        sources = ((term.name, name) for term in every for name in term.sources)
        signs = ((term.name, term.sign) for term in every if term.sign)
        return [
            *library.unknown(FILE, "term", sources, library.source),
            *library.unknown(FILE, "term", signs, sign),
        ]

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        yield from ((term.name, term.says) for term in library.terms.values())

    def sources(self, library: Library) -> Iterator[str]:
        for term in library.terms.values():
            yield from term.sources


BLOCK = Glossary()
