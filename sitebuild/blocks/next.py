"""The next block: the one sentence at the end of a chapter that makes the reader want the next."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.navigation import read_menu
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT
from sitebuild.reading.options import PageError

_GUIDE = """\
## Where next

````markdown
```next
So why did `accept()` give you a second socket?
sockets/two-kinds-of-server-socket.md
```
````

ends a chapter: a question that makes one want the next page, and that page, named from `docs/`. Its name in the menu stands below by itself.
It is the page that follows in the menu (`nav` in `mkdocs.yml`), so that the head and the foot of a page lead to one place. Whoever came through a door is led along its road instead, and the question stands below that.
"""


@dataclass(frozen=True, slots=True)
class Next:
    """A way on.

    Args:
        ask: The question, in Markdown.
        page: The page, relative to the folder of the pages.
        name: Its name in the menu.
    """

    ask: str
    page: str
    name: str


def read(body: str, library: Library) -> Next:
    """Read a next fence.

    Args:
        body: What stands in it.
        library: Where the pages are.

    Raises:
        PageError: It is not a question and a page, there is no such page, or it is in no menu.
    """
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if len(lines) != 2 or not lines[1].partition("#")[0].endswith(".md"):
        raise PageError("a next fence holds a question and, on a line of its own, a page such as sockets/resets.md")
    path = lines[1].partition("#")[0]
    library.page(path)
    name = next((entry.name for entry in read_menu(library.root) if entry.page == path), "")
    if not name:
        raise PageError(f"docs/{path} is not in the menu; name it in mkdocs.yml, under nav")
    return Next(lines[0], lines[1], name)


def render(asked: Next, page: str) -> Element:
    """Return the link, whose text is Markdown still.

    Args:
        asked: The way on.
        page: The page that it stands on.
    """
    block = Element("div", {"class": "sk-next", UNSOUGHT: ""})
    to = posixpath.relpath(asked.page, posixpath.dirname(page) or ".")
    SubElement(SubElement(block, "p"), "a", {"href": to}).text = asked.ask
    SubElement(block, "p", {"class": "sk-note"}).text = AtomicString(f"Next: {asked.name}")
    return block


class NextBlock(Block[Next]):
    """The way to the next page."""

    name = "next"
    guide = _GUIDE
    prose = True

    def read(self, body: str, library: Library) -> Next:
        return read(body, library)

    def render(self, asked: Next, spot: Spot) -> Element:
        return render(asked, spot.page)


BLOCK = NextBlock()
