"""Data files of named entries: what their readers have in common. Pure: text in, tables out.

Whoever reads a file looks at all of it before anything comes of it, so that all its mistakes are told at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from sitebuild.reading.options import near

Row: TypeAlias = "dict[str, Any]"
Wrong: TypeAlias = "Iterator[tuple[str, str]]"
"""What is wrong: each time the field, with a key in it or the number of one in its list after a blank, and then the
words; `""` for the entry itself, as in `("causes 2 see", "what is wrong and how to mend it")`."""

_HEAD = re.compile(r"(\[.+\])\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class EntriesError(ValueError):
    """What is wrong with a data file.

    Args:
        found: Each time the line, counted from 1, and the words.
    """

    def __init__(self, found: Iterable[tuple[int, str]]) -> None:
        self.found = tuple(sorted(found, key=lambda one: one[0]))
        super().__init__("\n".join(f"{line}: {words}" for line, words in self.found))


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an entry. What is no list and no other is text.

    Args:
        needed: Those that it must have.
        known: All that it may have.
        lists: Those that are lists of texts.
        other: Those that are something else.
    """

    needed: tuple[str, ...]
    known: tuple[str, ...]
    lists: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def _nothing(*_: object) -> Wrong:
    yield from ()


def whole_entries(
    text: str,
    kind: str,
    fields: Fields,
    wrong: Callable[[str, Row], Wrong] = _nothing,
    tables: Callable[[Row], Wrong] = _nothing,
) -> list[tuple[str, Row]]:
    """Return each entry's name and fields, after a look at whether all are whole.

    Args:
        text: The file's text, TOML with one table for each entry.
        kind: What its entries are, such as `port`.
        fields: What an entry has.
        wrong: What else is wrong with an entry that has these; each of its rules may rely on those before it.
        tables: What is wrong with the keys of the tables in an entry, which may lack any.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    lines = Lines(text)
    found: list[tuple[int, str]] = []
    rows = _rows(text)
    for name, row in rows.items():
        if not isinstance(row, dict):
            found.append((lines.of(name), f'"{name}" is not an entry; an entry begins with ["{name}"]'))
            continue
        misfits = [*_misfits(row, fields), *tables(row)]
        found += [(lines.of(name, *where.split()), f"{kind} {name}: {words}") for where, words in misfits]
        # An unknown key hides no rule: those are asked of the entry as it may be meant.
        keys = _meant(row, fields.needed, fields.known)
        meant = {other: value for key, value in row.items() if (other := keys.get(key, key))}
        if not any((*_misfits(meant, fields), *tables(meant))):
            for where, words in _broken(name, meant, wrong, told=bool(misfits)):
                path = [next((key for key, other in keys.items() if other == step), step) for step in where.split()]
                found.append((lines.of(name, *path), f"{kind} {name}: {words}"))
    if found:
        raise EntriesError(found)
    return [*rows.items()]


def _rows(text: str) -> Row:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EntriesError([_not_toml(text.splitlines(), str(error))]) from error


def _not_toml(lines: list[str], told: str) -> tuple[int, str]:
    """Return the line and the words of what `tomllib` says: of what stands there twice, where it stood before."""
    match = _AT.search(told)
    line = int(match[1]) if match and match[1] else len(lines)
    words = told[: match.start()] if match else told
    if words.startswith(("Cannot declare", "Cannot overwrite")):
        paths = [*_paths(lines[:line])]
        name, at = paths[-1] if paths else ((), line)
        before = next((number for path, number in paths if path == name and number < at), None)
        if before:
            return at, f"{'.'.join(name)} stands there twice, first in line {before}; rename or remove one"
    return line, f"not TOML: {words}; text stands in quotes, and a list in [ ] with commas between"


def _broken(name: str, row: Row, wrong: Callable[[str, Row], Wrong], *, told: bool) -> Wrong:
    """Yield which rules an entry breaks that has all that it must.

    Args:
        name: The entry's name.
        row: Its fields.
        wrong: The rules.
        told: Whether anything is told of it already.
    """
    try:
        for one in wrong(name, row):
            told = True
            yield one
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        if not told:  # else it is a rule that relies on one that was just told to be broken
            where = "the example in the guide that the head of this file names"
            yield "", f"is not written as {where} ({error!r}); compare them"


def _misfits(row: Row, fields: Fields) -> Wrong:
    yield from _strange(row, fields.needed, fields.known)
    for field, value in row.items():
        if field in fields.lists and not is_list_of_text(value):
            yield field, f'{field} is a list of texts, such as ["one", "another"]'
        elif field in fields.known and field not in (*fields.lists, *fields.other) and not is_text(value):
            yield field, f"{field} is text in quotes"


def wrong_tables(tables: object, like: str, needed: Collection[str], known: Collection[str], name: str) -> Wrong:
    """Yield what is wrong with the tables in a field of an entry, which are a list, or have names.

    Args:
        tables: What should be some.
        like: What each should be, with an example.
        needed: The keys that each must have.
        known: All that each may have.
        name: The field.
    """
    if isinstance(tables, list | dict):
        named = tables.items() if isinstance(tables, dict) else enumerate(tables, 1)
        for own, table in named:
            yield from wrong_table(table, like, needed, known, f"{name} {own}")
    else:
        yield name, f"each of {name} is {like}"


def wrong_table(table: object, like: str, needed: Collection[str], known: Collection[str], name: str) -> Wrong:
    """Yield what is wrong with a table in an entry.

    Args:
        table: What should be one.
        like: What it should be, with an example.
        needed: The keys that it must have.
        known: All that it may have.
        name: Its field, with the number in its list, such as `causes 2`.
    """
    if isinstance(table, dict):
        yield from _strange(table, needed, known, name)
    else:
        yield name, f"{name} is {like}"


def _strange(row: Row, needed: Collection[str], known: Collection[str], within: str = "") -> Wrong:
    """Yield which keys a table lacks and which are none of its; one that is misspelt is not lacking too."""
    of = f" in {within}" if within else ""
    meant = _meant(row, needed, known)
    for key, other in meant.items():
        hint = f"did you mean {other}?" if other else f"known: {', '.join(known)}"
        yield f"{within} {key}".strip(), f"unknown key {key}{of}; {hint}"
    for key in needed:
        if key not in row and key not in meant.values():
            yield within, f"lacks {key}{of}"


def _meant(row: Row, needed: Collection[str], known: Collection[str]) -> dict[str, str | None]:
    """Return of each key that is none of a table which one may be meant, `None` if that is none."""
    missing = [key for key in needed if key not in row]
    meant: dict[str, str | None] = {}
    for key in [key for key in row if key not in known]:
        meant[key] = near(key, missing) or near(key, [other for other in known if other not in row])
        missing = [other for other in missing if other != meant[key]]
    return meant


def capitals(row: Row, fields: Collection[str]) -> Wrong:
    """Yield which words in these fields, if the entry has them, are not in small letters; all are lists of texts."""
    large = [(field, words) for field in fields for words in row.get(field, ()) if words != words.lower()]
    yield from ((field, f'{field} are in small letters, not "{words}"') for field, words in large)


def is_text(value: object) -> bool:
    """Say whether a field's value is text, and not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_list_of_text(value: object) -> bool:
    """Say whether a field's value is a list of at least one text, and of nothing else."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


# -- lines, which tomllib does not tell --------------------------------------------------------------------------------


class Lines:
    """Where things stand in a data file.

    Args:
        text: The file's text.
    """

    def __init__(self, text: str) -> None:
        self.texts = text.splitlines()
        self._known: dict[tuple[str, ...], int] = {}
        for path, line in _paths(self.texts):
            for deep in range(1, len(path) + 1):  # a head may name a table of an entry that has none of its own
                self._known.setdefault(path[:deep], line)  # of what stands there twice the first

    def of(self, *path: str) -> int:
        """Return the line, counted from 1, in which something stands, or the nearest around it.

        Args:
            path: The entry, its field, a key in that, or the number of one in its list, as far as one likes.
        """
        deep = next((count for count in range(len(path), 0, -1) if path[:count] in self._known), 0)
        at = self._known.get(path[:deep], 1)
        return self._inside(at, path[:deep], path[deep:]) if 1 < deep < len(path) else at

    def _inside(self, at: int, within: tuple[str, ...], steps: tuple[str, ...]) -> int:
        """Return the line of something in a list or a table that is written in braces."""
        others = (line for path, line in self._known.items() if line > at and path[: len(within)] != within)
        end = min(others, default=len(self.texts) + 1)
        for step in steps:
            if step.isdigit():
                begins = [line for line in range(at + 1, end) if self.texts[line - 1].lstrip().startswith("{")]
                at = begins[int(step) - 1] if int(step) <= len(begins) else at
            else:
                key = re.compile(rf"""(?<![\w-])["']?{re.escape(step)}["']?\s*=""")
                at = next((line for line in range(at, end) if key.search(self.texts[line - 1])), at)
        return at


def _paths(lines: list[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path of each head and each key that begins a line, with the line's number."""
    head: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if match := _HEAD.match(line):
            names = _names(match[1])
            if names:
                head = names
                yield head, number
        elif (match := _KEY.match(line)) and (names := _names(f"{match[1]} = 0")):
            yield (*head, *names), number


def _names(line: str) -> tuple[str, ...]:
    """Return the names in a head or before an equals sign; none if it is neither, such as the last row of a list."""
    try:
        table = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while isinstance(table, dict) and table:
        ((name, table),) = table.items()
        names.append(name)
    return tuple(names)
