"""The lab block: a program that readers change as they like, in more files if they want them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.kit.places import Run
from sitebuild.kit.request import Request
from sitebuild.programs.store import Store
from sitebuild.reading.options import PageError

_GUIDE = """\
## A lab

````markdown
```lab
sockets/hello/server.py
```
````

shows a program to begin with, and below it a bench on which readers change it, add files and run them, on a Linux kernel in their browser. Every other program of a page has such a bench too, without files to add; `lab/README.md` says how it works.
"""


class Lab(Block[Request]):
    """A program that readers change as they like."""

    name = "lab"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Request:
        name = body.strip()
        if len(name.splitlines()) != 1:
            raise PageError("a lab fence holds one program to begin with, such as sockets/hello/server.py")
        return Request(library.evidence(name), ("code",), alone=False)

    def render(self, asked: Request, spot: Spot) -> Element:
        block = Element("div", {"class": "sk-free wide"})
        block.append(spot.programs[0])
        return block

    def requests(self, asked: Request, spot: Spot) -> tuple[Request, ...]:
        return (asked,)

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        yield Run(store.resolve(body.strip()), whole=False)

    def shows(self, asked: Request, library: Library) -> tuple[str]:
        return (asked.evidence.name,)


BLOCK = Lab()
