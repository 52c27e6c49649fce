"""What readers ask the field of errors that is no message of a connection. Pure: text in, entries out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitebuild.data.entries import Fields, Row, Wrong, capitals, whole_entries

_LISTS = ("said", "words")
_FIELDS = Fields(
    ("title", "is"), ("title", "is", "page", "of", "last", *_LISTS), lists=("of", *_LISTS), other=("last",)
)
_TARGET = re.compile(r"[a-z0-9/-]+\.md(#[\w-]+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say to such a text.

    Args:
        id: What the file calls it, such as `hangs`.
        title: What it is, as a reader would say it.
        says: The answer, in Markdown, its links from the folder of the pages.
        page: The page, and where on it, that tells more; `""` for an error of something else.
        said: What a reader says of it in own words: each is groups of words between `&`, of which one must occur;
            `|` is between the words, `~` stands for every word that denies, and of a group after `!` none may occur.
        words: What a message has that is of this; `*` is anything, `#` a digit.
        of: The errors of which this is the likeliest cause where their message comes with what is `said`.
        last: Whether it is the answer only where there is no other.
    """

    id: str
    title: str
    says: str
    page: str
    said: tuple[str, ...]
    words: tuple[str, ...]
    of: tuple[str, ...]
    last: bool


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
            said=tuple(row.get("said", ())),
            words=tuple(row.get("words", ())),
            of=tuple(row.get("of", ())),
            last=row.get("last", False),
        )
        for name, row in whole_entries(text, "answer", _FIELDS, _wrong)
    }


def _wrong(_name: str, row: Row) -> Wrong:
    """Yield what is wrong with an entry and how to mend it; each rule relies on those before it."""
    if not any(name in row for name in _LISTS):
        yield "", "it has said, for what goes wrong in the words of readers, or words, for what a message has"
    if "said" in row and "page" not in row:
        yield "", "what goes wrong has a page that tells more"
    if "of" in row and "said" not in row:
        yield "of", "only what goes wrong is the cause of an error: it has said"
    if not isinstance(row.get("last", True), bool):
        yield "last", "last is true"
    if "page" in row and not _TARGET.fullmatch(row["page"]):
        yield "page", 'page is one in docs, such as "ports/which-address.md#which-is-which"'
    yield from capitals(row, _LISTS)
    empty = [text for text in row.get("said", ()) if not all(one.strip() for one in re.split("[&|]", text))]
    yield from (("said", f'there is a word on each side of & and of |, unlike in "{text}"') for text in empty)
