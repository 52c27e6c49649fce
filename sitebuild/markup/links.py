"""Links to sources and terms, as lists and sentences show them. Pure."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from sitebuild.data.bibliography import Source
from sitebuild.data.glossary import Term
from sitebuild.markup.signs import SIGNS, sign

_MARKS = re.compile(r"[`*]|\[\[(?P<words>[^\]|]*)(?:\|[^\]]*)?\]\]|\s*\[@[^\]]*\]")


def source_link(source: Source) -> Element:
    """Return a link to a source itself, labelled as the bibliography says."""
    link = Element("a", {"class": "sk-source", "href": source.url})
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
    if term.sign in SIGNS:  # one that there is not is told where the entry stands
        link.append(sign(term.sign))
        link[0].tail = words
    else:
        link.text = words
    return link


def plain(text: str) -> str:
    """Return the words of a text in Markdown, without its marks and sources."""
    return _MARKS.sub(lambda match: match["words"] or "", text)
