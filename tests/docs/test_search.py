"""What people ask, the search answers: the right section is among the first three."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from support import website
from support.visits import Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from support.browser import Chromium

FIRST = 3
ANSWERS = """home => [...document.querySelectorAll(".md-search-result__link")]
    .map(link => link.href.replace(home, "").replace(/[?][^#]*/, ""))"""
ASKED = """words => {
    const field = document.querySelector(".md-search__input")
    field.value = words
    field.dispatchEvent(new KeyboardEvent("keyup"))
}"""
STATE = "wanted => document.querySelector('.md-search-result__meta').textContent.includes('Type to start') === wanted"


def questions() -> dict[str, str]:
    """Return the questions and where each must lead."""
    text = (Path(__file__).with_name("questions.toml")).read_text(encoding="utf-8")
    return {asked: answer for part in tomllib.loads(text).values() for asked, answer in part.items()}


def ask(page: Page, home: str, asked: str) -> list[str]:
    """Type a question into the search field, emptied before, and return the links that it shows."""
    for words, empty in (("", True), (asked, False)):
        page.evaluate(ASKED, words)
        page.wait_for_function(STATE, arg=empty)
    links: list[str] = page.evaluate(ANSWERS, home)
    return links


def is_found(wanted: str, links: list[str]) -> bool:
    """Say whether a section is among the first three of a page that is among the first three.

    The search shows one result for each page: the page, and below it the sections that it found there.
    """
    pages = list(dict.fromkeys(link.partition("#")[0] for link in links))[:FIRST]
    page = wanted.partition("#")[0]
    sections = [link for link in links if link.startswith(page + "#")][:FIRST]
    return page in pages and (wanted == page or wanted in sections)


def test_each_question_finds_its_section(chromium: Chromium, searchable: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        at.page.get_by_role("textbox", name="Search").press_sequentially("port")
        at.page.locator(".md-search-result__link").first.wait_for()
        for asked, wanted in questions().items():
            links = ask(at.page, searchable, asked)
            if not is_found(wanted, links):
                at.complaints.append(f"{asked!r} does not lead to {wanted} but to {links[:9]}")

    visit(chromium, searchable, job)


def test_many_questions_are_asked() -> None:
    assert len(questions()) >= 140
    pages = {page.url for page in website.pages()}
    assert {wanted.partition("#")[0] for wanted in questions().values()} <= pages


def test_a_section_must_be_among_the_first_three() -> None:
    links = ["a/", "a/#one", "a/#two", "a/#three", "a/#four", "b/", "b/#one", "c/", "d/", "d/#one"]
    assert is_found("a/#three", links)
    assert not is_found("a/#four", links)
    assert is_found("b/#one", links)
    assert not is_found("b/#two", links)
    assert is_found("c/", links)
    assert not is_found("d/#one", links)
