"""The block of all errors: a table that the browser can search, and that a script makes answer a pasted message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from sitebuild.blocks.command import AT_THE_HEAD, field
from sitebuild.blocks.error import FILE, link_from, numbers
from sitebuild.data.errors import SocketError
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.markup.breaks import let_break
from sitebuild.markup.unsought import UNSOUGHT

_GUIDE = """\
## All errors

An empty `errors` fence prints a field and a table of all errors. A message that is pasted into the field is looked up by `docs/assets/errors-look-up.js`, in the reader's own browser; the search of the site asks it too. What is in another language it looks up by the same message in English, of which `docs/assets/errors-translated.js` has the commonest. The port and the server that a message names are kept for the commands of the pages that follow. Without scripts there is no field, and the browser's own search finds the words in the table.
"""

LISTED = ";"
"""What stands between the entries of a list in an attribute, in which each quote of a list in JSON would be `&quot;`."""

_CITED = re.compile(r" \[@[\w.-]+\]")
"""A source, which stands on the error's own page."""

_IN_SIGHT = 1
"""How many wordings of one error are in sight. The others are folded, and so are its causes: whoever looks along the
list wants to know which error is theirs, and its own page has all of it."""


def render(library: Library, page: str) -> Element:
    """Return the table as elements, whose texts are Markdown still.

    Args:
        library: The checkout.
        page: The page it is to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    # The search leaves out an element up to the first end of one of its kind inside it, so this is no div.
    block = Element("article", {"class": "sk-errors wide", UNSOUGHT: ""})
    look_up = SubElement(block, "div", {"class": "sk-look-up"})  # the script's; it keeps its place
    look_up.extend(field(name, {}) for name in AT_THE_HEAD)  # for the commands of an answer
    table = SubElement(block, "table", {"class": "sk-table"})
    head = SubElement(SubElement(table, "thead"), "tr")
    for name in ("The message", "What happened, and what to do first"):
        SubElement(head, "th", {"scope": "col"}).text = name
    body = SubElement(table, "tbody")
    for error in library.errors.values():
        _row(body, error, library.errors.get(error.tell_of, error), page)
    return block


def matched_by(error: SocketError) -> dict[str, str]:
    """Return what a message is looked up by, as attributes; its names and numbers are in sight.

    `docs/assets/errors-look-up.js` reads both, and so does the search.
    """
    found = {
        "words": error.words,
        "unless": error.unless,
        "wraps": [str(error.wraps)] if error.wraps else [],
        "narrows": [name.lower() for name in error.narrows],
    }
    return {f"data-{name}": LISTED.join(value) for name, value in found.items() if value}


def _row(body: Element, error: SocketError, told: SocketError, page: str) -> None:
    row = SubElement(body, "tr", {"id": error.id.lower(), **matched_by(error)})
    if error.short not in error.title:  # of several messages; what a reader pasted may be another than the title
        row.set("data-short", error.short)
    if told.tell:  # for the answer to a message; a table with all of them would be twice as long
        marks = {name: mark for name, mark in (("port", told.port), ("host", told.host)) if mark}
        tell = marks | {"run": {one.system: one.run for one in told.tell}}
        row.set("data-tell", json.dumps(tell, ensure_ascii=False, separators=(",", ":")))
    message = SubElement(row, "th", {"scope": "row"})
    (link,) = [SubElement(message, "a", {"href": link_from(page, f"]({error.target})")[2:-1]})]
    link.text = AtomicString(error.title)
    let_break(link)
    if said := numbers(error):
        SubElement(message, "p", {"class": "sk-note"}).text = said
    # One that only wraps words that stand here already is found by them; the error's own page has all.
    known = [words.lower() for words in (error.short, *error.names)]
    wordings = list(
        dict.fromkeys(one.says for one in error.says if not any(words in one.says.lower() for words in known))
    )
    if wordings:
        first = len(wordings) if len(wordings) <= _IN_SIGHT + 1 else _IN_SIGHT
        others = _listed(message, wordings[:first])
        if rest := wordings[first:]:
            fold = SubElement(SubElement(others, "li"), "details")
            SubElement(fold, "summary").text = f"{len(rest)} other wordings"
            _listed(fold, rest)
    cell = SubElement(row, "td")
    SubElement(cell, "p").text = link_from(page, error.happened)
    SubElement(cell, "p").text = link_from(page, f"**Do this first:** {error.first}")
    fold = SubElement(cell, "details")
    SubElement(fold, "summary").text = f"{len(error.causes)} causes" if len(error.causes) > 1 else "Its cause"
    causes = SubElement(fold, "ol")
    for cause in error.causes:
        SubElement(causes, "li").text = link_from(page, cause.what)
    if error.cures:  # for the answer to a message of that program
        cures = SubElement(fold, "ul", {"class": "sk-cures"})
        for one in error.cures:
            cure = SubElement(cures, "li", {"data-words": LISTED.join(one.words)})
            cure.text = link_from(page, f"**{one.by}:** {_CITED.sub('', one.cure)}")


def _listed(parent: Element, wordings: list[str]) -> Element:
    made = SubElement(parent, "ul", {"class": "sk-wordings"})
    for words in wordings:
        SubElement(SubElement(made, "li"), "code").text = AtomicString(words)
    return made


class Errors(Whole):
    """All errors."""

    name = "errors"
    guide = _GUIDE
    file = FILE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)

    def mistakes(self, library: Library) -> list[str]:
        every = library.errors.values()
        sources = ((one.id, said.source) for one in every for said in one.says if said.source)
        pages = ((one.id, one.page) for one in every)
        others = ((one.id, name) for one in every for name in (*one.narrows, one.tell_of) if name)
        return [
            *library.unknown(FILE, "error", sources, library.source),
            *library.unknown(FILE, "error", pages, library.page),
            *library.unknown(FILE, "error", others, library.error),
        ]

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        yield from ((one.id, text) for one in library.errors.values() for text in one.texts)

    def sources(self, library: Library) -> Iterator[str]:
        yield from (said.source for one in library.errors.values() for said in one.says if said.source)


BLOCK = Errors()
