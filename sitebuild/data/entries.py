"""Data files of named entries: what their readers have in common. Pure: text in, tables out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator
from typing import Any


def entries(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each entry's name and fields.

    Args:
        text: The file's text, TOML with one table for each entry.

    Raises:
        ValueError: It is not TOML, or something stands in no entry.
    """
    for name, row in tomllib.loads(text).items():
        if not isinstance(row, dict):
            raise ValueError(f'"{name}" is not an entry; an entry begins with ["{name}"]')
        yield name, row


def whole_entries(
    text: str, kind: str, wrong: Callable[[str, dict[str, Any]], Iterator[str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each entry's name and fields, after a look at whether it is whole.

    Args:
        text: The file's text, TOML with one table for each entry.
        kind: What its entries are, such as `port`.
        wrong: What is wrong with an entry and how to mend it; only the first of that is told.

    Raises:
        ValueError: It is not TOML, or an entry is not whole.
    """
    for name, row in entries(text):
        for complaint in wrong(name, row):
            raise ValueError(f"{kind} {name}: {complaint}")
        yield name, row


def misfits(
    row: dict[str, Any], needed: Collection[str], known: Collection[str], other: Collection[str]
) -> Iterator[str]:
    """Yield which fields an entry lacks, which are none of its, and which should be text and are not.

    Args:
        row: The entry's fields.
        needed: The fields that it must have.
        known: All that it may have.
        other: Those among them that are no text.
    """
    for field in needed:
        if field not in row:
            yield f"lacks {field}"
    for field, value in row.items():
        if field not in known:
            yield f"has the unknown field {field}; known: {', '.join(known)}"
        elif field not in other and not (isinstance(value, str) and value.strip()):
            yield f"{field} is text in quotes"


def unlisted(row: dict[str, Any], fields: Collection[str]) -> Iterator[str]:
    """Yield which of these fields an entry has and which are no lists of texts."""
    for field in fields:
        if field in row and not is_list_of_text(row[field]):
            yield f'{field} is a list of texts, such as ["one", "another"]'


def capitals(row: dict[str, Any], fields: Collection[str]) -> Iterator[str]:
    """Yield which words in these fields, if the entry has them, are not in small letters; all are lists of texts."""
    large = [words for field in fields for words in row.get(field, ()) if words != words.lower()]
    yield from (f'words are in small letters, not "{words}"' for words in large)


def is_list_of_text(value: object) -> bool:
    """Say whether a field's value is a list of at least one text, and of nothing else."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
