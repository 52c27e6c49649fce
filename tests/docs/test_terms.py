"""A word of the glossary says what it means where it stands, by finger, mouse and key; without scripts it is a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.examination import RUN_AXE, SCRIPT, bring_axe
from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

PAGE = "ports/why-ports-exist/"
WORD = "IP address"
OTHER = "datagram"
"""Another word, far enough from the first not to lie below what that says."""
ENTRY = "reference/glossary/#ip-address"
BUBBLE = ".sk-says"


def wait(at: Visit, *, opened: bool) -> None:
    """Wait until the word says its sentence, or does no longer; the browser tells the page of it a little later."""
    at.page.locator(f".sk-term[aria-expanded={str(opened).lower()}]", has_text=WORD).wait_for()
    at.page.locator(f"{BUBBLE}:popover-open").wait_for(state="visible" if opened else "detached")


def press(at: Visit) -> None:
    """Press the word and wait until it says its sentence."""
    at.page.get_by_role("link", name=WORD).first.click()
    wait(at, opened=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_word_says_its_sentence_beside_it(chromium: Chromium, served: str, width: int) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        word = at.page.get_by_role("link", name=WORD).first
        says = word.get_attribute("title")
        press(at)
        assert at.page.url.endswith(PAGE)
        dialog = at.page.get_by_role("dialog", name=WORD)
        assert dialog.inner_text() == f"{says} In the glossary"
        place, own = dialog.bounding_box(), word.bounding_box()
        assert place
        assert own
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        assert place["y"] >= own["y"] + own["height"] or place["y"] + place["height"] <= own["y"]
        at.page.evaluate(SCRIPT)
        bring_axe(at)
        assert at.page.evaluate(RUN_AXE, [BUBBLE, []]) == []
        dialog.get_by_role("link").click()
        at.page.wait_for_url(f"**/{ENTRY}")

    visit(chromium, served, job, width=width)


def test_the_keyboard_opens_it_goes_on_and_comes_back(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        focused = "document.activeElement.textContent"
        word = at.page.get_by_role("link", name=WORD).first
        word.focus()
        at.page.keyboard.press("Enter")
        wait(at, opened=True)
        assert at.page.evaluate(focused) == "In the glossary"
        at.page.keyboard.press("Escape")
        wait(at, opened=False)
        assert at.page.evaluate(focused) == WORD
        at.page.keyboard.press("Enter")
        wait(at, opened=True)
        at.page.keyboard.press("Enter")
        at.page.wait_for_url(f"**/{ENTRY}")

    visit(chromium, served, job, width=1280)


def test_another_word_takes_its_place_and_a_press_elsewhere_closes_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        press(at)
        at.page.locator("a.sk-term", has_text=OTHER).click()
        at.page.get_by_role("dialog", name=OTHER).wait_for()
        at.page.locator(".sk-term[aria-expanded=true]", has_text=OTHER).wait_for()
        assert at.page.locator(BUBBLE).count() == 1
        assert at.page.locator(".sk-term[aria-expanded]").count() == 1
        at.page.locator("h1").click()
        at.page.locator(BUBBLE).wait_for(state="hidden")

    visit(chromium, served, job, width=1280)


def test_a_word_in_a_choice_does_not_choose_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        # No question has a word of the glossary in a choice today; any may.
        at.page.evaluate("""() => {
            const word = document.querySelector("a.sk-term").cloneNode(true)
            document.querySelector(".sk-turn label:has(input[type=radio])").append(word)
        }""")
        at.page.locator("label a.sk-term").click()
        at.page.get_by_role("dialog", name=WORD).get_by_text("In the glossary").focus()
        at.page.locator("#sk-says").click()
        assert at.page.locator(".sk-turn input[type=radio]:checked").count() == 0

    visit(chromium, served, job, width=1280)


def test_without_what_shows_it_the_word_is_a_link(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.page.route("**/term.js", lambda route: route.abort())
        at.go(PAGE)
        at.page.get_by_role("link", name=WORD).first.click()
        at.page.wait_for_url(f"**/{ENTRY}")
        at.complaints[:] = [one for one in at.complaints if "term.js" not in one and "ERR_FAILED" not in one]

    visit(chromium, served, job, width=390)


def test_without_scripts_the_word_is_a_link(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        at.page.get_by_role("link", name=WORD).first.click()
        at.page.wait_for_url(f"**/{ENTRY}")

    visit(chromium, served, job, scripts=False, width=390)
