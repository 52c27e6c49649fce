"""The block of the contents: every chapter by its part, with the sentence at its head, and an index of terms and hardware ports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sitebuild.data.navigation import Entry, description, heading, read_menu
from sitebuild.kit.block import Block, Spot
from sitebuild.kit.library import GLOSSARY_PAGE, Library
from sitebuild.reading.options import PageError

_GUIDE = """\
## The contents

An empty `contents` fence prints the pages of the menu, part by part, each with the first clause of the `description` at its head, and the terms and hardware ports from A to Z. Each page is named once. Nothing has to be done for a new page but to name it in `mkdocs.yml` and to give it a description.

One that names a part of the menu prints the pages of that part alone. The `index.md` of a folder has it, for whoever cuts an address short.
"""

_ALONE = "This site"
"""The heading of pages that belong to no part."""

_LISTED = "hardware/connectors"
"""A folder whose pages are in no menu, but in the index."""

_LONG = 110
"""How many letters of a page's description are read at one glance."""

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")
"""What Markdown, or one of our extensions, would take for more than a sign."""


def read(body: str, library: Library) -> str:
    """Read a contents fence: the name of a part of the menu, or nothing for all of them.

    Raises:
        PageError: The menu has no such part.
    """
    name = body.strip()
    parts = dict.fromkeys(entry.part for entry in read_menu(library.root) if entry.part)
    if name and name not in parts:
        raise PageError(f'the menu has no part "{name}", but {", ".join(parts)}')
    return name


def of_part(library: Library, page: str, part: str) -> str:
    """Return the pages of one part as Markdown.

    Args:
        library: The checkout.
        page: The page they are to stand on, relative to the folder of the pages.
        part: The name of the part in the menu.
    """
    return _pages([entry for entry in read_menu(library.root) if entry.part == part], library.docs, page)


def render(library: Library, page: str) -> str:
    """Return the contents as Markdown.

    Args:
        library: The checkout.
        page: The page they are to stand on, relative to the folder of the pages.
    """
    menu = [entry for entry in read_menu(library.root) if entry.page not in {page, "index.md"}]
    chapters = sorted(menu, key=lambda entry: not entry.part)  # those of no part come last
    parts = [
        _part(part or _ALONE, list(entries), library.docs, page)
        for part, entries in groupby(chapters, key=lambda entry: entry.part)
    ]
    return "\n\n".join([*parts, "## A to Z { .part }", _index(library, page)])


def _part(name: str, entries: list[Entry], docs: Path, page: str) -> str:
    return f"## {name} {{ .part }}\n\n{_pages(entries, docs, page)}"


def _pages(entries: list[Entry], docs: Path, page: str) -> str:
    lines = ['<div class="sk-pages" markdown>', ""]
    for number, entry in enumerate(entries, start=1):
        lines += [
            f"{number}. {_link(entry.name, entry.page, page)}<br>",
            f"    {_plain(_scene(description(docs / entry.page)))}",
        ]
    return "\n".join([*lines, "", "</div>"])


def _scene(text: str) -> str:
    """Return the beginning of a description, which names what brings a reader; the rest of it is for search engines."""
    clause = re.match(r".{24,}?(?=[:;.](?:\s|$))", text)
    scene = clause[0] if clause else text.rstrip(".")
    return scene if len(scene) <= _LONG else scene[: _LONG + 1].rpartition(", ")[0] or scene


def _index(library: Library, page: str) -> str:
    names = [
        (heading(path), f"{_LISTED}/{path.name}")
        for path in (library.docs / _LISTED).glob("*.md")
        if path.stem != "index"
    ]
    names += [(term.name, f"{GLOSSARY_PAGE}#{term.slug}") for term in library.terms.values()]
    ordered = sorted(names, key=lambda named: (_key(named[0]), named[1]))
    lines = ['<div class="sk-index" markdown>', ""]
    for letter, entries in groupby(ordered, key=lambda named: _letter(named[0])):
        lines += [f"**{letter}**", "", *(f"- {_link(name, target, page)}" for name, target in entries), ""]
    return "\n".join([*lines, "</div>"])


def _key(name: str) -> str:
    return re.sub(r"^(a|an|the)\s+|[^\w\s]", "", name.casefold())


def _letter(name: str) -> str:
    first = _key(name)[:1].upper()
    return first if first.isalpha() else "0 to 9"


def _link(name: str, target: str, page: str) -> str:
    return f"[{_plain(name)}]({posixpath.relpath(target, posixpath.dirname(page) or '.')})"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


class Contents(Block[str]):
    """Every chapter by its part, and an index; or the chapters of one part."""

    name = "contents"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> str:
        return read(body, library)

    def markdown(self, asked: str, spot: Spot) -> str:
        return of_part(spot.library, spot.page, asked) if asked else render(spot.library, spot.page)

    def texts(self, asked: str) -> Iterator[str]:
        yield from ()


BLOCK = Contents()
