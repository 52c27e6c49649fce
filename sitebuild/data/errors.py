"""The table of socket errors. Pure: text in, entries out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitebuild.data.entries import Fields, Row, Wrong, capitals, whole_entries, wrong_tables

NUMBERED = ("Linux", "macOS", "Windows")
"""The systems of which an entry may name the number."""

_NEEDED = ("page", "title", "short", "is", "first", "words", "causes")
_LISTS = ("names", "words", "unless", "narrows", "more", "covers")
_TABLES = ("errno", "says", "causes", "cures", "tell", "stop")
_KEYS = {
    "causes": ("is", "see", "cure"),
    "cures": ("by", "words", "cure"),
    "says": ("by", "says"),
    "tell": ("run", "say"),
    "stop": ("run", "say"),
}
_MORE = {"says": ("source",), "tell": ("prints",)}
_KNOWN = (
    *_NEEDED,
    "errno",
    "names",
    "unless",
    "wraps",
    "narrows",
    "says",
    "cures",
    "tell",
    "tell_of",
    "stop",
    "port",
    "host",
    "figure",
    "caption",
    "look",
    "program",
    "prints",
    "unproven",
    "more",
    "covers",
)
_FIELDS = Fields(_NEEDED, _KNOWN, lists=_LISTS, other=(*_TABLES, "wraps"))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words in which somebody says it.

    Args:
        by: A system, a language or a program.
        says: The words.
        source: What says so, an id in the bibliography; `""` if we ran it.
    """

    by: str
    says: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for an error. All are Markdown.

    Args:
        what: What it is.
        see: How one sees that it is this one.
        cure: What to do.
    """

    what: str
    see: str
    cure: str


@dataclass(frozen=True, slots=True)
class Cure:
    """What cures an error in one program.

    Args:
        by: The program.
        words: What its messages have, as in `SocketError.words`.
        cure: What to do, in Markdown.
    """

    by: str
    words: tuple[str, ...]
    cure: str


@dataclass(frozen=True, slots=True)
class Told:
    """A command that tells the causes apart, or does away with one.

    Args:
        system: Where it is typed.
        run: The command.
        say: What to look for in what it prints, in Markdown.
        prints: A sample of that, as the command block has it; `""` if there is none.
    """

    system: str
    run: str
    say: str
    prints: str


@dataclass(frozen=True, slots=True)
class SocketError:
    """An error, and what to do about it. Its texts are Markdown, their links from the folder of the pages.

    Args:
        id: What the file calls it, such as `ECONNREFUSED`.
        page: The page it stands on.
        anchor: Where on it; `""` if the page is about nothing else.
        title: The message as a reader types it.
        short: The words in it that everybody knows.
        happened: What happened, in one sentence.
        first: What to do first.
        errno: The number on each system.
        names: What the systems and languages call it.
        words: What a message has for it; `*` is anything, `#` a digit, `{name}` a name without a dot, and of what
            `&` joins all must occur.
        unless: What a message that is of something else has.
        wraps: Whether it only says that there is another error inside.
        narrows: The errors of which it is a special case, so that it comes before them.
        says: The message elsewhere.
        causes: The likeliest first.
        cures: The cure by programs that have one of their own.
        tell: What tells them apart.
        tell_of: The error whose commands tell them apart, if it has none of its own.
        stop: What ends the program that is in the way, in one line, once that is known to be the cure.
        port: The number that stands in these commands for the reader's own; `""` if none does.
        host: The name that stands in them for the reader's server; `""` if none does.
        figure: The figure of how it comes about; `""` if there is none.
        caption: What stands below that, in Markdown.
        look: What to look at in the run, in Markdown.
        program: The snippet or session that provokes it; `""` if there is none.
        prints: What the program prints of it, if that is not the title.
        unproven: Why there is none.
        more: Links to what to read.
        covers: Errors of Python that it answers too, such as `ssl.SSLZeroReturnError`.
    """

    id: str
    page: str
    anchor: str
    title: str
    short: str
    happened: str
    first: str
    errno: dict[str, tuple[int, ...]]
    names: tuple[str, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    wraps: bool
    narrows: tuple[str, ...]
    says: tuple[Wording, ...]
    causes: tuple[Cause, ...]
    cures: tuple[Cure, ...]
    tell: tuple[Told, ...]
    tell_of: str
    stop: tuple[Told, ...]
    port: str
    host: str
    figure: str
    caption: str
    look: str
    program: str
    prints: str
    unproven: str
    more: tuple[str, ...]
    covers: tuple[str, ...]

    @property
    def target(self) -> str:
        """Where it stands, as a link from the folder of the pages."""
        return self.page + (f"#{self.anchor}" if self.anchor else "")

    @property
    def texts(self) -> Iterator[str]:
        """Each of its texts that is Markdown."""
        yield from (self.happened, self.first, self.caption, self.look, self.unproven, *self.more)
        for cause in self.causes:
            yield from (cause.what, cause.see, cause.cure)
        yield from (one.cure for one in self.cures)
        yield from (one.say for one in (*self.tell, *self.stop))


def read_errors(text: str) -> dict[str, SocketError]:
    """Read the file of errors, by their names.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    return {name: _error(name, row) for name, row in whole_entries(text, "error", _FIELDS, _wrong, _wrong_tables)}


def _error(name: str, row: dict[str, Any]) -> SocketError:
    page, _, anchor = row["page"].partition("#")
    numbers = {system: tuple(of if isinstance(of, list) else [of]) for system, of in row.get("errno", {}).items()}
    return SocketError(
        id=name,
        page=page,
        anchor=anchor,
        title=row["title"],
        short=row["short"],
        happened=row["is"],
        first=row["first"],
        errno=numbers,
        names=tuple(row.get("names", ())),
        words=tuple(row["words"]),
        unless=tuple(row.get("unless", ())),
        wraps=row.get("wraps", False),
        narrows=tuple(row.get("narrows", ())),
        says=tuple(Wording(**one) for one in row.get("says", ())),
        causes=tuple(Cause(one["is"], one["see"], one["cure"]) for one in row["causes"]),
        cures=tuple(Cure(one["by"], tuple(one["words"]), one["cure"]) for one in row.get("cures", ())),
        tell=_told(row, "tell"),
        tell_of=row.get("tell_of", ""),
        stop=_told(row, "stop"),
        port=row.get("port", ""),
        host=row.get("host", ""),
        figure=row.get("figure", ""),
        caption=row.get("caption", ""),
        look=row.get("look", ""),
        program=row.get("program", ""),
        prints=row.get("prints", ""),
        unproven=row.get("unproven", ""),
        more=tuple(row.get("more", ())),
        covers=tuple(row.get("covers", ())),
    )


def _told(row: dict[str, Any], field: str) -> tuple[Told, ...]:
    every = row.get(field, {}).items()
    return tuple(Told(system, one["run"], one["say"], one.get("prints", "")) for system, one in every)


def _wrong(_name: str, row: Row) -> Wrong:
    """Yield what is wrong with an entry and how to mend it; each rule relies on those before it."""
    if not re.fullmatch(r"errors/[a-z0-9-]+\.md(#[a-z0-9-]+)?", row["page"]):
        yield "page", 'page is one in docs/errors, such as "errors/rarer.md#emsgsize"'
    if ("program" in row) == ("unproven" in row):
        yield "", "it has either a program, or in unproven the reason why there is none"
    if ("figure" in row) != ("caption" in row):
        yield "", "it has a figure and its caption, or neither"
    if "tell" in row and "tell_of" in row:
        yield "tell_of", "it has commands of its own in tell, or those of another error in tell_of"
    yield from capitals(row, ("words", "unless"))
    for system, value in row.get("errno", {}).items():
        every = value if isinstance(value, list) else [value]
        if system not in NUMBERED or not all(isinstance(number, int) for number in every):
            yield "errno", f"errno has a number, or a list of them, for any of {', '.join(NUMBERED)}"


def _wrong_tables(row: Row) -> Wrong:
    for field, needed in _KEYS.items():
        known = (*needed, *_MORE.get(field, ()))
        like = f"a table with {', '.join(needed)}"
        yield from wrong_tables(row.get(field, []), like, needed, known, field)
