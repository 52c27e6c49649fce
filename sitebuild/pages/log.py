"""What a build logs: each mistake of a data file once, and of each link that leads nowhere, where it stands."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from sitebuild.kit.library import Library
from sitebuild.reading import files, links

LOG = logging.getLogger("mkdocs.socktrace")
"""Below "mkdocs", so that a strict build fails."""


class _Once(logging.Filter):
    """Lets a mistake in a data file pass once a build: from the page that told it first, as in the next build."""

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[str, str] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        page = getattr(record, "once_for", None)
        return page is None or self._first.setdefault(record.getMessage(), page) == page


class Links(logging.Filter):
    """Gives what MkDocs says of a link that leads nowhere its line and its cure.

    It keeps MkDocs from missing an anchor on a page of which a part could not be made: it may be there.
    """

    _SAID = re.compile(r"Doc file '(?P<here>[^']+)' contains an? .*?link '(?P<link>[^']+)'(?P<rest>.*)", re.DOTALL)
    _MISSES = re.compile(r"but (?:the doc '(?P<there>[^']+)' does not contain an|there is no such) anchor")

    def __init__(self) -> None:
        super().__init__()
        self._in_part: set[str] = set()
        self._library: Library | None = None

    def begin(self, page: str | None, library: Library) -> None:
        """Take a page for whole until something is told of it."""
        self._in_part.discard(page or "")
        self._library = library

    def spare(self, page: str | None) -> None:
        """Take note that a part of a page could not be made."""
        self._in_part.add(page or "")

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether something is to be told, and give it its place."""
        said = self._SAID.match(record.getMessage())
        if said is None:
            return True
        misses = self._MISSES.search(said["rest"])
        if misses and (misses["there"] or said["here"]) in self._in_part:
            return False
        if self._library and (told := _told(said["here"], said["link"], bool(misses), self._library)):
            record.msg, record.args = told, ()
        return True


def _told(page: str, link: str, misses: bool, library: Library) -> str:
    """Return what is wrong with a link, with its place: on the page, or in a data file that the page prints."""
    wrong = (links.no_anchor if misses else links.nowhere)(link, page, library.docs)
    numbers = [number for number, there in links.links(links.lines_of(library.docs / page)) if there == link]
    end = link.rpartition("/")[2]  # of a text of a data file, the page prints the link with another beginning
    places = (library.place(file.name, text=f"{end})") for file in sorted(library.data.glob("*.toml")) if end)
    place = f"docs/{page}:{numbers[0]}" if numbers else next(filter(None, places), f"docs/{page}")
    return f"{place}: {wrong}" if wrong else ""


_PACKAGE = Path(__file__).parents[1]
_BEGAN = files.states(_PACKAGE, ".py")


def tell_what_has_changed() -> None:
    """Tell whoever watches a preview that it goes on with the modules of this package that it began with."""
    for path in sorted({path for path, *_ in {*_BEGAN} ^ {*files.states(_PACKAGE, ".py")}}):
        name = Path(path).relative_to(_PACKAGE.parent).as_posix()
        words = "has changed since this preview began, which goes on with what it was; stop it and start it again"
        LOG.warning("%s %s", name, words)


LINKS = Links()
LOG.addFilter(_Once())
logging.getLogger("mkdocs.structure.pages").addFilter(LINKS)
