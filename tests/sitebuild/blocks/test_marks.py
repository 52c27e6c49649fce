"""The marks beside ports and on cables: each is drawn, with what it promises and what it says nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sitebuild.checks.site import problems
from support.checkout import GLOSSARY, SOURCES, Checkout, fence, flaw, text_of

if TYPE_CHECKING:
    from pathlib import Path

MARKS = """\
["bolt"]
name = "A flash"
on = "port"
promises = "That it is *fast* [@rfc1]."
silent = "How fast."
source = ["man2"]
fill = "M0 0L9 9Z"

["watts"]
name = "Watts"
on = "cable"
promises = "60 W."
silent = "The rate."
source = ["man2"]
line = "M1 1H9"
letters = [["60W", 32, 26, 17]]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/marks.toml", MARKS)
    return made


def test_a_table_has_the_marks_of_its_place_drawn_and_told(checkout: Checkout) -> None:
    html = checkout.page(fence("marks", "port"))
    (row,) = html.select(".sk-marks tbody tr")
    assert row.get_text(" ", strip=True).startswith("A flash That it is fast")
    assert row.get_text(" ", strip=True).endswith("How fast.")
    assert [path["d"] for path in row.select("svg path.sk-fill")] == ["M0 0L9 9Z"]
    html = checkout.page(fence("marks", "cable"))
    (word,) = html.select(".sk-marks svg text")
    assert (word.get_text(), word["x"], word["y"], word["font-size"]) == ("60W", "32", "26", "17")
    assert html.select(".sk-marks svg path.sk-line")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('on = "port"\n', "", "mark bolt: lacks on"),
        ('on = "port"', 'on = "lid"', 'mark bolt: on is one of port, cable, not "lid"'),
        (
            'source = ["man2"]\nfill',
            "source = []\nfill",
            "mark bolt: source is a list of ids in docs/data/sources.toml",
        ),
        ('fill = "M0 0L9 9Z"\n', "", "mark bolt: a mark is drawn by line, fill or letters"),
        ('["60W", 32, 26, 17]', '["60W", 32, 26]', "mark watts: letters is a list of words, each with the x of its"),
    ],
)
def test_a_mark_that_is_not_whole_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    assert old in MARKS
    checkout.write("docs/data/marks.toml", MARKS.replace(old, new, 1))
    shown, place = flaw(checkout.page(fence("marks", "port")), "marks.toml")
    assert shown.startswith(message)
    assert f"{place}: {shown}" in problems(checkout.root)


def test_a_fence_of_no_place_is_told(checkout: Checkout) -> None:
    shown = text_of(checkout.page(fence("marks", "ports")), ".socktrace-error")
    assert shown == "docs/deep/page.md:1: a marks fence holds port or cable; did you mean port?"


def test_a_mark_that_no_page_shows_and_a_source_that_is_none_are_told(checkout: Checkout) -> None:
    checkout.write("docs/deep/page.md", fence("marks", "port"))
    lost = "docs/data/marks.toml:9: no page shows the mark watts; show it with a marks fence or remove it"
    assert lost in problems(checkout.root)
    checkout.write("docs/data/marks.toml", MARKS.replace('["man2"]\nline', '["man3"]\nline'))
    assert "docs/data/marks.toml:9: mark watts: unknown source man3; did you mean man2?" in problems(checkout.root)
