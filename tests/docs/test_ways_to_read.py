"""A page on paper, in colours that are not ours, from a folder on disk, with little motion, and while it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from support.browser import stop_clock
from support.examination import SCRIPT
from support.visits import Visit, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from support.browser import Chromium

HOME, RUN, FOLDED = "", "sockets/first-conversation/", "sockets/listen-accept-connect/"


def alone(chromium: Chromium, job: Callable[[Page], None], **context: Any) -> None:
    """Do a job in a browser profile of its own, for what a tab cannot take back."""

    def work(browser: Browser) -> None:
        with browser.new_context(**context) as own:
            own.set_default_timeout(15_000)
            job(own.new_page())

    chromium.run(work)


# -- paper -------------------------------------------------------------------------------------------------------------

SEEN = """selector => [...document.querySelectorAll(selector)].map((one) =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }))"""
ROWS = ".sk-row :is(.sk-what, .sk-chip, .sk-sentence):not(.sk-later:not([open]) *)"
PRINTED = {
    RUN: (ROWS, ".sk-talk :is(.sk-say, .sk-way)", ".sk-reply", ".sk-case"),
    FOLDED: (ROWS, ".sk-reply", ".sk-pane"),
}
CONTROLS = ".sk-player, .sk-top, .sk-toc, .sk-copy, .sk-whole, .sk-switch, .sk-get, .sk-moment, .sk-try, .sk-next"
FOLDS = "Print what is folded, too"
MOST_PAGES, MOST_OF_ALL = 6, 10
"""Of A4, of a chapter with three runs, one of which is folded, for a teacher to hand out."""
COLOURS = "(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))"
SPOILT = """@media print {
    .sk-sentence { display: none !important } .sk-toc { display: block !important }
    body { background: #eee !important }
}"""


def spoilt_on_paper(page: Page, printed: Iterable[str]) -> list[str]:
    """Say what is not on paper, what is and should not be, and in which colours, if they are not black on white."""
    found = [one for one in printed if not all(page.evaluate(SEEN, one) or [False])]
    found += [CONTROLS] if any(page.evaluate(SEEN, CONTROLS)) else []
    colours = page.evaluate(COLOURS)
    return found + ([] if colours == ["rgb(255, 255, 255)", "rgb(23, 32, 42)"] else colours)


@pytest.mark.parametrize("url", PRINTED)
def test_paper_shows_all_of_a_page_that_stands_in_the_middle_of_a_run(
    url: str, chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go(url)
        for _ in range(4):
            at.page.locator(".sk-run").first.get_by_role("button", name="Next", exact=True).click()
        if url == FOLDED:
            at.page.get_by_label(FOLDS).check()
        at.show_as("print")
        assert spoilt_on_paper(at.page, PRINTED[url]) == []
        at.page.add_style_tag(content=SPOILT)
        assert spoilt_on_paper(at.page, PRINTED[url]) == [ROWS, CONTROLS, "rgb(238, 238, 238)", "rgb(23, 32, 42)"]

    visit(chromium, served, job, scheme="dark")


def test_a_chapter_is_short_enough_to_hand_out(chromium: Chromium, served: str) -> None:
    def job(page: Page) -> None:
        page.goto(served + FOLDED)
        page.locator(".sk-later").last.evaluate("fold => fold.scrollIntoView()")
        short = pages_of(page)
        assert 3 < short <= MOST_PAGES
        page.locator(".sk-deeper summary").evaluate_all("all => all.forEach(one => one.click())")
        assert pages_of(page) > short, "what the reader opened is on paper"
        page.get_by_label(FOLDS).check()
        assert MOST_PAGES < pages_of(page) <= MOST_OF_ALL
        page.add_style_tag(content="@media print { body { font-size: 19px !important } .sk-row { min-height: 90px } }")
        assert pages_of(page) > MOST_OF_ALL

    alone(chromium, job)


def pages_of(page: Page) -> int:
    """Return how many sheets of A4 a page takes."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))


# -- colours that the reader's system forces ---------------------------------------------------------------------------

SHAPES = ".sk-ring, .sk-disc, .sk-diamond, .sk-hexagon, .sk-port, .sk-talk .sk-way, .sk-path"
BUTTONS = ".sk-player button:not(.sk-opener), .sk-paste button, .sk-again"
UNSEEN = """selector => [...document.querySelectorAll(selector)].filter((one) => {
    const style = getComputedStyle(one);
    const lines = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]))
        .map((side) => style[`border${side}Color`]);
    const ground = getComputedStyle(document.body).backgroundColor;
    const drawn = [...lines, style.backgroundColor].filter((colour) => colour !== "rgba(0, 0, 0, 0)");
    return one.checkVisibility() && drawn.every((colour) => contrast.ratio(colour, ground) < 3);
}).map((one) => `${one.className} in ${one.parentElement.className}`)"""
"""Which elements have neither a border nor a ground that stands out from the page (WCAG 2.2, 1.4.11)."""


MARKS = """([selector, style]) =>
    [...new Set([...document.querySelectorAll(selector)].map((one) => getComputedStyle(one)[style]))]"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_and_buttons_are_seen_where_colours_are_forced(scheme: str, chromium: Chromium, served: str) -> None:
    def job(page: Page) -> None:
        for url in (HOME, FOLDED, RUN):
            page.goto(served + url)
            page.evaluate(SCRIPT)
            assert page.locator(SHAPES).count() > 5
            assert page.locator(BUTTONS).count() > 1
            assert page.evaluate(UNSEEN, f"{SHAPES}, {BUTTONS}") == []
            if url == FOLDED:
                assert page.evaluate(MARKS, [".sk-line.sk-lit", "outlineStyle"]) == ["solid"], (
                    "what a question is about"
                )
                [ground] = page.evaluate(MARKS, ["body", "backgroundColor"])
                assert page.evaluate(MARKS, [".sk-gap", "borderLeftColor"]) == [ground], "nothing is marked there"
        page.add_style_tag(content=".sk-port { border: 0 !important }")
        assert page.evaluate(UNSEEN, SHAPES)

    alone(chromium, job, forced_colors="active", color_scheme=scheme)


# -- a folder on disk --------------------------------------------------------------------------------------------------


def test_a_run_plays_and_a_packet_opens_from_a_folder(chromium: Chromium, site: Path) -> None:
    def job(page: Page) -> None:
        stop_clock(page)
        page.goto((site / RUN / "index.html").as_uri())
        run = page.locator(".sk-run").first
        run.get_by_role("button", name="Play", exact=True).click()
        first = page.evaluate("location.hash")
        page.clock.run_for(20_000)
        assert page.evaluate("location.hash") not in ("", first)
        run.locator(".sk-chip:enabled:visible").first.click()
        page.clock.run_for(1_000)
        run.locator(".sk-envelope").wait_for()
        rows = "(codes) => [...new Set(codes.map((code) => getComputedStyle(code).display))]"
        assert run.locator(".sk-bytes td > code").evaluate_all(rows) == ["block"], "bytes stand above what they mean"
        page.wait_for_function("document.fonts.check('700 36px Besley')")

    alone(chromium, job)


# -- home's message ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_hello_is_sent_stops_and_arrives(motion: str, chromium: Chromium, served: str) -> None:
    def job(page: Page) -> None:
        stop_clock(page)
        page.goto(served)
        way = page.locator(".sk-journey")
        slips = way.locator(".sk-stops .sk-slip, .sk-stops .sk-word")
        hidden = way.locator(".sk-not-read")
        assert (hidden.count(), way.locator(".sk-mover").is_visible()) == (0, False)
        way.get_by_role("button", name="Send hello").click()
        assert hidden.count() == slips.count()
        assert way.locator(".sk-mover").is_visible()
        way.get_by_role("button", name="Stop").click()
        assert (hidden.count(), way.locator(".sk-mover").is_visible()) == (0, False)
        way.get_by_role("button", name="Send it again").click()
        left = [slips.count()]
        moved = 0
        while hidden.count() and len(left) < 100:
            page.clock.run_for(500)
            left.append(hidden.count())
            moved += page.evaluate(
                "document.getAnimations().filter(one => one.effect.target.matches('.sk-mover')).length"
            )
            page.evaluate("document.getAnimations().forEach(one => one.finish())")
        assert left == sorted(left, reverse=True)
        assert len(set(left)) > 4, left
        assert bool(moved) == (motion == "no-preference")
        way.get_by_role("button", name="Send it again").wait_for()
        assert not way.locator(".sk-mover").is_visible()

    alone(chromium, job, reduced_motion=motion)


@pytest.mark.parametrize("width", [390, 320, 1280])
def test_the_packet_covers_no_words_and_the_word_is_never_there_twice(
    chromium: Chromium, served: str, width: int
) -> None:
    # Asked at once, for the page's own clock goes on between two questions.
    look = """() => {
        const mover = document.querySelector(".sk-mover"), box = mover.getBoundingClientRect();
        const on = ({ left, right, top, bottom }) =>
            left < box.right && right > box.left && top < box.bottom && bottom > box.top;
        const named = [...document.querySelectorAll(".sk-name a, .sk-q")];
        return {
            travels: mover.checkVisibility({ visibilityProperty: true }) && box.width > 0,
            covered: named.filter((one) => on(one.getBoundingClientRect())).map((one) => one.textContent),
            words: document.querySelectorAll(".sk-word:not(.sk-not-read)").length,
        };
    }"""

    def job(page: Page) -> None:
        stop_clock(page)
        page.goto(served)
        page.get_by_role("button", name="Send hello").click()
        seen = 0
        while (shown := page.evaluate(look))["travels"]:
            assert (shown["covered"], shown["words"]) == ([], 0)
            seen += 1
            page.clock.run_for(350)
        assert shown["words"] == 1
        assert seen > 12

    alone(chromium, job, reduced_motion="reduce", viewport={"width": width, "height": 800})


def test_on_a_phone_the_window_goes_along_with_the_packet_until_the_reader_scrolls(
    chromium: Chromium, served: str
) -> None:
    def job(page: Page) -> None:
        stop_clock(page)
        page.goto(served)
        mover = page.locator(".sk-mover")
        places = []
        page.get_by_role("button", name="Send hello").click()
        for _ in range(4):
            page.clock.run_for(1500)
            box = mover.bounding_box()
            assert box
            assert 0 <= box["y"] <= 664 - box["height"]
            places.append(page.evaluate("scrollY"))
        assert places[-1] > places[0] + 200, places
        page.mouse.wheel(0, -300)
        page.wait_for_function(f"scrollY < {places[-1]}", polling=50)
        left = page.evaluate("scrollY")
        page.clock.run_for(1500)
        assert page.evaluate("scrollY") == left

    alone(chromium, job, reduced_motion="reduce", viewport={"width": 390, "height": 664})


# -- nothing moves while a page comes ----------------------------------------------------------------------------------

KINDS = (HOME, RUN, "sockets/errors/", "hardware/which-port/", "hardware/plate/", "ports/port-table/")
SHIFTS = """globalThis.shifts = 0
new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { shifts += value }))
    .observe({ type: "layout-shift", buffered: true })"""
MOST = 0.02
"""The score of layout shifts; browsers' makers call 0.1 good."""


def test_nothing_moves_while_a_page_comes_to_a_slow_phone(chromium: Chromium, served: str) -> None:
    def job(page: Page) -> None:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(SHIFTS)
        moved = {}
        for url in KINDS:
            page.goto(served + url)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
            moved[url] = page.evaluate("shifts")
        assert {url: shift for url, shift in moved.items() if shift > MOST} == {}
        page.evaluate("document.querySelector('h1').style.marginTop = '200px'")
        page.wait_for_function(f"shifts > {MOST}")

    alone(chromium, job, viewport={"width": 390, "height": 844})


# -- where a script does not come, or breaks ---------------------------------------------------------------------------

LONG = "many/readiness/"
TOLD = ".sk-run.band :is(.sk-row, .sk-sentence)"
LARGE = """selector => [...document.querySelectorAll(selector)].every((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 9 && height > 9;
})"""
BROKEN = {"nothing": None, "what it cannot read": "}", "what fails": "throw new Error('broken')"}


@pytest.mark.parametrize("sent", BROKEN)
def test_a_run_is_there_to_read_where_its_script_is_not(sent: str, chromium: Chromium, served: str) -> None:
    def job(page: Page) -> None:
        page.goto(served + LONG)
        assert not page.evaluate(LARGE, TOLD), "its acts fold, and its player says what happens"
        body = BROKEN[sent]
        page.route("**/run.js", lambda route: route.abort() if body is None else route.fulfill(body=body))
        page.reload()
        assert page.evaluate(LARGE, TOLD)
        assert not any(page.evaluate(SEEN, ".sk-player, .sk-act input"))

    alone(chromium, job)
