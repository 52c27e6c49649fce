"""The skeleton of a page: the question on the left, what answers it on the right, and what is wider below both.

A page is an opening and a row of questions. The opening holds the `h1`, the words below it and, beside them, the first
figure; each `h2` begins a question, with what follows it as the answer. A block that says of itself that it is `wide`
takes the width of the page, and one that is a `band` that of the window; the answer goes on below it. The parts of one
that is `spread` are placed on the page's grid one by one, by its style.

A question whose heading is marked `{ .deeper }` is folded: those in a row stand below the word *Deeper*. One marked
`{ .part }`, of a long list, is folded where the window is narrow. The way on to the next page belongs to no question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from sitebuild.markup.breaks import let_break
from sitebuild.markup.unsought import UNSOUGHT

WIDE = frozenset({"wide", "band"})
"""The classes of a block that is wider than an answer."""

_SCENE = frozenset({"scene"})
"""Pictures over all of the width: the eye is to go there first."""

SPREAD = frozenset({"spread"})
"""The class of a block whose parts are placed one by one."""

LOW = frozenset({"low"})
"""The class of a figure that takes no more height than a few lines of text."""

ASKING = frozenset({"ask"})
"""The class of a block that belongs to the words of the opening, on the left."""

DEEPER = frozenset({"deeper"})
"""The class of a heading whose question is for the reader who wants to know more."""

PART = frozenset({"part"})
"""The class of a heading whose part of a list is folded on narrow screens, where all of it would be very long."""

_WIDE = re.compile(r"[A-Z_]{12,}|\S{13,}")
"""What would not fit in its column in letters of the usual size."""
_LENGTHS = {"h1": 38, "h2": 72}
"""How many letters of the usual size a heading may have; longer ones, such as an error's message, fill the screen."""
_FLAT = frozenset({"p", "ul", "section"})
_BRIEF = 700
"""Up to how many characters, about ten lines, leave room below them."""

_LISTED = 5
"""So many questions stand below each other at a page's head; more would push down the first answer, and are folded."""
_ONWARD = frozenset({"sk-next"})
_PERMALINK = frozenset({"headerlink"})


class Skeleton(Treeprocessor):
    """Arranges the blocks of a page."""

    def run(self, root: Element) -> None:
        """Arrange the blocks below `root`. What has no `h1` is no page, but a part of one, such as a docstring."""
        if root.find("h1") is not None:
            _box_tables(root)
            for heading in root.iter():
                if heading.tag in _LENGTHS:
                    _fit(heading)
            root[:] = arrange(list(root))


def arrange(blocks: list[Element]) -> list[Element]:
    """Return the sections of a page.

    Args:
        blocks: What stands on the page, one below the other, the `h1` first.
    """
    opening, *questions = _parts(blocks)
    # What no search is to know, the list of what is on a page has no need of either.
    headings = [first for first, *_ in questions if first.tag == "h2" and UNSOUGHT not in first.attrib]
    sections = [_opening(opening, headings)]
    for fold, group in groupby(questions, key=lambda part: _fold_of(part[0])):
        parts = list(group)
        sections += [_folded(fold, parts)] if fold else map(_question, parts)
    return sections


def _fold_of(heading: Element) -> str:
    return next(
        (name for name, classes in (("sk-deeper", DEEPER), ("sk-deeper sk-parts", PART)) if _is(heading, classes)), ""
    )


def _parts(blocks: Iterable[Element]) -> list[list[Element]]:
    """Part the blocks before each `h2`, and before the way on."""
    parts: list[list[Element]] = [[]]
    for block in blocks:
        if block.tag == "h2" or _is(block, _ONWARD):
            parts.append([])
        parts[-1].append(block)
    return parts


def _fit(heading: Element) -> None:
    """Let the long names in a heading part, and set a heading that is long itself in smaller letters."""
    inside = (child for child in heading if child.get("class") != "headerlink")
    words = (heading.text or "") + "".join(text for child in inside for text in (*child.itertext(), child.tail or ""))
    let_break(heading)
    if len(words) > _LENGTHS[heading.tag] or (heading.tag == "h1" and _WIDE.search(words)):
        heading.set("class", f"{heading.get('class', '')} long".strip())


def _box_tables(root: Element) -> None:
    """Put each table that Markdown made into a box, which scrolls where the table is wider than the window."""
    for parent in list(root.iter()):
        for number, child in enumerate(parent):
            if child.tag == "table" and not child.get("class"):
                box = Element("div", {"class": "sk-scroll"})
                box.tail, child.tail = child.tail, None
                box.append(child)
                parent[number] = box


def _opening(blocks: list[Element], headings: list[Element]) -> Element:
    words = list(_words(blocks))
    rest = blocks[len(words) :]
    # With nothing beside them, the words take all of the width.
    alone = not rest or _is(rest[0], WIDE)
    shape = " alone" if alone else " brief" if _is_brief(rest) else ""
    section = Element("section", {"class": f"qa opening{shape}"})
    ask = SubElement(section, "div", {"class": "ask"})
    ask.extend(words)
    _answers(section, rest)
    if len(headings) > 1:
        # Below the words; on narrow screens, where all is one column, below the figure.
        beside = 2 if rest and _is(rest[0], _SCENE) else 1 if alone or _is(rest[0], SPREAD) else 2
        section.insert(beside, _contents(headings, _LISTED * 2 if shape else _LISTED))  # then in two columns
    return section


def _is_brief(blocks: list[Element]) -> bool:
    """Say whether what stands beside a page's first words is so little that the list of questions fits below it."""
    beside = list(takewhile(lambda block: not _is(block, WIDE), blocks))
    return all(block.tag in _FLAT or _is(block, LOW) for block in beside) and (
        sum(len(text) for block in beside for text in block.itertext()) < _BRIEF
    )


def _words(blocks: Iterable[Element]) -> Iterator[Element]:
    """Yield the `h1`, the first paragraph, which leads into the page, and blocks that ask to stand there."""
    led = False
    for block in takewhile(_is_words, blocks):
        if block.tag == "p":
            if led:
                return
            led = True
            block.set("class", "lead")
        yield block


def _is_words(block: Element) -> bool:
    if block.tag == "p":
        # A block of HTML is still a placeholder, in a paragraph of its own.
        return HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip()) is None
    return block.tag == "h1" or _is(block, ASKING)


def _question(part: list[Element]) -> Element:
    section = Element("section", {"class": "qa"})
    answer = part
    if part[0].tag == "h2":
        heading, *answer = part
        section.append(heading)
    _answers(section, answer)
    return section


def _folded(kind: str, parts: Iterable[list[Element]]) -> Element:
    section = Element("section", {"class": kind})
    if kind == "sk-deeper":
        SubElement(section, "p", {"class": "in", UNSOUGHT: ""}).text = "Deeper"
    for part in parts:
        heading = part[0]
        fold = SubElement(section, "details")
        question = "".join(_text(heading)).strip()
        SubElement(fold, "summary", {"class": "in", UNSOUGHT: ""}).text = AtomicString(question)
        # The search takes for a section what stands beside its heading, so the heading is not in the summary.
        heading.set("class", f"{heading.get('class', '')} sk-vh")
        heading[:] = [child for child in heading if not _is(child, _PERMALINK)]
        fold.append(_question(part))
        if UNSOUGHT in heading.attrib:
            fold[-1].set(UNSOUGHT, "")  # or the search would take the answer for one to the page's title
    return section


def _answers(section: Element, blocks: list[Element]) -> None:
    for own, group in groupby(blocks, key=lambda block: _is(block, WIDE | SPREAD)):
        (section if own else SubElement(section, "div", {"class": "answer"})).extend(group)


def _is(block: Element, classes: frozenset[str]) -> bool:
    return not classes.isdisjoint(block.get("class", "").split())


def _contents(headings: list[Element], listed: int) -> Element:
    """Return the list of a page's questions; the search must not take it for what answers them."""
    contents = Element("nav", {"class": "sk-toc", "aria-label": "On this page", UNSOUGHT: ""})
    SubElement(contents, "p").text = "On this page"
    first, more = (headings[:listed], headings[listed:]) if len(headings) > listed + 1 else (headings, [])
    _entries(SubElement(contents, "ul"), first)
    if more:
        fold = SubElement(contents, "details")
        SubElement(fold, "summary").text = f"{len(more)} more"
        _entries(SubElement(fold, "ul"), more)
    return contents


def _entries(entries: Element, headings: Iterable[Element]) -> None:
    for heading in headings:
        link = SubElement(SubElement(entries, "li"), "a", {"href": f"#{heading.get('id', '')}"})
        link.text = AtomicString("".join(_text(heading)).strip())


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not _is(child, _PERMALINK):
            yield from _text(child)
        yield child.tail or ""
