"""The glossary: what `[[term]]` on a page refers to. Pure: text in, entries out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitebuild.data.entries import EntriesError, Fields, Lines, Row, Wrong, is_list_of_text, is_text, whole_entries

_FIELDS = Fields(("says", "source"), ("says", "source", "sign", "also"), other=("source", "also"))


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field and the sentence that says what it means.

    Args:
        name: The term.
        says: One sentence.
        sources: Ids in the bibliography.
        sign: The sign that stands for it in figures and beside the word, such as `listening-socket`; `""` for none.
        also: What else people call it, such as `fd`.
    """

    name: str
    says: str
    sources: tuple[str, ...]
    sign: str = ""
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The term and what else people call it."""
        return (self.name, *self.also)

    @property
    def slug(self) -> str:
        """The id of its entry on the glossary page."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-")


def read_glossary(text: str) -> dict[str, Term]:
    """Read the glossary file; the keys are the terms in lower case, as a sentence may begin with one, without `also`.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, entries are not whole, or two terms have a name that differs only in case.
    """
    found: dict[str, Term] = {}
    flaws: list[tuple[int, str]] = []
    taken: dict[str, int] = {}
    lines = Lines(text)
    for name, row in whole_entries(text, "term", _FIELDS, _wrong):
        sources = row["source"] if isinstance(row["source"], list) else [row["source"]]
        term = Term(name, row["says"], tuple(sources), row.get("sign", ""), tuple(row.get("also", ())))
        line = lines.of(name)
        for own in (term.slug, *(one.casefold() for one in term.names if one.casefold() != term.slug)):
            if own in taken:
                flaws.append((line, f"term {name}: there is another of that name, {own}, in line {taken[own]}"))
            taken[own] = line
        found[name.casefold()] = term
    if flaws:
        raise EntriesError(flaws)
    return found


def _wrong(_name: str, row: Row) -> Wrong:
    if not is_text(row["source"]) and not is_list_of_text(row["source"]):
        yield "source", "source is an id, or a list of ids, in docs/data/sources.toml"
    also = row.get("also", [])
    if also and not is_list_of_text(also):
        yield "also", 'also is a list of names, such as ["listener"]'
