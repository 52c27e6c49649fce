"""The block of answers: what the field of errors says to what is no message of a connection."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from sitebuild.blocks.error import link_from
from sitebuild.blocks.errors import LISTED
from sitebuild.data.answers import Answer
from sitebuild.kit.block import Spot, Whole
from sitebuild.kit.library import Library
from sitebuild.markup.unsought import UNSOUGHT

FILE = "answers.toml"
_GUIDE = """\
## What is no message of a connection

An empty `answers` fence prints two tables, which `docs/assets/errors-answer.js` reads beside [that of all errors](#all-errors): what goes wrong in the words of readers, and errors of something else. They are kept in `docs/data/answers.toml`:

```toml
[elsewhere]
title = "It works on my laptop, but not from my phone"
is = "The server listens at 127.0.0.1, if no other address was given to it."
page = "ports/which-address.md#which-is-which"

[other-http]
title = "A server's answer: an HTTP status"
is = "The connection worked."
```

- `page` is what tells more; an error of something else has none.
- `of` names the errors of which this is the likeliest cause, where a reader says it with their message: the answer to that begins with it.
- By what each is found stands in two files that a reader fetches with the first message: sentences that readers say in `docs/assets/errors-said.js`, to which you add one if the field doesn't understand it, and words of messages in `docs/assets/errors-asked.js`.
- Begin `is` with what to do. Where a reader's words fit several answers, the field shows their titles with that sentence, and asks.
- Links are written from `docs/`.
"""


def render(library: Library, page: str) -> Element:
    """Return both tables as elements, whose texts are Markdown still.

    Args:
        library: The checkout.
        page: The page they are to stand on.

    Raises:
        PageError: The file is missing or wrong.
    """
    block = Element("article", {"class": "sk-answered wide", UNSOUGHT: ""})
    every = library.answers.values()
    for head, rows in (
        ("What goes wrong, in other words", [one for one in every if one.page]),
        ("Not a connection error", [one for one in every if not one.page]),
    ):
        table = SubElement(block, "table", {"class": "sk-table"})
        names = SubElement(SubElement(table, "thead"), "tr")
        for name in (head, "What it is, and what to do first"):
            SubElement(names, "th", {"scope": "col"}).text = name
        body = SubElement(table, "tbody")
        for answer in rows:
            _row(body, answer, page)
    return block


def _row(body: Element, answer: Answer, page: str) -> None:
    row = SubElement(body, "tr", {"id": answer.id})
    if answer.of:
        row.set("data-of", LISTED.join(name.lower() for name in answer.of))
    head = SubElement(row, "th", {"scope": "row"})
    head.text = link_from(page, f"[{answer.title}]({answer.page})") if answer.page else answer.title
    SubElement(row, "td").text = link_from(page, answer.says)


class Answers(Whole):
    """What goes wrong in the words of readers, and errors of something else."""

    name = "answers"
    guide = _GUIDE
    file = FILE

    def render(self, asked: None, spot: Spot) -> Element:
        return render(spot.library, spot.page)

    def mistakes(self, library: Library) -> list[str]:
        pages = ((one.id, one.page.partition("#")[0]) for one in library.answers.values() if one.page)
        errors = ((one.id, name) for one in library.answers.values() for name in one.of)
        return [
            *library.unknown(FILE, "answer", pages, library.page),
            *library.unknown(FILE, "answer", errors, library.error),
        ]

    def entries(self, library: Library) -> Iterator[tuple[str, str]]:
        yield from ((one.id, one.says) for one in library.answers.values())


BLOCK = Answers()
