"""What is no message of a connection: what a page shows of it, and what every mistake in the file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitebuild.checks.site import problems
from sitebuild.data.answers import read_answers
from support.checkout import GLOSSARY, SOURCES, Checkout, fence, one, text_of

ANSWERS = """\
[hangs]
title = "It hangs"
is = "Each *waits* [@rfc1]."
page = "deep/page.md#who"

[other-data]
title = "Data"
is = "See [who](deep/page.md)."
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/answers.toml", ANSWERS)
    made.write("docs/deep/page.md", "# Page\n\n## Who\n")
    made.write("docs/all.md", "# All\n\n" + fence("answers"))
    return made


def test_a_row_has_its_name_and_what_it_says(checkout: Checkout) -> None:
    page = checkout.page(fence("answers"))
    first, second = page.select("tbody tr")
    assert (first["id"], one(first, "th a")["href"]) == ("hangs", "page.md#who")
    assert (second["id"], text_of(second, "th"), one(second, "td a")["href"]) == ("other-data", "Data", "page.md")


def test_the_errors_of_which_it_is_the_likeliest_cause_are_there(checkout: Checkout) -> None:
    checkout.write("docs/data/answers.toml", ANSWERS.replace("page =", 'of = ["EGONE"]\npage ='))
    checkout.write("docs/data/errors.toml", "")
    assert "docs/data/answers.toml:1: answer hangs: unknown error EGONE" in "\n".join(problems(checkout.root))


def test_a_page_that_is_not_there_is_named_with_the_line(checkout: Checkout) -> None:
    assert problems(checkout.root) == []
    checkout.write("docs/data/answers.toml", ANSWERS.replace("deep/page.md#who", "deep/gone.md"))
    assert "docs/data/answers.toml:1: answer hangs: there is no page docs/deep/gone.md" in problems(checkout.root)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "It hangs"\n', "", "answer hangs: lacks title"),
        ("page = ", "sounds = ", "answer hangs: unknown key sounds; known: title, is, page, of"),
        ("page = ", 'of = "EPIPE"\npage = ', 'of is a list of texts, such as ["one", "another"]'),
        (
            'title = "Data"',
            'title = "Data"\nof = ["EPIPE"]',
            "only what goes wrong is the cause of an error: it has a page that tells more",
        ),
        ("deep/page.md#who", "deep/page", 'page is one in docs, such as "ports/which-address.md#which-is-which"'),
    ],
)
def test_a_mistake_says_what_is_wrong(old: str, new: str, complaint: str) -> None:
    assert old in ANSWERS
    with pytest.raises(ValueError, match=r"^\d+: answer ") as error:
        read_answers(ANSWERS.replace(old, new))
    assert complaint in str(error.value)
