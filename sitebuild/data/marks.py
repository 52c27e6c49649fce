"""The marks beside ports and on cables. Pure: text in, entries out."""

from __future__ import annotations

from dataclasses import dataclass

from sitebuild.data.entries import Fields, Row, Wrong, is_list_of_text, whole_entries

PLACES = ("port", "cable")
"""What a mark stands on: beside a port, or on a cable's plug."""

_NEEDED = ("name", "on", "promises", "silent", "source")
_FIELDS = Fields(_NEEDED, (*_NEEDED, "line", "fill", "letters"), other=("source", "letters"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark.

    Args:
        id: What the file calls it, such as `usb-ss`.
        name: What it looks like, in a phrase.
        on: One of `PLACES`.
        promises: What it promises, in Markdown.
        silent: What it says nothing of, in Markdown.
        sources: Ids in the bibliography.
        line: What is drawn of it in lines, as SVG path data on a sheet of 64 by 40.
        fill: What is filled.
        letters: The words in it, each with the x of its middle, the y of its foot and its size.
    """

    id: str
    name: str
    on: str
    promises: str
    silent: str
    sources: tuple[str, ...]
    line: str
    fill: str
    letters: tuple[tuple[str, float, float, float], ...]


def read_marks(text: str) -> tuple[Mark, ...]:
    """Read the file of marks.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    return tuple(
        Mark(
            id=name,
            name=row["name"],
            on=row["on"],
            promises=row["promises"],
            silent=row["silent"],
            sources=tuple(row["source"]),
            line=row.get("line", ""),
            fill=row.get("fill", ""),
            letters=tuple((word, float(x), float(y), float(size)) for word, x, y, size in row.get("letters", ())),
        )
        for name, row in whole_entries(text, "mark", _FIELDS, _wrong)
    )


def _wrong(_name: str, row: Row) -> Wrong:
    if row["on"] not in PLACES:
        yield "on", f'on is one of {", ".join(PLACES)}, not "{row["on"]}"'
    if not is_list_of_text(row["source"]):
        yield "source", "source is a list of ids in docs/data/sources.toml"
    if not {"line", "fill", "letters"} & row.keys():
        yield "", "a mark is drawn by line, fill or letters"
    for one in row.get("letters", ()):
        whole = isinstance(one, list) and len(one) == 4 and isinstance(one[0], str)
        if not whole or not all(isinstance(number, int | float) for number in one[1:]):
            yield "letters", "letters is a list of words, each with the x of its middle, the y of its foot and its size"
