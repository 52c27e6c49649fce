"""The claims of the article that the site checks. Pure: text in, entries out."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from sitebuild.data.entries import Fields, Row, Wrong, is_list_of_text, whole_entries

VERDICTS = ("right", "right with a caveat", "misleading", "wrong")
PICTURES = ("kept", "mended", "dropped")
PARTS = 5
"""How many paragraphs the article has."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that the article says, and what there is to say about it.

    Args:
        id: What it is called, such as `C05`.
        part: The paragraph of the article, counted from 1.
        said: What the article says, in our words.
        verdict: One of `VERDICTS`.
        true: What is true, in Markdown.
        why: Why people say it, in Markdown; may be empty if it is right.
        proof: The programs and sessions that show it, such as `ports/two_mailboxes.py`.
        unproven: Why no run can show it, in Markdown; empty if there is a proof.
        picture: What became of its analogy, one of `PICTURES`; empty if it is none.
    """

    id: str
    part: int
    said: str
    verdict: str
    true: str
    why: str = ""
    proof: tuple[str, ...] = ()
    unproven: str = ""
    picture: str = ""

    @property
    def slug(self) -> str:
        """The id of its entry on the page."""
        return self.id.lower()


_FIELDS = Fields(
    ("part", "said", "verdict", "true"), tuple(field.name for field in fields(Claim))[1:], other=("part", "proof")
)


def read_claims(text: str) -> tuple[Claim, ...]:
    """Read the file of claims; they come in the order of the paragraphs, and of their numbers in each.

    Args:
        text: Its text, TOML with one table for each entry.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    found = []
    for name, row in whole_entries(text, "claim", _FIELDS, _wrong):
        found.append(Claim(id=name, **{**row, "proof": tuple(row.get("proof", ()))}))
    return tuple(sorted(found, key=lambda claim: (claim.part, claim.id)))


def _wrong(name: str, row: Row) -> Wrong:
    """Yield what is wrong with an entry and how to mend it; each rule relies on those before it."""
    if not re.fullmatch(r"C\d\d", name):
        yield "", "its name is C and two digits, such as C05"
    if type(row["part"]) is not int or not 1 <= row["part"] <= PARTS:
        yield "part", f"part is the number of a paragraph, 1 to {PARTS}"
    if not is_list_of_text(row.get("proof", [""])):
        yield "proof", 'proof is a list of programs and sessions, such as ["ports/two_mailboxes.py"]'
    for field, words in (("verdict", VERDICTS), ("picture", PICTURES)):
        if row.get(field, words[0]) not in words:
            yield field, f'{field} is one of {", ".join(words)}, not "{row[field]}"'
    yield from _ungrounded(row)


def _ungrounded(row: Row) -> Wrong:
    if "why" not in row and row["verdict"] != VERDICTS[0]:
        yield "verdict", f"it is {row['verdict']}, so say in why what makes people say it"
    if "proof" in row and "unproven" in row:
        yield "unproven", "has both proof and unproven; remove one"
    if "proof" not in row and "unproven" not in row:
        yield "", "name a run in proof, or say in unproven why no run can show it"
