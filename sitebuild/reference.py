"""The glossary and the bibliography as pages show them, and links to their entries. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.data.bibliography import Source
from sitebuild.data.glossary import Term
from sitebuild.library import Library
from sitebuild.options import PageError

_MARKS = re.compile(r"[`*]|\[\[(?P<words>[^\]|]*)(?:\|[^\]]*)?\]\]|\s*\[@[^\]]*\]")


def source_link(source: Source) -> Element:
    """Return a link to a source, labelled as the bibliography says."""
    link = Element("a", {"class": "sk-source", "href": source.url, "title": source.title})
    link.text = AtomicString(source.label)
    return link


def term_link(term: Term, words: str, page: str) -> Element:
    """Return a link to a term's entry.

    Args:
        term: The entry.
        words: The words on the page.
        page: The glossary page as the current page links to it.
    """
    link = Element("a", {"class": "sk-term", "href": f"{page}#{term.slug}", "title": plain(term.says)})
    link.text = words
    return link


def plain(text: str) -> str:
    """Return the words of a text in Markdown, without its marks and sources."""
    return _MARKS.sub(lambda match: match["words"] or "", text)


def glossary(library: Library) -> Element:
    """Return every term with its sentence and its sources, in the order of the alphabet.

    Raises:
        PageError: The glossary or the bibliography is wrong.
    """
    block = Element("div", {"class": "sk-glossary"})
    for term in sorted(library.terms.values(), key=lambda term: term.name.casefold()):
        SubElement(block, "h2", {"id": term.slug}).text = AtomicString(term.name)
        SubElement(block, "p").text = term.says
        add_sources(SubElement(block, "p", {"class": "sk-from"}), [library.source(name) for name in term.sources])
    return block


def add_sources(parent: Element, sources: Iterable[Source]) -> None:
    """Add links to sources, with a dot between them."""
    for source in sources:
        if len(parent):
            parent[-1].tail = " \u00b7 "
        parent.append(source_link(source))


def letters(body: str) -> tuple[str, str]:
    """Read a sources fence.

    Args:
        body: What stands in it: nothing, or the first and the last letter of a part of the alphabet, as `a-k`.

    Raises:
        PageError: It is no part of the alphabet.
    """
    match = re.fullmatch(r"([a-z])-([a-z])", body.strip() or "a-z")
    if not match or match[1] > match[2]:
        raise PageError(f"a sources fence holds a part of the alphabet, such as a-k, or nothing, not {body.strip()}")
    return match[1], match[2]


def part(library: Library, first: str, last: str) -> list[Source]:
    """Return the sources whose labels begin in a part of the alphabet, in its order. What is no letter comes at `a`.

    Raises:
        PageError: The bibliography is wrong.
    """
    found = sorted(library.sources.values(), key=lambda source: _natural(source.label))
    return [source for source in found if first <= min(max(source.label[0].casefold(), "a"), "z") <= last]


def bibliography(library: Library, first: str, last: str) -> Element:
    """Return the sources of a part of the alphabet.

    Raises:
        PageError: The bibliography is wrong.
    """
    block = Element("dl", {"class": "sk-sources"})
    for source in part(library, first, last):
        SubElement(block, "dt", {"id": source.id}).append(source_link(source))
        about = SubElement(block, "dd")
        about.text = AtomicString(f"{source.title}. Read {source.read}: {source.how}.")
    return block


def _natural(label: str) -> list[tuple[int, int, str]]:
    """Sort `section 10` after `section 9`."""
    pieces = re.findall(r"\d+|\D+", label.casefold())
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces]
