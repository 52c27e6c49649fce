"""The filters in a real browser: claims by verdict without any script; ports and words, while typing, with one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from support import website
from support.checkout import CLAIMS, GLOSSARY, PORTS, PROGRAM, SNIPPET, SOURCES, Checkout, fence
from support.handmade import echo
from support.visits import Visit, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from support.browser import Chromium

PAGE = """<!doctype html>
<html lang="en" class="js"><title>{title}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="run.css"><link rel="stylesheet" href="site.css"><link rel="stylesheet" href="tables.css">
<link rel="stylesheet" href="filter.css"><link rel="stylesheet" href="reference.css">
<meta name="viewport" content="width=device-width">
<body><main><h1>{title}</h1><h2>All</h2>
{block}</main><script src="filter.js"></script></html>"""
ALL = ["c02", "c01", "c03"]
WORDS = """
["plug socket"]
says = "A hole."
source = "rfc1"

["socket"]
says = "An end of a conversation."
source = "rfc1"
also = ["endpoint", "b''"]

["socket option"]
says = "A setting."
source = "rfc1"
"""
TERMS = ["connection", "listening-socket", "plug-socket", "socket", "socket-option", "time-wait"]
ROWS = ["port-53-tcp", "port-53-udp", "port-443-tcp"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a page for each block, made of the sample data and the site's own style and script."""
    folder = tmp_path_factory.mktemp("filters")
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    checkout.snippet("sockets/echo.py", PROGRAM, echo())
    files = {"glossary": GLOSSARY + WORDS, "sources": SOURCES, "claims": CLAIMS, "ports": PORTS}
    for name, text in files.items():
        checkout.write(f"docs/data/{name}.toml", text)
    checkout.write("docs/chapter.md", SNIPPET)
    styles = ("run.css", "site.css", "tables.css", "filter.css", "reference.css")
    for name in (*styles, "besley-700.woff2", "filter.js"):
        shutil.copy(website.ROOT / "docs" / "assets" / name, folder)
    for name in ("claims", "ports", "glossary"):
        page = PAGE.format(title=name, block=checkout.html(fence(name)))
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    with website.serve(folder) as address:
        yield address


def seen(page: Page, selector: str) -> list[str | None]:
    """Return the ids of what can be seen."""
    return [one.get_attribute("id") for one in page.locator(selector).all() if one.is_visible()]


def test_claims_are_chosen_by_verdict_without_scripts(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("claims.html")
        assert seen(page, "h4") == ALL
        page.get_by_label("1 right", exact=True).click()
        assert seen(page, "h4") == ["c01"]
        assert seen(page, "h3") == ["paragraph-2"]
        page.keyboard.press("ArrowRight")
        assert seen(page, "h4") == ["c02"]
        assert seen(page, "h3") == ["paragraph-1"]
        page.keyboard.press("ArrowRight")
        assert (seen(page, "h4"), seen(page, "h3")) == ([], [])
        page.keyboard.press("ArrowRight")
        assert seen(page, "h4") == ["c03"]
        page.keyboard.press("ArrowRight")
        assert seen(page, "h4") == ALL

    visit(chromium, home, job, scripts=False, width=800)


def test_the_claim_that_the_address_names_is_always_there(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("claims.html#c03")
        page.get_by_label("1 right", exact=True).check()
        assert seen(page, "h4") == ["c01", "c03"]

    visit(chromium, home, job, scripts=False, width=800)


def test_paper_has_all_claims(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("claims.html")
        page.get_by_label("1 right", exact=True).check()
        page.emulate_media(media="print")
        assert seen(page, "h4") == ALL
        assert not page.locator("fieldset input").first.is_visible()

    visit(chromium, home, job, width=800)


def test_the_verdicts_are_a_named_group(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("claims.html")
        group = page.get_by_role("group", name="Show claims by verdict")
        names = [label.inner_text() for label in group.locator("label").all()]
        assert [" ".join(name.split()) for name in names] == [
            "1 right",
            "1 right with a caveat",
            "0 misleading",
            "1 wrong",
            "3 all",
        ]
        assert group.get_by_role("radio", checked=True).count() == 1
        assert group.get_by_role("radio", name="3 all").is_checked()

    visit(chromium, home, job, width=800)


def test_ports_are_found_while_typing(chromium: Chromium, home: str) -> None:
    wanted = {
        "5": ROWS[:2],
        "53": ROWS[:2],
        "3": [],
        "53/udp": ["port-53-udp"],
        "HTTPS": ["port-443-tcp"],
        "  tls web ": ["port-443-tcp"],
        "domain tcp": ["port-53-tcp", "port-53-udp"],
        "53 https": [],
        "connection": ["port-53-udp"],  # in the note
        "section": [],  # in the names of the sources, which do not count
    }

    def job(at: Visit) -> None:
        page = at.page
        at.go("ports.html")
        field = page.get_by_role("searchbox", name="Find a port by number, name or word")
        for typed, rows in wanted.items():
            field.fill("")
            assert seen(page, "tbody tr") == ROWS
            field.press_sequentially(typed)
            assert seen(page, "tbody tr") == rows, typed
            assert page.get_by_role("status").inner_text() == f"{len(rows)} of 3 shown"

    visit(chromium, home, job, width=800)


def test_escape_shows_all_ports_again(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("ports.html#port-53-tcp")
        field = page.get_by_role("searchbox")
        field.fill("443")
        field.press("Enter")
        page.wait_for_url("**/ports.html?port=443#port-53-tcp")
        field.press("Escape")
        assert (field.input_value(), seen(page, "tbody tr")) == ("", ROWS)
        assert page.get_by_role("status").inner_text() == "3 of 3 shown"
        page.wait_for_url("**/ports.html#port-53-tcp")

    visit(chromium, home, job, width=800)


def test_an_address_may_say_what_to_find(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("ports.html?port=443")
        assert page.get_by_role("searchbox").input_value() == "443"
        assert seen(page, "tbody tr") == ["port-443-tcp"]

    visit(chromium, home, job, width=800)


def test_without_scripts_the_ports_are_a_plain_table(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("ports.html?port=443")
        assert page.get_by_role("searchbox").count() == 0
        assert seen(page, "tbody tr") == ROWS

    visit(chromium, home, job, scripts=False, width=800)


def test_words_are_found_by_their_names_first(chromium: Chromium, home: str) -> None:
    wanted = {
        "conn": ["connection", "listening-socket"],  # the second one has it in its sentence
        "socket": ["socket", "socket-option", "listening-socket", "plug-socket"],
        "end": ["socket", "connection"],  # the first one is called endpoint too
        "b''": ["socket"],
        "two ends": ["connection"],  # in the sentence
        "ends of": [],
        "int": ["socket"],  # within its other name
        "nversation": [],
        "RFC": [],  # in the name of a source, which does not count
        "wait state": ["time-wait"],
        "TIME_WAIT": ["time-wait"],
        "": TERMS,
    }

    def job(at: Visit) -> None:
        page = at.page
        at.go("glossary.html")
        field = page.get_by_role("searchbox", name="Find a word")
        letters = page.get_by_role("navigation", name="A to Z")
        assert letters.inner_text().split() == ["C", "L", "P", "S", "T"]
        for typed, found in wanted.items():
            field.fill(typed)
            assert seen(page, ".sk-entry h2") == found, typed
            assert page.get_by_role("status").inner_text() == f"{len(found)} of {len(TERMS)} shown"
            assert letters.is_visible() is not bool(typed)
        letters.get_by_text("T").click()
        page.wait_for_url("**#time-wait")

    visit(chromium, home, job, width=800)


@pytest.mark.parametrize(("name", "says"), [("ports", "Not in this table"), ("glossary", "None of these words")])
def test_who_finds_nothing_is_told_where_to_look(chromium: Chromium, home: str, name: str, says: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(f"{name}.html")
        assert not page.get_by_text(says).is_visible()
        page.get_by_role("searchbox").fill("25566")
        assert page.get_by_text(says).is_visible()
        page.get_by_role("searchbox").fill("")
        assert not page.get_by_text(says).is_visible()

    visit(chromium, home, job, width=800)


@pytest.mark.parametrize("name", ["claims", "ports", "glossary"])
def test_nothing_is_too_wide_for_a_phone(chromium: Chromium, home: str, name: str) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go(f"{name}.html")
        assert page.evaluate("document.scrollingElement.scrollWidth") == 320

    visit(chromium, home, job, width=320)


@pytest.mark.parametrize("url", ["start/article/", "ports/port-table/"])
def test_no_text_of_a_block_is_small(chromium: Chromium, served: str, url: str) -> None:
    small = """least => [...document.querySelectorAll(".sk-claims *, .sk-ports *")]
        .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(one => parseFloat(getComputedStyle(one).fontSize) < least).map(one => one.outerHTML.slice(0, 60))"""

    def job(at: Visit) -> None:
        page = at.page
        at.go(url)
        assert page.locator(".sk-claims, .sk-ports").count() == 1
        assert page.evaluate(small, 13) == []

    visit(chromium, served, job, width=800)
