"""The roads through the site: where they begin, the way on at each page, and what is wrong with a road."""

from __future__ import annotations

import re

import pytest

from sitebuild.checks.site import problems
from sitebuild.data.roads import Road, read_roads
from support.checkout import Checkout, fence, one, text_of

MENU = """\
nav:
  - Part:
      - One: deep/page.md
      - Two: two.md
      - Three: three.md
      - Four: four.md
      - Its questions: your-turn.md
"""
ROADS = """\
[error]
says = "I have an error"
pages = ["two.md", "deep/page.md", "three.md"]
[understand]
says = "I want to understand"
pages = ["two.md", "four.md"]
"""


@pytest.fixture
def mapped(checkout: Checkout) -> Checkout:
    """Give a checkout with two roads, which meet on one page."""
    checkout.write("mkdocs.yml", MENU)
    checkout.write("docs/data/roads.toml", ROADS)
    for name in ("two", "three", "four", "your-turn"):
        checkout.write(f"docs/{name}.md", f"# {name}\n")
    return checkout


def test_of_each_road_only_the_first_page_is_named(mapped: Checkout) -> None:
    error, understand = mapped.page(fence("roads")).select(".sk-road")
    assert [(link.get_text(), link["href"]) for link in error.select("a")] == [("Two", "../two.md")]
    assert text_of(error, "p:last-child") == "3 chapters, from Two on"
    assert text_of(understand, "p:last-child") == "2 chapters, from Two on"
    assert (error["data-door"], error["aria-label"]) == ("error", "I have an error")


def test_a_page_has_the_way_on_along_each_road_that_it_lies_on(mapped: Checkout) -> None:
    ways = mapped.page("# A title\n\nText.\n").select(".sk-way-on")
    assert [(way["data-door"], way["aria-label"]) for way in ways] == [("error", "I have an error: 2 of 3")]
    links = [(link["rel"], link["href"], link.get_text()) for link in ways[0].select("a")]
    assert links == [(["prev"], "../two.md", "Two"), (["next"], "../three.md", "Three")]
    assert "hidden" in ways[0].attrs


def test_the_ends_of_a_road_lead_nowhere() -> None:
    road = Road("error", "I have an error", ("a.md", "b.md"))
    assert (road.around("a.md"), road.around("b.md"), road.around("c.md")) == (("", "b.md"), ("a.md", ""), None)


def test_a_chapter_off_every_road_and_a_road_to_no_page_are_told(mapped: Checkout) -> None:
    mapped.write("docs/data/roads.toml", ROADS.replace("three.md", "tree.md"))
    mapped.html(fence("roads"))
    found = [problem for problem in problems(mapped.root) if "road" in problem]
    assert found == [
        "docs/data/roads.toml:1: road error: there is no page docs/tree.md",
        "docs/data/roads.toml:1: no road leads to three.md; name it on one",
    ]


def test_a_map_needs_roads(checkout: Checkout) -> None:
    message = one(checkout.page(fence("roads")), ".socktrace-error").get_text().strip()
    assert message.endswith("docs/data/roads.toml is missing, or has no road")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('says = "x"', "road a: lacks pages"),
        ('says = "x"\npages = []', 'road a: has pages that are no list of texts; write pages = ["sockets/resets.md"]'),
        ('says = "x"\npages = ["b.md", "b.md"]', "road a: goes through b.md twice; name it once"),
    ],
)
def test_a_road_that_is_not_whole_is_told(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=rf"^\d: {re.escape(message)}$"):
        read_roads(f"[a]\n{row}\n")
