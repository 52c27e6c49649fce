"""The run in a browser: it plays, steps, and is led to by an address; nothing is small, cut off or out of reach."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from sitebuild.programs.store import Store
from socktrace import ladder
from socktrace.ladder.document import document
from socktrace.ladder.page import File, View, block
from socktrace.markup import element, to_html
from socktrace.recording import from_json
from support.visits import Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from support.browser import Chromium

STORE = Store(Path(__file__).parents[2])
FOLDER = Path(ladder.__file__).parent
ECHO, FORWARDER = "sockets/echo.py", "ports/forwarder.py"
SMALLEST = 13
"""Pixels."""

SMALL = """least => [...document.querySelectorAll(".sk-run *")]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < least)
    .map(one => `${one.className} ${one.textContent.slice(0, 30)} ${getComputedStyle(one).fontSize}`)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll(".sk-chip")].filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.textContent)"""

HIGH = """selector => [...document.querySelectorAll(selector)]
    .map(one => (one.getBoundingClientRect().height / 96 * 25.4).toFixed(1))"""
WIDE = HIGH.replace("height", "width")
"""In millimetres of paper."""

NOTE_SCROLLING = """() => {
    self.scrolls = false;
    document.addEventListener("scroll", () => (self.scrolls = true));
    document.addEventListener("scrollend", () => (self.scrolls = false));
}"""
RESTS = """() => !scrolls && document.querySelector(".sk-player").getBoundingClientRect().top === 0
    && document.querySelector(".sk-at").getBoundingClientRect().bottom < innerHeight - 40"""
"""Whether the page has come to its step, with the bar at its top. The clock of a test does not move the scrolling:
until it is over the bar moves, and a press there can land beside the button, or be let go beside it."""


def run_of(name: str, id: str, *, plays: bool) -> str:
    """Return a run as it stands on a page; of one that does not play only the claim is in sight at first."""
    recording = from_json(STORE.path(name).read_text(encoding="utf-8"))
    text = STORE.source(name).read_text(encoding="utf-8")
    run = ladder.tell(recording, ladder.draw(recording), {"": text})
    lines = range(1, len(text.splitlines()) + 1)
    link = element("a", ".py", attributes={"download": "x.py", "href": f"data:text/x-python,{quote(text)}"})
    head = element("div.sk-bar", element("strong.sk-file", name), element("span.sk-get", link))
    ids = {line: f"{id}-line-{line}" for line in lines}
    file = File("", text, lines, ids, ladder.rows(run, id), head, frozenset() if plays else frozenset(lines[1:]))
    view = View(recording, run, (file,), id, ("code", "output", "ladder", "sockets"), plays=plays)
    return to_html([element("div.band sk-run" if plays else "div.sk-run", block(view))])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the folder of a page with two runs; the second is opened where it stands."""
    folder = tmp_path_factory.mktemp("runs")
    for name in ("run.css", "run.js", "packet.js", "sheet.js"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en" class="js"><meta charset="utf-8"><link rel="stylesheet" href="run.css">'
        f"<title>x</title><script defer src='run.js'></script><body style='margin:0'><h1>x</h1>"
        f"{run_of(ECHO, 'echo', plays=True)}{run_of(FORWARDER, 'forwarder', plays=False)}"
        '<div id="q" style="margin-top:2000px"><a class="sk-moment" href="#forwarder-3">Watch</a></div>',
        encoding="utf-8",
    )
    return folder.as_uri() + "/"


def button(at: Visit, name: str) -> Locator:
    return at.page.locator(".sk-player").first.get_by_role("button", name=name, exact=True)


def now(at: Visit) -> str:
    return " ".join(at.page.locator(".sk-saying").first.inner_text().split())


def lit(at: Visit) -> list[str]:
    return [text.strip() for text in at.page.locator(".sk-line.sk-on").all_text_contents()]


def hash_of(at: Visit) -> str:
    """Return where the page says that it is: what the browser says of it may be behind."""
    return str(at.page.evaluate("location.hash.slice(1)"))


def test_steps_by_button_key_and_row(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        button(at, "Next").click()
        assert now(at).startswith("Step 1 of 27. The server asks the kernel for a socket")
        assert now(at).endswith("Line 28.")
        assert lit(at) == ['socket.create_server(("127.0.0.1", 0)) as listener,']
        assert hash_of(at) == "echo-1"
        for keys, step in (("End", "echo-27"), ("Home", ""), ("ArrowRight ArrowRight ArrowRight ArrowLeft", "echo-2")):
            for key in keys.split():
                at.page.keyboard.press(key)
            assert hash_of(at) == step
        at.page.locator("#echo-11").click()
        assert "hello crosses the wire" in now(at)
        assert lit(at) == ['client.sendall(b"hello")']
        assert at.page.locator(".sk-keep:not(.sk-off) .sk-data").all_text_contents() == ["hello"]
        button(at, "Back").click()
        assert hash_of(at) == "echo-10"
        assert at.page.locator(".sk-row.sk-at").count() == 1

    visit(chromium, home, job)


def test_copy_gives_the_whole_program_and_says_so_where_a_part_is_shown(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        at.page.evaluate("navigator.clipboard.writeText = async (text) => (self.copied = text)")
        whole, part = at.page.locator(".sk-run").all()
        part.get_by_role("button", name="Copy all", exact=True).click()
        part.get_by_role("button", name="Copied", exact=True).wait_for()
        assert at.page.evaluate("copied") == STORE.source(FORWARDER).read_text(encoding="utf-8")
        whole.locator(".sk-whole").evaluate("fold => fold.remove()")
        whole.locator(".sk-get button").evaluate("button => button.remove()")
        at.page.evaluate("document.body.dispatchEvent(new Event('sk-added', { bubbles: true }))")
        whole.get_by_role("button", name="Copy", exact=True).wait_for()

    visit(chromium, home, job)


def test_it_plays_and_stops_and_only_one_plays(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.page.emulate_media(reduced_motion="no-preference")
        at.go("index.html")
        at.page.evaluate(NOTE_SCROLLING)
        button(at, "Play").click()
        assert hash_of(at) == "echo-3"  # begins with the call that leads to the first packet
        assert button(at, "Pause").is_visible()
        at.page.clock.run_for(40_000)
        assert hash_of(at) == "echo-27"
        assert button(at, "Again").is_visible()
        at.page.wait_for_function(RESTS)
        button(at, "Again").click()
        button(at, "Pause").wait_for()
        at.page.locator(".sk-later > summary").click()  # which opens it, and begins
        second = at.page.locator(".sk-later .sk-play")
        at.page.locator(".sk-later .sk-play:has-text('Pause')").wait_for()
        button(at, "Go on").wait_for()
        assert at.page.locator(".sk-later > summary").inner_text().startswith("Close it")
        assert hash_of(at) == "forwarder-17"  # a long one with the first act in sight
        assert [fold.is_checked() for fold in at.page.locator(".sk-act input").all()] == [False, True, False]
        at.page.clock.run_for(120_000)
        assert second.inner_text() == "Again"  # and goes on through those that are folded
        assert hash_of(at) == "forwarder-53"
        assert [fold.is_checked() for fold in at.page.locator(".sk-act input").all()] == [False, True, True]

    visit(chromium, home, job, stopped=True)


def test_a_step_unfolds_the_act_that_it_belongs_to(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        at.page.locator(".sk-later > summary").click()  # without motion it makes the first step in sight
        at.page.locator("#forwarder-17.sk-at").wait_for()
        assert not at.page.locator("#forwarder-16").is_visible()
        said = at.page.locator(".sk-later .sk-saying")
        assert "Steps 1 to 16 are folded above." in said.inner_text()
        at.page.keyboard.press("ArrowLeft")
        assert "folded" not in said.inner_text()
        assert at.page.locator("#forwarder-16.sk-at").is_visible()
        fold = at.page.locator(".sk-act input").first
        assert fold.is_checked()
        fold.uncheck()
        assert not at.page.locator("#forwarder-16").is_visible(), "the reader may fold it again"

    visit(chromium, home, job)


def test_an_act_that_the_address_leads_into_folds_again(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#forwarder-3")
        row, fold = at.page.locator("#forwarder-3"), at.page.locator(".sk-act input").first
        row.and_(at.page.locator(".sk-at")).wait_for()
        assert (row.is_visible(), fold.is_checked()) == (True, True)
        fold.uncheck()
        assert not row.is_visible()

    visit(chromium, home, job)


CUT_LINES = """() => [...document.querySelectorAll(".sk-code pre")].flatMap((pane) => {
    const { top } = pane.getBoundingClientRect();
    const edges = [top, top + pane.clientHeight];
    const scrolls = pane.scrollHeight > pane.clientHeight;
    return !scrolls ? [] : [...pane.querySelectorAll(".sk-line, .sk-gap")].filter((line) => {
        const box = line.getBoundingClientRect();
        return edges.some((edge) => box.top < edge - 1 && box.bottom > edge + 1);
    }).map((line) => line.textContent.trim());
})"""
SCROLLING = """() => [...document.querySelectorAll(".sk-code pre")]
    .some((pane) => pane.scrollHeight > pane.clientHeight && pane.scrollTop > 0)"""


@pytest.mark.parametrize("height", [720, 800, 907])
def test_a_box_of_code_that_scrolls_cuts_no_line_in_two(chromium: Chromium, home: str, height: int) -> None:
    def job(at: Visit) -> None:
        at.resize(1280, height)
        at.go("index.html")
        assert at.page.evaluate(CUT_LINES) == []
        at.page.locator(".sk-whole input").first.check()
        scrolled = False
        for _ in range(27):
            button(at, "Next").click()
            scrolled = scrolled or at.page.evaluate(SCROLLING)
            assert at.page.evaluate(CUT_LINES) == []
        assert scrolled, "a box that shows the line of a step has scrolled to it"

    visit(chromium, home, job)


def test_a_box_of_code_that_a_wheel_scrolls_stops_at_a_line(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.resize(1280, 720)
        at.go("index.html")
        at.page.locator(".sk-whole input").first.check()
        pane = at.page.locator(".sk-code pre").first
        pane.evaluate("pane => pane.addEventListener('scrollend', () => (self.stops = (self.stops ?? 0) + 1))")
        pane.hover()
        for number, by in enumerate((30, 100, -45, 1000), start=1):
            at.page.mouse.wheel(0, by)
            at.page.wait_for_function("number => self.stops >= number", arg=number)
            assert at.page.evaluate(CUT_LINES) == []
        assert pane.evaluate("pane => pane.scrollTop + pane.clientHeight === pane.scrollHeight"), "its end is reached"

    visit(chromium, home, job)


def test_a_listener_and_its_connections_have_states_of_their_own(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        at.page.locator(".sk-states").first.check()
        shown = at.page.locator(".sk-run").first.locator(".sk-st")
        told = [
            (
                " ".join(one.inner_text().split()),
                [*map(str, one.locator("i").evaluate_all("all => all.map(i => i.className)"))],
            )
            for one in shown.all()
        ]
        assert told[0] == ("server's listener is now LISTEN", ["sk-ring"])
        assert ("server's connection is now SYN-RECEIVED", []) in told  # connected it is not yet
        assert ("client is now SYN-SENT", []) in told
        colours = shown.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
        assert colours[0] not in colours[1:]

    visit(chromium, home, job)


def test_before_it_plays_its_size_its_bars_and_its_handle_are_in_sight(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        assert now(at) == ("27 steps, 10 packets. Press Next, or drag along the bars: blue is data, red is the end.")
        handle = "() => getComputedStyle(document.querySelector('.sk-wave'), '::after').content"
        assert at.page.evaluate(handle) == '""'
        button(at, "Next").click()
        assert at.page.evaluate(handle) == "none", "then it stands at the step"

    visit(chromium, home, job)


def test_who_scrolls_away_while_it_plays_is_left_there(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.page.emulate_media(reduced_motion="no-preference")
        at.go("index.html")
        at.page.evaluate("document.body.style.paddingBottom = '9000px'")
        at.page.locator(".sk-play").first.click()
        at.page.clock.run_for(3_000)
        at.page.evaluate("self.pulled = 0; self.scrollBy = () => (pulled += 1); null")
        at.page.evaluate("scrollTo({ top: 8000, behavior: 'instant' }); dispatchEvent(new WheelEvent('wheel'))")
        at.page.clock.run_for(6_000)
        assert button(at, "Pause").is_visible()
        assert at.page.evaluate("pulled") == 0
        button(at, "Next").click()
        assert at.page.evaluate("pulled") == 1

    visit(chromium, home, job, stopped=True)


STEP = """next => {
    next.click();
    const { top, bottom } = next.closest(".sk-player").getBoundingClientRect();
    const sticks = top < 1 || bottom > innerHeight - 1;
    return [next.getBoundingClientRect().top, sticks, next.getAttribute("aria-disabled") === "true"];
}"""
NOTE_WAYS = """() => {
    self.ways = [];
    self.scrollBy = ({ top, behavior }) => {
        const bar = document.querySelector(".sk-player").getBoundingClientRect();
        ways.push([bar.top < 1 || bar.bottom > innerHeight - 1, behavior]);
        scrollTo(0, scrollY + top);
    };
}"""


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["bar", "dock"])
def test_the_key_that_is_pressed_stays_where_it_is_to_the_last_step(
    chromium: Chromium, home: str, size: tuple[int, int]
) -> None:
    """What slides from under the pointer between a press and its release is not pressed."""

    def job(at: Visit) -> None:
        at.resize(*size)
        at.go("index.html")
        at.page.emulate_media(reduced_motion="no-preference")
        at.page.evaluate(NOTE_WAYS)
        step = button(at, "Next")
        tops, stuck, last = [], False, False
        while not last:
            top, sticks, last = step.evaluate(STEP)
            stuck = stuck or sticks
            tops += [round(top)] if stuck else []
        assert len({*tops}) == 1, f"it stands at {sorted({*tops})} px"
        ways = at.page.evaluate("ways")
        assert ways
        assert all(sticks or behavior == "auto" for sticks, behavior in ways), ways

    visit(chromium, home, job)


OBSCURED = """() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    const dock = document.querySelector(".sk-player").getBoundingClientRect();
    const fits = bottom - top < dock.top;
    return !document.activeElement.closest(".sk-player") && fits && bottom > dock.top + 1 && top < dock.bottom - 1;
}"""
"""Whether the dock lies over what has the focus, and there is room above it."""


@pytest.mark.parametrize("steps", [0, 3], ids=["at rest", "begun"])
def test_the_dock_covers_nothing_that_the_keyboard_comes_to(chromium: Chromium, home: str, steps: int) -> None:
    def job(at: Visit) -> None:
        at.resize(640, 400)  # as at twice its size
        at.go("index.html")
        for _ in range(steps):
            button(at, "Next").click()
        at.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        at.page.locator(".sk-get :is(a, button)").first.focus()
        covered, last = [], at.page.locator(".sk-recorded summary").first
        while not last.evaluate("one => one === document.activeElement"):
            at.page.keyboard.press("Tab")
            if at.page.evaluate(OBSCURED):
                covered.append(at.page.evaluate("document.activeElement.textContent.trim()"))
        assert not covered

    visit(chromium, home, job)


def test_what_was_printed_and_what_is_open_is_told_as_it_can_have_been(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")
        line, out = at.page.locator(".sk-socks > summary").first, at.page.locator(".sk-out > span").first
        found = []
        for step in (0, 1, 11, 27):
            at.page.evaluate(f"location.hash = '{f'echo-{step}' if step else ''}'")
            at.page.wait_for_function(f"!{step} || document.querySelector('.sk-at')?.id === 'echo-{step}'")
            found.append((line.inner_text(), out.inner_text()))
        assert found == [
            ("3 sockets, all closed", "echo: b'hello'"),
            ("Open now: 1 of 3 sockets", ""),
            ("Open now: 3 of 3 sockets", ""),
            ("3 sockets, all closed", "echo: b'hello'"),
        ]

    visit(chromium, home, job)


def test_the_box_fills_line_by_line_as_the_program_prints(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#forwarder-30")
        out = at.page.locator("#forwarder .sk-out, .sk-run:has(#forwarder-1) .sk-out")
        title = at.page.locator(".sk-run:has(#forwarder-1) .sk-title")
        every = out.text_content() or ""
        found = []
        for step in (30, 31, 47, 53):
            at.page.evaluate(f"location.hash = 'forwarder-{step}'")
            at.page.wait_for_function(f"document.querySelector('.sk-at')?.id === 'forwarder-{step}'")
            assert out.text_content() == every
            found.append((title.inner_text(), len(out.inner_text().split())))
        assert found == [("It prints", 0), ("It prints", 20), ("It printed", 23), ("It printed", 23)]

    visit(chromium, home, job)


def test_a_question_leads_to_its_moment_and_back(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.page.emulate_media(reduced_motion="no-preference")
        at.go("index.html#echo-5")
        at.page.locator("#q a").click()
        at.page.locator("#forwarder-3.sk-at").wait_for()
        assert at.page.locator(".sk-later .sk-play").inner_text() == "Pause"
        at.page.go_back()
        at.page.wait_for_function("location.hash === '#q'")
        at.page.locator(".sk-later .sk-play:has-text('Go on')").wait_for()
        at.page.locator("#q a").click()
        at.page.get_by_role("link", name="Back to the question").click()
        assert hash_of(at) == "q"

    visit(chromium, home, job, stopped=True)


def test_a_worksheet_leaves_later_rows_blank_and_nothing_else_on_the_page(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-11")
        at.page.evaluate("window.print = () => document.documentElement.classList.add('printed')")
        at.page.get_by_role("button", name="Print as a worksheet").first.click()
        at.page.locator("html.printed").wait_for(state="attached")
        at.show_as("print")
        head = at.page.locator(".sk-run").first.inner_text()
        assert head.startswith("Name\nDate\n\nx: what happens next?")
        assert all(f"n {one}" in head for one in ("each box", "a short line", "two long lines"))
        assert "hello" in at.page.locator("#echo-11").inner_text()
        assert at.page.locator("#echo-12 .sk-sentence").inner_text() == ""
        assert at.page.locator("#echo-12 .sk-path").is_visible()
        assert [at.page.locator(one).first.is_visible() for one in ("h1", ".sk-later", ".sk-out")] == [False] * 3
        assert 3 <= at.page.locator(".sk-write").count() <= 5
        assert set(at.page.evaluate(HIGH, ".sk-blank")) == {"8.5"}, "lines stand evenly, whatever is not to be seen"
        assert set(at.page.evaluate(WIDE, ".sk-blank .sk-chip")) == {"30.0"}, "no box tells how long its words are"
        at.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert not at.page.locator(".sk-blank, .sk-write, .sk-worksheet, .sk-sheet-head").count()
        assert at.page.locator("h1").is_visible()

    visit(chromium, home, job)


def test_the_space_bar_plays_from_the_scrubber_too(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.page.emulate_media(reduced_motion="no-preference")
        at.go("index.html")
        at.page.get_by_role("slider").focus()
        at.page.keyboard.press("Space")
        button(at, "Pause").wait_for()
        before = at.page.evaluate("scrollY")
        at.page.keyboard.press("Space")
        button(at, "Go on").wait_for()
        assert at.page.evaluate("scrollY") == before

    visit(chromium, home, job, stopped=True)


def test_an_address_leads_to_a_step_also_of_a_run_that_is_not_open(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-13")
        assert now(at).startswith("Step 13 of 27.")
        at.page.evaluate("location.hash = '#echo-4'")
        at.page.wait_for_function("document.querySelector('.sk-at')?.id === 'echo-4'")
        at.page.goto("about:blank")
        at.go("index.html#forwarder-20")
        at.page.locator("#forwarder-20.sk-at").wait_for()

    visit(chromium, home, job)


def test_a_line_that_is_folded_comes_in_sight_while_it_is_at_work(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#forwarder-1")
        at.page.locator("#forwarder-1.sk-at").wait_for()
        assert lit(at)
        folded = at.page.locator(".sk-run >> nth=1 >> .sk-extra.sk-line")
        assert [one.is_visible() for one in folded.all()].count(True) == len(lit(at)) < folded.count()

    visit(chromium, home, job)


def test_without_motion_there_are_steps_only(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html")  # visits ask for little motion
        assert not button(at, "Play").is_visible()
        for _ in range(4):
            button(at, "Next").click()
        assert at.page.evaluate("document.getAnimations().length") == 0

    visit(chromium, home, job)


def test_a_packet_opens_and_closes_as_one_goes_on(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-11")
        button(at, "Open packet 4").click()
        at.page.locator("#echo-11 + .sk-letter-row").wait_for()
        named = at.page.locator(".sk-letter-row").inner_text()
        assert "Four of the marked numbers name the conversation; the fifth, 6, says that it is TCP." in named
        assert at.page.locator("#echo-11 .sk-chip").get_attribute("aria-expanded") == "true"
        button(at, "Next").click()
        assert at.page.locator(".sk-letter-row").count() == 0

    visit(chromium, home, job)


def test_on_a_phone_too_a_packet_is_said_to_open(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-11")
        button(at, "Open packet 4").click()
        at.page.locator("#echo-11 + .sk-letter-row").wait_for()
        assert button(at, "Close packet 4").is_visible()

    visit(chromium, home, job, width=390)


def test_nothing_is_small_or_too_wide_and_the_dock_leaves_two_thirds(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-11")
        for width in (320, 390, 768, 1280):
            at.resize(width)
            assert at.page.evaluate(SMALL, SMALLEST) == [], width
            assert at.page.evaluate(TOO_WIDE) <= 0, width
            box = at.page.locator(".sk-player").first.bounding_box()
            assert width > 860 or (box and box["height"] < at.page.viewport_size["height"] / 3), width  # type: ignore[index]

    visit(chromium, home, job)


def test_a_line_of_code_is_joined_to_its_row_while_that_is_in_sight(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-11")
        path = at.page.locator(".sk-links path").first
        path.wait_for(state="attached")
        at.page.locator("#echo-27").evaluate("one => one.scrollIntoView({ block: 'start' })")
        path.wait_for(state="detached")
        at.page.locator("#echo-11").scroll_into_view_if_needed()
        path.wait_for(state="attached")

    visit(chromium, home, job, height=600)


def test_who_is_who_stays_in_sight_to_the_last_step(chromium: Chromium, home: str) -> None:
    """The heads of the lifelines stand under the bar, on a phone at the top, wherever the ladder has scrolled to."""
    seen = """() => [...document.querySelectorAll(".sk-begun .sk-heads b")].every(one => {
        const { left, top, width, height } = one.getBoundingClientRect()
        return top >= 4 && one.contains(document.elementFromPoint(left + width / 2, top + height / 2))
    })"""

    def job(at: Visit) -> None:
        for width, step in product((1280, 390), ("echo-20", "forwarder-50")):
            at.resize(width)
            at.go("index.html")
            at.page.evaluate("step => { location.hash = step }", step)
            at.page.locator(f"#{step}.sk-at").wait_for()
            at.page.wait_for_function(seen)

    visit(chromium, home, job)


def test_at_rest_the_dock_of_a_phone_is_one_row_and_its_speed_goes_round(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.page.emulate_media(reduced_motion="no-preference")
        at.go("index.html")
        for width in (320, 390):
            at.resize(width)
            box = at.page.locator(".sk-player").first.bounding_box()
            assert box
            assert box["height"] <= 56, width
        for expected in ("2", "0.5", "1"):
            at.page.locator(".sk-speed label:has(:checked)").first.click()
            assert at.page.locator(".sk-speed :checked").first.get_attribute("value") == expected

    visit(chromium, home, job)


def test_a_program_is_set_as_large_as_its_pane_has_room_for(chromium: Chromium, home: str) -> None:
    """And no line breaks or leaves the pane because of that."""
    sizes = """() => [...document.querySelectorAll(".sk-code pre")].map((pane) =>
        [parseFloat(getComputedStyle(pane).fontSize), pane.scrollWidth > pane.clientWidth])"""

    def job(at: Visit) -> None:
        at.go("index.html")
        found = {}
        for width in (320, 390, 1280, 1600):
            at.resize(width)
            found[width] = at.page.evaluate(sizes)
        assert not any(leaves for panes in found.values() for _, leaves in panes)
        assert {size for size, _ in found[390]} == {SMALLEST}
        assert all(SMALLEST <= size <= 15 for panes in found.values() for size, _ in panes)
        assert found[1600][1][0] == 15, "the claim alone is short"
        at.page.locator(".sk-whole input").last.check()
        assert at.page.evaluate(sizes)[1] == [SMALLEST, False], "there is room for all lines"

    visit(chromium, home, job)


def test_words_on_packets_between_four_lifelines_are_whole(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#forwarder-3")
        for width in (320, 390, 1280):
            at.resize(width)
            at.page.evaluate("document.querySelectorAll('.sk-act input').forEach((box) => { box.checked = true; })")
            assert at.page.evaluate(CUT) == [], width

    visit(chromium, home, job)


def test_all_can_be_read_without_scripts_and_a_line_that_is_folded_is_reached(chromium: Chromium, home: str) -> None:
    def job(at: Visit) -> None:
        at.go("index.html#echo-line-44")
        assert at.page.locator("#echo-line-44").is_visible()
        assert at.page.locator(".sk-chip:enabled").count() == 0

    visit(chromium, home, job, scripts=False)


READ = """() => [...document.querySelectorAll(".sk-row, .sk-sentence")]
    .every(one => one.getBoundingClientRect().height > 9)"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_of_a_run_can_be_read_where_no_script_runs(scripts: bool, chromium: Chromium, tmp_path: Path) -> None:
    recording = from_json(STORE.path(FORWARDER).read_text(encoding="utf-8"))
    page = document(recording, [STORE.source(FORWARDER).read_text(encoding="utf-8")])
    (tmp_path / "whole.html").write_text(page, encoding="utf-8")
    broken = page.replace('"use strict";', "}", 2 * scripts)
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")

    def job(at: Visit) -> None:
        at.go("whole.html")
        assert at.page.evaluate(READ) is not scripts, "its acts fold, and its player says what happens"
        at.go("broken.html")
        assert at.page.evaluate(READ)
        assert at.page.locator(".sk-player").is_hidden()
        at.complaints[:] = [one for one in at.complaints if "Unexpected token" not in one]

    visit(chromium, tmp_path.as_uri() + "/", job, scripts=scripts)
