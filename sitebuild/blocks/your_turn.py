"""The block at the end of a part: all its questions, what the reader has answered, and on paper a sheet for a class."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild import fences, options
from sitebuild.block import Block, Spot
from sitebuild.blocks import predict
from sitebuild.blocks.predict import Question
from sitebuild.data.navigation import Entry, read_menu
from sitebuild.files import parsed
from sitebuild.library import Library
from sitebuild.options import PageError
from socktrace.markup import to_html

_GUIDE = """\
## The questions of a part

An empty `your-turn` fence lists the questions of all chapters in the same part of the menu. On the screen it says which of them the reader has answered, as far as this browser knows; printed, it is a sheet with the lines, the questions and boxes to tick, and without the answers. Give each part one, on its last page.
"""


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter with its questions.

    Args:
        entry: Its place in the menu.
        questions: They, in the order of the page.
    """

    entry: Entry
    questions: tuple[Question, ...]


def chapters(library: Library, page: str) -> Iterator[_Chapter]:
    """Yield the chapters with questions in the part that a page belongs to, in the order of the menu.

    Args:
        library: The checkout.
        page: The page, relative to the folder of the pages.
    """
    menu = read_menu(library.root)
    part = next((entry.part for entry in menu if entry.page == page), "")
    for entry in menu:
        if entry.part == part and entry.page != page and (found := tuple(_questions(library, entry.page))):
            yield _Chapter(entry, found)


def _questions(library: Library, page: str) -> Iterator[Question]:
    for fence in fences.find(parsed(library.page(page), str.splitlines)):
        if fence.name == predict.BLOCK.name:
            with suppress(PageError):  # the page itself says what is wrong with it
                yield predict.read(fence.body, library)


def render(library: Library, spot: Spot) -> Element:
    """Return the questions as elements, whose texts are Markdown still.

    Args:
        library: The checkout.
        spot: Where they are to stand.
    """
    # A section, in which there is no other: the search of the site passes over it to the end of the first such tag.
    block = Element("section", {"class": "sk-sheet", "aria-label": "Questions", "data-search-exclude": ""})
    SubElement(block, "p", {"class": "sk-score", "role": "status"})
    for chapter in chapters(library, spot.page):
        # No heading: the search takes one for the beginning of a section, even in what it is to pass over.
        SubElement(SubElement(block, "p"), "strong").text = AtomicString(chapter.entry.name)
        listed = SubElement(block, "ol")
        page = posixpath.relpath(chapter.entry.page, posixpath.dirname(spot.page) or ".")
        for question in chapter.questions:
            _entry(SubElement(listed, "li", {"data-turn": question.id}), question, page, spot)
    return block


def _entry(entry: Element, question: Question, page: str, spot: Spot) -> None:
    ask = SubElement(entry, "p")
    SubElement(ask, "a", {"href": f"{page}#{question.id}"}).text = question.ask
    ask[0].tail = " "
    SubElement(ask, "output")
    paper = SubElement(entry, "div", {"class": "sk-paper"})
    if question.excerpt:
        lines = SubElement(paper, "div")
        lines.text = AtomicString(spot.stash(to_html([predict.excerpt(question.excerpt)])))
    boxes = SubElement(paper, "ul")
    for choice, _ in question.choices:
        SubElement(boxes, "li").text = choice


class YourTurn(Block[None]):
    """The questions of a part."""

    name = "your-turn"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> None:
        options.empty(self.name, body)

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot)


BLOCK = YourTurn()
