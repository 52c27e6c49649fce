"""What a kind of block is. The pages, the checks, the places of runs and the guide for contributors all go by it.

A block is a fence that this site adds to Markdown. Each kind is one module in `sitebuild/blocks/`, with a class made
from `Block` and one instance of it, named `BLOCK`. Nothing else needs to know of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element

from sitebuild.kit.library import Library
from sitebuild.kit.places import Run
from sitebuild.kit.request import Request
from sitebuild.programs.store import Store
from sitebuild.reading.options import PageError

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block is to stand.

    Args:
        library: The checkout.
        page: The page, relative to the folder of the pages; empty if it is none of them.
        id: An id that is the block's own on the page, such as `hunt-2`.
        stash: What keeps HTML from being read as Markdown, and returns what stands for it.
        before: The snippets of which the blocks further up on the page show something.
        programs: The snippet blocks that the block has asked for, in its order.
    """

    library: Library
    page: str
    id: str
    stash: Callable[[str], str]
    before: tuple[str, ...] = ()
    programs: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a page has to show.

    Args:
        name: The name by which a block says that it shows it.
        complaint: What to say if none does, with the place.
    """

    name: str
    complaint: str

    def is_named_in(self, text: str) -> bool:
        """Say whether a fence that cannot be read would show this, by the words in it."""
        return all(word.removesuffix(".py") in text for word in re.split("[ :]", self.name))


class Block(Generic[Asked]):
    """A kind of block: how its fence is read, what it shows, and how it is rendered.

    Only `name`, `guide`, `read`, and `render` or `markdown` have to be given.
    """

    name: str
    """The word after the backticks."""

    guide: str
    """How to use it, in Markdown, for the page of all blocks: a heading of the second level, and what stands below."""

    prose = False
    """Whether the text in the fence is prose, with sources and terms."""

    file = ""
    """The data file that it prints, such as `claims.toml`."""

    def read(self, body: str, library: Library) -> Asked:
        """Return what a fence asks for.

        Args:
            body: What stands in it.
            library: The checkout.

        Raises:
            PageError: It asks for what is not there.
        """
        raise self._lacks("read(self, body: str, library: Library)")

    def render(self, asked: Asked, spot: Spot) -> Element:
        """Return the block as elements, whose texts are Markdown still unless they are atomic.

        Raises:
            PageError: A data file is missing or wrong.
        """
        raise self._lacks("render(self, asked, spot: Spot) -> Element, or markdown(self, asked, spot: Spot) -> str")

    def _lacks(self, method: str) -> PageError:
        place = type(self).__module__.replace(".", "/")
        return PageError(f"the block {self.name} lacks a method; write it in {place}.py: def {method}")

    def markdown(self, asked: Asked, spot: Spot) -> str | None:
        """Return the Markdown that takes the fence's place; `None` if `render` is to be asked."""
        return None

    def requests(self, asked: Asked, spot: Spot) -> tuple[Request, ...]:
        """Return the snippet blocks that it is made of. `render` gets them as `spot.programs`."""
        return ()

    def runs(self, body: str, store: Store) -> Iterable[Run]:
        """Return the runs that a fence shows, in order, each of which gets an anchor.

        Raises:
            PageError: The fence cannot be read.
            LookupError: There is no such run.
        """
        return ()

    def shows(self, asked: Asked, library: Library) -> Iterable[str]:
        """Return the names of what is shown, by which `due` asks for it: without a method of its own, the data file."""
        return (self.file,) if self.file else ()

    def texts(self, asked: Asked) -> Iterable[str]:
        """Return the texts in Markdown that it shows and that stand in no page and no data file."""
        return ()

    def tells(self, asked: Asked) -> Iterable[str]:
        """Return the runs of which it shows what came of them, open to all who read on."""
        return ()

    def asks(self, asked: Asked) -> str:
        """Return the run that answers what it asks the reader, which must not stand above it; `""` if it asks nothing."""
        return ""

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        """Yield what of a checkout a page has to show in such a block: without a method of its own, the data file.

        Args:
            library: The checkout.
            shown: All that any block shows.
        """
        if self.file and (library.data / self.file).is_file():
            yield Due(self.file, no_page_shows(f"docs/data/{self.file}:1", "it", self.name))

    def mistakes(self, library: Library) -> list[str]:
        """Return the names in its data file that lead to nothing, each with its place.

        Raises:
            PageError: The file is missing or wrong.
        """
        return []

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        """Yield each text in its data file that is Markdown, after the name of its entry.

        Raises:
            PageError: The file is missing or wrong.
        """
        yield from ()

    def sources(self, library: Library) -> Iterator[str]:
        """Yield the sources that the entries of its data file name.

        Raises:
            PageError: The file is missing or wrong.
        """
        yield from ()


class Whole(Block[None]):
    """A kind of block that prints all there is of something: its fence is empty."""

    def read(self, body: str, library: Library) -> None:
        """Return nothing.

        Raises:
            PageError: Something stands in the fence, or its data file is missing or wrong.
        """
        if body.strip():
            raise PageError(f"a {self.name} fence is empty; it prints everything")
        if self.file:
            library.want(self.file)


def no_page_shows(place: str | None, what: str, name: str) -> str:
    """Return the complaint about something that no page shows.

    Args:
        place: Where it is, with the line.
        what: What it is.
        name: The fence that would show it.
    """
    article = "an" if name[0] in "aeiou" else "a"
    return f"{place}: no page shows {what}; show it with {article} {name} fence or remove it"
