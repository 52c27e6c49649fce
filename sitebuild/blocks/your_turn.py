"""The block at the end of a part: all its questions, to be answered there, and on paper a sheet for a class."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks import predict
from sitebuild.blocks.predict import Excerpt, Question
from sitebuild.connectors import drawing
from sitebuild.connectors.parts import link_to
from sitebuild.data.connectors import Connector
from sitebuild.data.navigation import Entry, read_menu
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import Library
from sitebuild.reading import fences, options
from sitebuild.reading.files import parsed
from sitebuild.reading.options import PageError

_GUIDE = """\
## The questions of a part

An empty `your-turn` fence asks the questions of all chapters in the same part of the menu once more, each with the lines that it is about and with the functions that those call. Readers answer there, and see which questions they have right, as far as this browser knows. Printed, it is a sheet for a class: a chapter that is folded away is left out, and the answers come along only if they are asked for. Give each part one, on its last page.

With `plugs: [usb-a, usb-c]` in it, drawings of these connectors come first, and the reader, or the class on paper, says what each is called.
"""

_ANSWERS = "Show the right answers, on paper too"

_UNSOUGHT = {"data-search-exclude": ""}
"""What the search passes over: each question is found where its program is."""

_Part = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_PART = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


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


def whole(excerpt: Excerpt) -> Excerpt:
    """Return the lines of a question and those of the functions and classes that they use, without the docstrings.

    On its page a question stands at its program; here it must be possible to answer from what is in sight.

    Args:
        excerpt: The lines.
    """
    tree = ast.parse(excerpt.text)
    parts = {node.name: node for node in tree.body if isinstance(node, _PART)}
    used = [(node.lineno, node.id) for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in parts]
    shown = set(excerpt.lines)
    while more := {name for line, name in used if line in shown and not shown.intersection(_lines(parts[name]))}:
        shown |= {line for name in more for line in _lines(parts[name])}
    said = {line for part in ast.walk(tree) if isinstance(part, _PART) for line in _docstring(part)}
    return replace(excerpt, lines=tuple(sorted(shown - said | set(excerpt.lines))))


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _docstring(part: _Part) -> range:
    return _lines(part.body[0]) if ast.get_docstring(part) is not None else range(0)


def read(body: str, library: Library) -> tuple[Connector, ...]:
    """Read a your-turn fence.

    Args:
        body: What stands in it: nothing, or the connectors whose names are asked for.
        library: Where they are.

    Raises:
        PageError: It holds something else, or one of them is unknown.
    """
    if not body.strip():
        return ()
    value = options.parse(body)
    plugs = value.get("plugs") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(plugs, list) or not 0 < len(plugs) <= len(ascii_uppercase):
        raise PageError("a your-turn fence is empty, or holds plugs: and a list of at most 26 connectors")
    return tuple(library.connector(str(name)) for name in plugs)


def render(library: Library, spot: Spot, plugs: tuple[Connector, ...] = ()) -> Element:
    """Return the questions as elements, whose texts are Markdown still.

    Args:
        library: The checkout.
        spot: Where they are to stand.
        plugs: The connectors whose names are asked for.
    """
    block = Element("section", {"class": "sk-sheet", "aria-label": "Questions"})
    SubElement(block, "p", {"class": "sk-score", "role": "status"})
    key = SubElement(block, "label", {"class": "sk-solve"} | _UNSOUGHT)
    SubElement(key, "input", {"type": "checkbox"}).tail = f" {_ANSWERS}"
    if plugs:
        _plugs(SubElement(block, "details", {"open": ""}), plugs, spot.page)
    number = 1
    for chapter in chapters(library, spot.page):
        part = SubElement(block, "details", {"open": ""})
        # No heading: the search takes one for the beginning of a section.
        SubElement(part, "summary", _UNSOUGHT).text = AtomicString(chapter.entry.name)
        listed = SubElement(part, "ol", {"start": str(number)})
        for question in chapter.questions:
            _entry(SubElement(listed, "li", {"data-turn": question.id}), question, spot, first=number == 1)
            number += 1
        page = posixpath.relpath(chapter.entry.page, posixpath.dirname(spot.page) or ".")
        SubElement(SubElement(part, "p", _UNSOUGHT), "a", {"href": page}).text = "Read the chapter"
    return block


def _plugs(part: Element, plugs: tuple[Connector, ...], page: str) -> None:
    SubElement(part, "summary", _UNSOUGHT).text = "Which port is which?"
    listed = SubElement(part, "ul", {"class": "sk-faces sk-unnamed sk-hardware"} | _UNSOUGHT)
    for letter, connector in zip(ascii_uppercase, plugs, strict=False):
        item = SubElement(listed, "li")
        item.append(drawing.small(connector))
        fold = SubElement(item, "details")
        name = SubElement(fold, "summary")
        SubElement(name, "b").text = letter
        name[0].tail = " is called"
        fold.append(link_to(connector, page))


def _entry(entry: Element, question: Question, spot: Spot, *, first: bool) -> None:
    fold = SubElement(entry, "details", {"open": ""} if first else {})
    ask = SubElement(fold, "summary", _UNSOUGHT)
    ask.text = f"{question.ask} "
    SubElement(ask, "output")
    if question.excerpt:
        question = replace(question, excerpt=whole(question.excerpt))
    fold.append(predict.render(question, spot))
    next(fold.iter("legend")).attrib |= _UNSOUGHT


class YourTurn(Block[tuple[Connector, ...]]):
    """The questions of a part."""

    name = "your-turn"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> tuple[Connector, ...]:
        return read(body, library)

    def render(self, asked: tuple[Connector, ...], spot: Spot) -> Element:
        return render(spot.library, spot, asked)


BLOCK = YourTurn()
