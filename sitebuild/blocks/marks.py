"""The block of marks: what stands beside a port or on a cable, drawn, with what it promises and what not."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.connectors.parts import table_body
from sitebuild.data.marks import PLACES, Mark
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.markup.citations import citation
from sitebuild.reading.options import PageError, guess

FILE = "marks.toml"
_GUIDE = """\
## Marks beside ports and on cables

````markdown
```marks
port
```
````

prints the marks that stand beside a port, and `cable` those on cables: each drawn, with what it promises and what it says nothing about. They are kept in `docs/data/marks.toml`:

```toml
["usb-ss"]
name = "SS before the trident"
on = "port"
promises = "5 Gbit/s each way."
silent = "Power, and a picture."
source = ["unanswered-marks"]
line = "M26 20H58"
fill = "M56 15L64 20L56 25Z"
letters = [["SS", 12, 27, 20]]
```

`line` and `fill` are SVG path data on a sheet of 64 by 40, `letters` words with the x of their middle, the y of their foot and their size. Draw what the mark looks like, in your own lines: the real ones are trademarks.
"""


def render(marks: tuple[Mark, ...], library: Library) -> Element:
    """Return a table of marks, as elements with Markdown texts.

    Args:
        marks: Which.
        library: The checkout.
    """
    table = Element("table", {"class": "sk-table sk-marks sk-hardware"})
    body = table_body(table, ("The mark", "It promises", "It says nothing about"))
    for mark in marks:
        row = SubElement(body, "tr", {"id": f"mark-{mark.id}"})
        head = SubElement(row, "th", {"scope": "row"})
        head.append(_picture(mark))
        SubElement(head, "span").text = AtomicString(mark.name)
        promises = SubElement(SubElement(row, "td"), "p")
        promises.text = mark.promises
        promises.append(citation([library.sources[name] for name in mark.sources if name in library.sources]))
        SubElement(row, "td").text = mark.silent
    return table


def _picture(mark: Mark) -> Element:
    picture = Element("svg", {"viewBox": "0 0 64 40", "aria-hidden": "true"})
    for kind, path in (("sk-line", mark.line), ("sk-fill", mark.fill)):
        if path:
            SubElement(picture, "path", {"class": kind, "d": path})
    for word, x, y, size in mark.letters:
        place = {"x": f"{x:g}", "y": f"{y:g}", "font-size": f"{size:g}"}
        SubElement(picture, "text", place).text = AtomicString(word)
    return picture


class Marks(Block[str]):
    """The marks beside ports, or those on cables."""

    name = "marks"
    guide = _GUIDE
    file = FILE

    def read(self, body: str, library: Library) -> str:
        on = body.strip()
        if on not in PLACES:
            raise PageError(f"a marks fence holds {' or '.join(PLACES)}{guess(on, PLACES)}")
        library.marks  # noqa: B018  what is wrong with the file is said here
        return on

    def render(self, asked: str, spot: Spot) -> Element:
        return render(tuple(mark for mark in spot.library.marks if mark.on == asked), spot.library)

    def shows(self, asked: str, library: Library) -> Iterator[str]:
        return iter((FILE, *(f"mark {mark.id}" for mark in library.marks if mark.on == asked)))

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        if (library.data / FILE).is_file():
            for mark in library.marks:
                place = library.place(FILE, mark.id)
                yield Due(f"mark {mark.id}", no_page_shows(place, f"the mark {mark.id}", self.name))

    def mistakes(self, library: Library) -> list[str]:
        named = ((mark.id, name) for mark in library.marks for name in mark.sources)
        return library.unknown(FILE, "mark", named, library.source)

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        for mark in library.marks:
            yield from ((mark.id, text) for text in (mark.promises, mark.silent))

    def sources(self, library: Library) -> Iterator[str]:
        for mark in library.marks:
            yield from mark.sources


BLOCK = Marks()
