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
    """

    name: str
    says: str
    sources: tuple[str, ...]
    sign: str = ""

    @property
    def slug(self) -> str:
        """The id of its entry on the glossary page."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-")


def read_glossary(text: str) -> dict[str, Term]:
    """Read the glossary file; the keys are the terms in lower case, as a sentence may begin with one.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        ValueError: It is not TOML, an entry is not whole, or two terms differ only in case.
    """
    found: dict[str, Term] = {}
    for name, row in tomllib.loads(text).items():
        if not isinstance(row, dict) or row.keys() - {"sign"} != {"says", "source"}:
            raise ValueError(
                f'term {name}: an entry is ["{name}"] with "says", "source" and perhaps "sign", and nothing else'
            )
        sources = row["source"] if isinstance(row["source"], list) else [row["source"]]
        if (
            not isinstance(row["says"], str)
            or not isinstance(row.get("sign", ""), str)
            or not all(isinstance(source, str) for source in sources)
        ):
            raise ValueError(f"term {name}: says is text in quotes, source is an id or a list of ids")
        term = Term(name, row["says"], tuple(sources), row.get("sign", ""))
        if any(term.slug == other.slug for other in found.values()):
            raise ValueError(f"term {name}: there is another of that name")
        found[name.casefold()] = term
    return found
