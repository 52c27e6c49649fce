"""An error and the table of all: what a page shows of an entry, and what every mistake in one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitebuild.blocks import registry
from sitebuild.checks.site import problems
from sitebuild.data.errors import read_errors
from sitebuild.reading import fences
from support.checkout import GLOSSARY, PROGRAM, SOURCES, Checkout, fence, flaw, one, text_of
from support.handmade import echo

ERRORS = """\
[EGONE]
page = "errors/gone.md"
title = "OSError: [Errno 7] Gone"
short = "Gone"
is = "The *peer* has gone [@rfc1]."
first = "See [who](deep/page.md#who)."
errno = { Linux = 7, macOS = [8, 9] }
names = ["EGONE"]
words = ["gone * away"]
unless = ["still here"]
says = [{ by = "macOS", says = "Gone [8]", source = "man2" }, { by = "Go", says = "vanished" }]
causes = [{ is = "It closed.", see = "You see `b''`.", cure = "Call again." }]
figure = "errors/gone"
caption = "It [goes](page.md)."
program = "sockets/echo.py"
look = "Look at the *end*."
port = "80"
more = ["[On](deep/page.md)"]
cures = [{ by = "Acme", words = ["acme"], cure = "`Wind` it [@man2]." }]

[EGONE.tell]
Linux = { run = "ss :80", say = "The [[connection]].", prints = "one **row**" }
macOS = { run = "lsof :80", say = "The line." }

[EGONE.stop]
Linux = { run = "kill :80", say = "It goes [@man2]." }
macOS = { run = "end :80", say = "It goes." }

[ERARE]
page = "errors/rarer.md#erare"
title = "Rare_ness"
short = "Rare"
is = "Rare."
first = "Wait."
words = ["rare"]
causes = [{ is = "Chance.", see = "Once.", cure = "Wait." }]
unproven = "It takes two machines."
"""

FIGURE = """\
from sitebuild.figures import Sheet, connected

TITLE = "A disc"
DESCRIPTION = "A disc."


def draw(sheet: Sheet) -> None:
    sheet.put(connected())
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/errors.toml", ERRORS)
    made.write("docs/figures/errors/gone.py", FIGURE)
    made.write("docs/deep/page.md", "# Deep\n\n## Who\n")
    made.write("docs/page.md", "# Page\n")
    made.write("docs/errors/gone.md", "# OSError: [Errno 7] Gone\n\n" + fence("error", "EGONE"))
    made.write("docs/errors/rarer.md", "# Rarer\n\n" + fence("error", "ERARE") + fence("errors"))
    made.snippet("sockets/echo.py", PROGRAM, echo())
    return made


def test_a_page_about_one_error_tells_it_in_the_order_in_which_it_helps(checkout: Checkout) -> None:
    page = checkout.page("# Title\n\n" + fence("error", "EGONE"), "md_in_html")
    assert text_of(page, "p.lead") == "The peer has gone.1"
    assert text_of(page, ".answer > p") == "Do this first: See who."
    assert one(page, ".answer > p a")["href"] == "page.md#who"
    assert text_of(page, ".answer > p ~ .figure figcaption") == "It goes."
    assert one(page, "figcaption a")["href"] == "../page.md"
    assert [tab["data-system"] for tab in page.select(".sk-command .sk-pane")] == ["Linux", "macOS"] * 2
    assert [code.get_text() for code in page.select(".sk-pane pre code")] == [
        "ss :80",
        "lsof :80",
        "kill :80",
        "end :80",
    ]
    heads = ["stop", "causes", "programs", "run", "words", "sources-of-this-page"]
    assert [head["id"] for head in page.select("h2[id]")] == heads
    assert [cell.get_text() for cell in page.select("section td")][:2] == ["Acme", "Wind it.2"]
    assert text_of(page, "#words") == "How do other systems and programs word it?"
    assert text_of(page, ".sk-command .sk-sample mark") == "row"
    assert one(page, ".sk-run")["id"] == "sockets-echo"
    assert "Look at the end." in [text.get_text() for text in page.select("p")]
    assert "EGONE · 7 on Linux · 8 or 9 on macOS" in page.get_text()


def test_one_of_many_has_a_heading_and_says_why_it_has_no_run(checkout: Checkout) -> None:
    page = checkout.page("# Title\n\n" + fence("error", "ERARE"), "md_in_html")
    assert text_of(page, "h2#erare") == "Rare_ness"
    assert "Why there's no run here: It takes two machines." in page.get_text()


def test_the_table_has_all_and_by_what_they_are_found(checkout: Checkout) -> None:
    page = checkout.page(fence("errors"))
    first, second = page.select("tbody tr")
    assert (first["id"], one(first, "th a")["href"]) == ("egone", "../errors/gone.md")
    assert one(second, "th a")["href"] == "../errors/rarer.md#erare"
    found = {name: value for name, value in first.attrs.items() if name.startswith("data-")}
    assert found == {
        "data-words": "gone * away",
        "data-unless": "still here",
        "data-tell": found["data-tell"],
    }
    assert [words.get_text() for words in first.select(".sk-wordings code")] == ["vanished"], (
        "what only wraps the title's words is on its own page"
    )
    assert [cause.get_text() for cause in first.select("td ol li")] == ["It closed."]
    cure = one(first, ".sk-cures li")
    assert (cure["data-words"], cure.get_text()) == ("acme", "Acme: Wind it.")


def test_entries_that_are_whole_have_no_problems(checkout: Checkout) -> None:
    assert problems(checkout.root) == []


MISTAKES = [
    ('short = "Gone"\n', "", "error EGONE: lacks short"),
    ("names =", "name =", "error EGONE: unknown key name; did you mean names?"),
    ('"gone * away"', '"Gone"', 'error EGONE: words are in small letters, not "Gone"'),
    ('["EGONE"]', '"EGONE"', "error EGONE: names is a list of texts"),
    ("errors/gone.md", "sockets/gone.md", "error EGONE: page is one in docs/errors"),
    ('program = "sockets/echo.py"\n', "", "error EGONE: it has either a program, or in unproven"),
    ('figure = "errors/gone"\n', "", "error EGONE: it has a figure and its caption, or neither"),
    ("Linux = 7", "BeOS = 7", "error EGONE: errno has a number, or a list of them, for any of Linux, macOS, Windows"),
    ("see =", "sea =", "error EGONE: unknown key sea in causes 1; did you mean see?"),
    ('by = "Go"', 'bye = "Go"', "error EGONE: unknown key bye in says 2; did you mean by?"),
    ('run = "ss :80", ', "", "error EGONE: lacks run in tell Linux"),
    ("prints =", "shows =", "error EGONE: unknown key shows in tell Linux; known: run, say, prints"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_an_entry_that_is_not_whole_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    assert old in ERRORS
    checkout.write("docs/data/errors.toml", ERRORS.replace(old, new, 1))
    shown, place = flaw(checkout.page(fence("error", "EGONE")), "errors.toml")
    assert shown.startswith(message)
    assert f"{place}: {shown}" in problems(checkout.root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "man2"', 'source = "man3"', "error EGONE: unknown source man3; did you mean man2?"),
        ("[@rfc1]", "[@rfc2]", "unknown source rfc2; did you mean rfc1?"),
        ("errors/gone.md", "errors/gine.md", "error EGONE: there is no page docs/errors/gine.md"),
        ("sockets/echo.py", "sockets/ecco.py", "unknown snippet sockets/ecco.py; did you mean sockets/echo.py?"),
    ],
)
def test_an_entry_that_leads_to_nothing_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    checkout.write("docs/data/errors.toml", ERRORS.replace(old, new))
    assert message in "\n".join(problems(checkout.root))


def test_a_fence_names_an_error(checkout: Checkout) -> None:
    assert "an error fence holds the name of an error" in checkout.html(fence("error"))
    assert "unknown error EGON; did you mean EGONE?" in checkout.html(fence("error", "EGON"))


def test_an_error_on_no_page_is_a_problem(checkout: Checkout) -> None:
    checkout.write("docs/errors/gone.md", "# Gone\n\n" + fence("snippet", "sockets/echo.py"))
    message = "docs/data/errors.toml:1: no page shows the error EGONE; show it with an error fence or remove it"
    assert message in problems(checkout.root)


def test_the_sample_for_contributors_is_whole() -> None:
    (sample,) = [one.body for one in fences.find(registry()["error"].guide.splitlines()) if one.name == "toml"]
    assert list(read_errors(sample)) == ["EADDRINUSE"]
