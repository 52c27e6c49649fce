"""Finds the links, headings and ids of a page, and says which links lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify

from sitebuild.reading import fences
from sitebuild.reading.options import guess

_LINK = re.compile(r"\]\(\s*<?(?P<inline>[^()\s>]+)|^ {0,3}\[[^\]]+\]:\s+<?(?P<defined>[^\s>]+)")
_HEADING = re.compile(r"(?P<level>#{1,6}) +(?P<words>.*?)\s*#*\s*$")
_ID = re.compile(r"\{[^{}\"']*?#(?P<listed>[\w-]+)[^{}]*\}|\bid=[\"'](?P<raw>[^\"']+)")


def lines_of(page: Path) -> list[str]:
    """Return the lines of a page, none if it is no file: some are made while a site is built."""
    return page.read_text(encoding="utf-8").splitlines() if page.is_file() else []


def links(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what the links and pictures of a page's text lead to, each after the number of its line.

    Args:
        lines: The lines of the page.
    """
    for number, text in fences.prose(lines, ()):
        yield from ((number, match["inline"] or match["defined"]) for match in _LINK.finditer(text))


def headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the number of the line, the level and the words of each heading.

    Args:
        lines: The lines of the page.
    """
    written = [line.strip() for line in lines]
    for number, _ in fences.prose(lines, ()):
        if match := _HEADING.match(written[number - 1]):
            yield number, len(match["level"]), match["words"]


def ids(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each id that the author gave, after the number of its line.

    Args:
        lines: The lines of the page.
    """
    for number, text in fences.prose(lines, ()):
        yield from ((number, match["listed"] or match["raw"]) for match in _ID.finditer(text))


def leads(link: str, folder: str, docs: Path) -> bool:
    """Say whether a link leads to a file that is there, or elsewhere.

    Args:
        link: As it is written.
        folder: Where the page lies that it stands on, relative to the folder of the pages.
        docs: That folder.
    """
    parts = urlsplit(link)
    return (
        bool(parts.scheme or parts.netloc or not parts.path)
        or (docs / _target(link, posixpath.join(folder, "page"))).is_file()
    )


def nowhere(link: str, page: str, docs: Path) -> str:
    """Return what is wrong with a link to a file that is not there; `""` if it is, or if the link leads elsewhere.

    Args:
        link: As it is written.
        page: The page that it stands on, relative to the folder of the pages.
        docs: That folder.
    """
    folder = posixpath.dirname(page)
    if leads(link, folder, docs):
        return ""
    known = sorted(posixpath.relpath(one.relative_to(docs).as_posix(), folder or ".") for one in docs.rglob("*.md"))
    path = urlsplit(link).path
    return f"the link {link} leads to no {'page' if path.endswith('.md') else 'file in docs'}{guess(path, known)}"


def no_anchor(link: str, page: str, docs: Path) -> str:
    """Return what is wrong with a link to a place of a page that is not there, as a builder has found.

    Args:
        link: As it is written.
        page: The page that it stands on, relative to the folder of the pages.
        docs: That folder.
    """
    path, _, place = link.partition("#")
    lines = lines_of(docs / _target(link, page))
    known = [
        *(name for _, name in ids(lines)),
        *(slugify(words, "-") for *_, words in headings(lines) if "{" not in words),
    ]
    meant = guess(place, known)
    return f"the link {link} leads to no heading or id of {path or 'this page'}{meant}"


def _target(link: str, page: str) -> str:
    path = unquote(urlsplit(link).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
