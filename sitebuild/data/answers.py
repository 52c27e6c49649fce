"""Answers to what readers put into the field of errors that is no message of a connection: text in, entries out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitebuild.data.entries import Fields, Row, Wrong, whole_entries

_FIELDS = Fields(("title", "is"), ("title", "is", "page", "of"), lists=("of",))
_TARGET = re.compile(r"[a-z0-9/-]+\.md(#[\w-]+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say to such a text; by what it is found stands in `errors-said.js` and `errors-asked.js`.

    Args:
        id: What the file calls it, such as `hangs`.
        title: What it is, as a reader would say it.
        says: The answer, in Markdown, its links from the folder of the pages.
        page: The page, and where on it, that tells more; `""` for an error of something else.
        of: The errors of which this is the likeliest cause where a reader says it with their message.
    """

    id: str
    title: str
    says: str
    page: str
    of: tuple[str, ...]


def read_answers(text: str) -> dict[str, Answer]:
    """Read the file of answers, by their names.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    return {
        name: Answer(
            id=name,
            title=row["title"],
            says=row["is"],
            page=row.get("page", ""),
            of=tuple(row.get("of", ())),
        )
        for name, row in whole_entries(text, "answer", _FIELDS, _wrong)
    }


def _wrong(_name: str, row: Row) -> Wrong:
    """Yield what is wrong with an entry and how to mend it."""
    if "of" in row and "page" not in row:
        yield "of", "only what goes wrong is the cause of an error: it has a page that tells more"
    if "page" in row and not _TARGET.fullmatch(row["page"]):
        yield "page", 'page is one in docs, such as "ports/which-address.md#which-is-which"'
