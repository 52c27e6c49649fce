"""Where the mistakes of a data file are told to be, and that all are told at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitebuild.checks.site import problems
from sitebuild.data.connectors import read_connectors
from sitebuild.data.entries import EntriesError, Fields, whole_entries
from sitebuild.data.errors import read_errors
from support.checkout import GLOSSARY, SNIPPET, SOURCES, Checkout, fence

ERRORS = """\
# A comment with first = "x" in it.

[EGONE]
page = "errors/gone.md"
title = "Gone"
short = "Gone"
is = "It left."
first = "Look."
words = ["gone"]
unproven = "It is gone."
causes = [
  { is = "It closed.", see = "The log.", cure = "Wait." },
  { is = "It fell.", see = "The floor.", cure = "Mend it." },
]
says = [{ by = "Go", says = "gone" }]

[EGONE.tell]
Linux = { run = "ss", say = "Look." }
macOS = { run = "lsof", say = "Look." }

[EAWAY]
page = "errors/gone.md#away"
title = "Away"
short = "Away"
is = "It went."
first = "Look."
words = ["away"]
unproven = "It is away."
causes = [{ is = "It went.", see = "The log.", cure = "Wait." }]
"""


def flaws(text: str) -> list[tuple[int, str]]:
    with pytest.raises(EntriesError) as error:
        read_errors(text)
    return [*error.value.found]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("\nfirst =", "\nfrist =", 8, "error EGONE: unknown key frist; did you mean first?"),
        ('first = "Look."\n', "", 3, "error EGONE: lacks first"),
        (
            'is = "It fell.", see',
            'is = "It fell.", sea',
            13,
            "error EGONE: unknown key sea in causes 2; did you mean see?",
        ),
        (', cure = "Mend it."', "", 13, "error EGONE: lacks cure in causes 2"),
        ('by = "Go"', 'bye = "Go"', 15, "error EGONE: unknown key bye in says 1; did you mean by?"),
        ('run = "lsof"', 'rum = "lsof"', 19, "error EGONE: unknown key rum in tell macOS; did you mean run?"),
        ('["gone"]', '["Gone"]', 9, 'error EGONE: words are in small letters, not "Gone"'),
        (
            "errors/gone.md#away",
            "away.md",
            22,
            'error EAWAY: page is one in docs/errors, such as "errors/rarer.md#emsgsize"',
        ),
        ("[EAWAY]", "[EGONE]", 21, "EGONE stands there twice, first in line 3; rename or remove one"),
        ("is = ", 'title = "x"\nis = ', 7, "EGONE.title stands there twice, first in line 5; rename or remove one"),
        ("causes = [{ is", "causes = 3 #", 29, "error EAWAY: each of causes is a table with is, see, cure"),
        ('says = [{ by = "Go", says = "gone" }]', "says = [3]", 15, "error EGONE: says 1 is a table with by, says"),
        ("[EGONE]", "errno = 1\n[EGONE]", 3, '"errno" is not an entry; an entry begins with ["errno"]'),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in ERRORS
    assert flaws(ERRORS.replace(old, new, 1)) == [(line, words)]


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = ERRORS.replace("\nfirst =", "\nfrist =").replace("see =", "sea =").replace('["gone"]', '"gone"')
    assert [line for line, _ in flaws(text)] == [8, 9, 12, 13, 26, 29]


def test_what_follows_from_a_mistake_is_not_told_beside_it() -> None:
    assert flaws(ERRORS.replace("unproven =", "unprovne =", 1)) == [
        (10, "error EGONE: unknown key unprovne; did you mean unproven?")
    ]


def test_an_unknown_key_hides_no_rule_of_its_entry() -> None:
    def wrong(_name: str, row: dict[str, str]) -> Iterator[tuple[str, str]]:
        if row["title"] == row.get("note"):
            yield "title", "is its own note"

    text = "[x]\n{} = 'a'\nnote = 'a'\n{} = 'a'\n"
    for title, other, told in (
        ("title", "plus", ["2: thing x: is its own note", "4: thing x: unknown key plus; known: title, note"]),
        ("titel", "z", ["2: thing x: unknown key titel; did you mean title?", "2: thing x: is its own note"]),
        ("w", "z", ["1: thing x: lacks title", "2: thing x: unknown key w", "4: thing x: unknown key z"]),
    ):
        with pytest.raises(EntriesError) as found:
            whole_entries(text.format(title, other), "thing", Fields(("title",), ("title", "note")), wrong)
        said = str(found.value).splitlines()
        assert [line for line in told if not any(one.startswith(line) for one in said)] == []


def test_a_rule_that_meets_what_no_rule_foresaw_names_the_entry() -> None:
    def wrong(_name: str, row: dict[str, list[str]]) -> object:
        yield "a", row["b"][0]

    with pytest.raises(EntriesError, match=r"^2: thing x: is not written as the example in the guide"):
        whole_entries("\n[x]\na = 'a'\n", "thing", Fields(("a",), ("a",)), wrong)  # type: ignore[arg-type]


def test_a_size_that_is_no_size_is_no_crash() -> None:
    with pytest.raises(EntriesError, match=r"connector x: size is a fact such as"):
        read_connectors("['x']\nsize = 3\n")


def test_all_files_that_cannot_be_read_are_told_once_and_nothing_that_hangs_on_them(checkout: Checkout) -> None:
    checkout.write("docs/data/errors.toml", ERRORS.replace("\nfirst =", "\nfrist =", 1))
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace("says =", "syas =", 1))
    checkout.write("docs/data/sources.toml", SOURCES + SOURCES.replace("rfc1", "rfc3").replace("man2", "man3"))
    checkout.write("docs/page.md", fence("error", "EGONE") * 2 + "[[connection]] [[conection]]\n" + SNIPPET + "[@rfc2]")
    checkout.write("docs/errors/gone.md", fence("errors") + fence("error", "EAWAY"))
    assert problems(checkout.root) == [
        "docs/data/errors.toml:8: error EGONE: unknown key frist; did you mean first?",
        "docs/data/glossary.toml:2: term listening socket: unknown key syas; did you mean says?",
        "docs/page.md:11: unknown source rfc2; did you mean rfc3?",
    ]


def test_the_text_of_a_term_is_checked_where_it_stands(checkout: Checkout) -> None:
    text = GLOSSARY.replace("[[connections|connection]]", "[[conections]]").replace(
        'says = "Two', 'sign = "sokcet"\nsays = "Two'
    )
    checkout.write("docs/data/glossary.toml", text)
    checkout.write("docs/page.md", SNIPPET)
    assert problems(checkout.root) == [
        "docs/data/glossary.toml:5: term connection: unknown sign :sokcet:; did you mean socket?",
        "docs/data/glossary.toml:2: unknown term conections; did you mean connection?",
    ]
