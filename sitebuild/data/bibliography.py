"""The bibliography: what `[@id]` on a page refers to. Pure: text in, entries out."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sitebuild.data.entries import entries


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
        ValueError: It is not TOML, or an entry lacks a field, has an unknown one, or one that is not text.
    """
    wanted = {field.name for field in fields(Source)} - {"id"}
    found = {}
    for name, row in entries(text):
        if wanted != row.keys():
            wrong = sorted(wanted.symmetric_difference(row))
            raise ValueError(f"source {name}: {'lacks' if wrong[0] in wanted else 'has the unknown field'} {wrong[0]}")
        if not all(isinstance(value, str) and value for value in row.values()):
            raise ValueError(f"source {name}: each field is text in quotes")
        if not row["url"].startswith(("https://", "http://")):
            raise ValueError(f"source {name}: url must begin with https:// or http://")
        found[name] = Source(id=name, **row)
    return found
