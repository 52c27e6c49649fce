"""The bibliography: what `[@id]` on a page refers to. Pure: text in, entries out."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sitebuild.data.entries import Fields, Row, Wrong, whole_entries


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a sentence of the site rests on.

    Args:
        id: What a page calls it.
        label: How a sentence refers to it, such as `RFC 9293, section 3.5.2`.
        title: What it is called.
        url: Where it can be read.
        read: The day it was read, as `YYYY-MM-DD`.
        how: Which copy was read.
    """

    id: str
    label: str
    title: str
    url: str
    read: str
    how: str


def read_sources(text: str) -> dict[str, Source]:
    """Read the bibliography file.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    names = tuple(field.name for field in fields(Source))[1:]
    return {name: Source(id=name, **row) for name, row in whole_entries(text, "source", Fields(names, names), _wrong)}


def _wrong(_name: str, row: Row) -> Wrong:
    if not row["url"].startswith(("https://", "http://")):
        yield "url", "url must begin with https:// or http://"
