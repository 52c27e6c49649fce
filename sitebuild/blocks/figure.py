"""The block of a figure: its drawing for wide screens, the one for phones, and its caption."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.figures import source
from sitebuild.figures.errors import FigureError
from sitebuild.figures.source import Drawn
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.reading.options import PageError, guess
from socktrace.recording import from_json
from socktrace.session import model

FOLDER = "figures"
_HREF = re.compile(r'href="page:([^"#]+)\.md(#[^"]*)?"')

_GUIDE = """\
## A figure

````markdown
```figure
sockets/two_kinds_of_server_socket
The ring waits for clients. Each disc talks to one.
```
````

puts a figure on the page: its name, and below it the caption, in Markdown. Its source is the module `docs/figures/sockets/two_kinds_of_server_socket.py`. One whose `WIDE` is more than 700 stands over the whole width of the page.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on a page.

    Args:
        name: The figure, as `sockets/two_kinds_of_server_socket`.
        drawn: Its drawings.
        caption: What stands below it, in Markdown.
        program: The snippet or session whose recording it is drawn from, or `""`.
    """

    name: str
    drawn: Drawn
    caption: str
    program: str

    @property
    def pages(self) -> set[str]:
        """The pages that the drawing links to, as `start/the-words.md`."""
        return {f"{match[1]}.md" for one in (self.drawn.wide, self.drawn.narrow) for match in _HREF.finditer(one)}


def names(library: Library) -> list[str]:
    """Return the names of all figures there are."""
    folder = library.docs / FOLDER
    return sorted(file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.py"))


def read(body: str, library: Library) -> Shown:
    """Read a figure fence, and draw its figure.

    Args:
        body: What stands in it: the name of the figure, and below it the caption.
        library: The checkout.

    Raises:
        PageError: It names no figure, has no caption, or the figure cannot be drawn.
    """
    name, _, caption = body.strip().partition("\n")
    name = name.strip()
    if not name:
        raise PageError("a figure fence begins with the name of a figure, such as sockets/two_kinds_of_server_socket")
    if not caption.strip():
        raise PageError(f"the figure {name} has no caption; write it below the name")
    place = Path("docs", FOLDER, f"{name}.py")
    try:
        text = (library.root / place).read_text(encoding="utf-8")
    except OSError as error:
        raise PageError(f"there is no figure {name}{guess(name, names(library)) or f'; write {place}'}") from error
    try:
        drawn = _drawn(place.as_posix(), text, library)
        program = _source(place.as_posix(), text).recording
    except FigureError as error:
        raise PageError(str(error)) from error
    for link in (shown := Shown(name, drawn, caption.strip(), program)).pages:
        library.page(link)
    return shown


def _drawn(place: str, text: str, library: Library) -> Drawn:
    program = _source(place, text).recording
    recording = ""
    if program:
        # says what is wrong with a recording that is missing or stale
        (library.witnessed if program.endswith(".toml") else library.evidence)(program)
        recording = library.store.path(program).read_text(encoding="utf-8")
    return _draw(place, text, recording)


@lru_cache(maxsize=256)  # a preview that draws a page again draws only what has changed
def _source(place: str, text: str) -> source.Source:
    return source.read(place, text)


@lru_cache(maxsize=256)
def _draw(place: str, text: str, recording: str) -> Drawn:
    figure = _source(place, text)
    load = model.from_json if figure.recording.endswith(".toml") else from_json
    given = [load(recording)] if recording else []
    name = place.removeprefix(f"docs/{FOLDER}/").removesuffix(".py")
    return source.drawn(figure, f"figure-{re.sub('[/_]', '-', name)}", *given)


def render(shown: Shown, page: str, stash: Callable[[str], str]) -> Element:
    """Return a figure as elements, whose caption is Markdown still.

    Args:
        shown: The figure.
        page: The page it is to stand on.
        stash: What keeps HTML from being read as Markdown, and returns what stands for it.
    """
    kinds = ["figure", *["scene", "wide"] * shown.drawn.scene, *["low"] * shown.drawn.low]
    block = Element("figure", {"class": " ".join(kinds)})
    # What a drawing says would be found without the drawing; the caption is found.
    drawing = SubElement(block, "div", {"data-search-exclude": ""})
    drawing.text = AtomicString(stash(_linked(shown.drawn.wide + shown.drawn.narrow, page)))
    SubElement(block, "figcaption").text = shown.caption
    return block


def _linked(drawing: str, page: str) -> str:
    """Make links to pages lead there from the page of the drawing, as builders write them."""

    def href(match: re.Match[str]) -> str:
        if f"{match[1]}.md" == page:
            return f'href="{match[2] or "#"}"'
        target = "" if match[1] == "index" else match[1].removesuffix("/index")
        here = "." if page in ("", "index.md") else page.removesuffix(".md").removesuffix("/index")
        return f'href="{posixpath.relpath(target or ".", here)}/{match[2] or ""}"'

    return _HREF.sub(href, drawing)


class Figure(Block[Shown]):
    """A drawing for wide screens, one for phones, and their caption."""

    name = "figure"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Shown:
        return read(body, library)

    def render(self, asked: Shown, spot: Spot) -> Element:
        return render(asked, spot.page, spot.stash)

    def shows(self, asked: Shown, library: Library) -> tuple[str]:
        return (f"figure {asked.name}",)

    def tells(self, asked: Shown) -> tuple[str]:
        return (asked.program,)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in names(library):
            yield Due(f"figure {name}", no_page_shows(f"docs/{FOLDER}/{name}.py:1", "this figure", self.name))


BLOCK = Figure()
