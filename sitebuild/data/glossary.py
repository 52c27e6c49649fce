"""The glossary: what `[[term]]` on a page refers to. Pure: text in, entries out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass


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
        ValueError: It is not TOML, an entry is not whole, or two terms have a name that differs only in case.
    """
    found: dict[str, Term] = {}
    taken: set[str] = set()
    for name, row in tomllib.loads(text).items():
        if not isinstance(row, dict) or row.keys() - {"sign", "also"} != {"says", "source"}:
            raise ValueError(
                f'term {name}: an entry is ["{name}"] with "says", "source" and perhaps "sign" and "also", and no more'
            )
        sources = row["source"] if isinstance(row["source"], list) else [row["source"]]
        if (
            not isinstance(row["says"], str)
            or not isinstance(row.get("sign", ""), str)
            or not all(isinstance(source, str) for source in sources)
        ):
            raise ValueError(f"term {name}: says is text in quotes, source is an id or a list of ids")
        also = row.get("also", [])
        if not isinstance(also, list) or not all(isinstance(other, str) for other in also):
            raise ValueError(f"term {name}: also is a list of names")
        term = Term(name, row["says"], tuple(sources), row.get("sign", ""), tuple(also))
        for own in (term.slug, *(one.casefold() for one in term.names if one.casefold() != term.slug)):
            if own in taken:
                raise ValueError(f"term {name}: there is another of that name, {own}")
            taken.add(own)
        found[name.casefold()] = term
    return found
