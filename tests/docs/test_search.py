"""What people ask, the search answers: the section that answers is among the first three, and these are in sight."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from sitebuild.data.errors import read_errors
from support import website
from support.examination import RUN_AXE, bring_axe
from support.visits import Visit, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Browser

    from support.browser import Chromium

    Build = Callable[[website.Builder], website.Build]

FIRST = 3
HEIGHT = 900
"""Of the screen on which the first answers must be in sight, in pixels."""

HELD_OUT = 34
"""How many of the 40 questions that nobody tuned the search for must be answered."""

KILOBYTES = 285
"""How much the index, with what readers call its sections, may weigh as it travels."""

MINISEARCH = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
"""The SHA-256 of `dist/umd/index.js` in the package minisearch 7.2.0 of npm, whose own integrity is
sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==."""

ASK = """async questions => {
    const answers = []
    for (const asked of questions) {
        await sockSearch.open(asked)
        answers.push([...document.querySelectorAll(".sk-search-list a")].slice(0, 3).map(link =>
            [link.href.replace(new URL("/", location), ""), Math.round(link.getBoundingClientRect().bottom)]))
    }
    return answers
}"""

UNSEEN = """async () => {
    await sockSearch.open("")
    document.querySelector(".sk-search").style.display = "none"
}"""
"""Spares the browser to lay the answers out, where nobody asks how low they stand."""


def questions(name: str) -> list[tuple[str, list[str]]]:
    """Return the questions in a file and the sections that answer each."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    asked = [pair for part in tomllib.loads(text).values() for pair in part.items()]
    return [(question, [answers] if isinstance(answers, str) else answers) for question, answers in asked]


ODD = ("", "  ", "?!", '"', "~^*:", "qqxzv " * 2000)
"""What has no answer, and must do no harm."""

MUST, MAY = questions("questions.toml"), questions("held_out.toml")
ERRORS = read_errors((website.ROOT / "docs" / "data" / "errors.toml").read_text(encoding="utf-8"))
PASTED = tomllib.loads(Path(__file__).with_name("pasted.toml").read_text(encoding="utf-8"))["paste"]


MESSAGES = {
    text: error.target.replace(".md", "/")
    for error in ERRORS.values()
    for text in (error.title, *(one.says for one in error.says))
} | {one["text"]: ERRORS[one["first"]].target.replace(".md", "/") for one in PASTED if one["first"]}
"""What people paste, and the page or section about that error."""


def is_found(wanted: Iterable[str], links: list[str]) -> bool:
    """Say whether one of the sections is among the first three; a page stands for any of its sections."""
    first = links[:FIRST]
    return any(one in first if "#" in one else one in [link.partition("#")[0] for link in first] for one in wanted)


def index_of(site: Path, builder: website.Builder) -> Path:
    """Return the index that a builder wrote."""
    return site / ("search/search_index.json" if builder == "mkdocs" else "search.json")


def test_each_question_finds_the_section_that_answers_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        answers = at.page.evaluate(ASK, [question for question, _ in MUST + MAY])
        odd = at.page.evaluate(ASK, list(ODD))
        at.complaints += [f"{asked!r} has answers: {found}" for asked, found in zip(ODD, odd, strict=True) if found]
        missed = 0
        for number, ((asked, wanted), found) in enumerate(zip(MUST + MAY, answers, strict=True)):
            if low := [link for link, bottom in found if bottom > HEIGHT]:
                at.complaints.append(f"{asked!r}: not in sight: {low}")
            if is_found(wanted, [link for link, _ in found]):
                continue
            if number < len(MUST):
                at.complaints.append(f"{asked!r} does not lead to {wanted} but to {[link for link, _ in found]}")
            else:
                missed += 1
        if missed > len(MAY) - HELD_OUT:
            at.complaints.append(f"{missed} of the {len(MAY)} questions that were held out find no answer")

    visit(chromium, served, job, height=HEIGHT)


def test_a_pasted_message_finds_its_error_first(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        at.page.evaluate(UNSEEN)
        answers = at.page.evaluate(ASK, list(MESSAGES))
        for (text, wanted), found in zip(MESSAGES.items(), answers, strict=True):
            if [link for link, _ in found][:1] != [wanted]:
                at.complaints.append(f"{text!r} does not lead to {wanted} first but to {found[:1]}")

    visit(chromium, served, job, height=HEIGHT)


ASKED = website.ROOT / "docs" / "assets" / "search" / "asked.json"
"""What readers call a section, where its own words are others: phrases, parted by commas."""

NEAR = """async texts => {
    const answers = []
    for (const text of texts)
        answers.push((await sockSearch.near(text)).slice(0, 3).map(item =>
            item.querySelector("a").href.replace(new URL("/", location), "")))
    return answers
}"""


def test_what_readers_call_a_section_leads_to_it(chromium: Chromium, served: str) -> None:
    named = [(words, place) for place, names in json.loads(ASKED.read_bytes()).items() for words in names.split(", ")]
    assert len(named) > 900

    def job(at: Visit) -> None:
        at.go()
        for (words, place), links in zip(named, at.page.evaluate(NEAR, [words for words, _ in named]), strict=True):
            if place not in links:
                at.complaints.append(f"{ASKED.name}: {words!r} does not lead to {place} but to {links}: say more")

    visit(chromium, served, job, height=HEIGHT)


USB_C_PICTURE = "hardware/video/#why-does-one-usb-c-port-give-a-picture-and-another-does-not"

FIRSTS = {
    "kill port 3000": "errors/address-already-in-use/#stop",
    "port 5432 in use on Windows": "errors/address-already-in-use/#windows-service",
    "CLOSE_WAIT piling up": "sockets/how-a-connection-ends/#close-wait",
    "SO_REUSEPORT": "ports/tcp-53-is-not-udp-53/#two-listeners-on-one-port",
    "recv returns empty bytes": "sockets/stream-has-no-messages/#empty-bytes",
    "websocket timeout": "errors/websocket-closed/#idle",
    "will a USB-C to HDMI cable work on my laptop": USB_C_PICTURE,
    "usb c no picture on monitor": USB_C_PICTURE,
    "type c to hdmi adapter no signal": USB_C_PICTURE,
}
"""Questions whose answer stands before all that has their words too: whose number a port is, a trap, a mere show."""


def test_what_cures_stands_before_what_only_has_the_words(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        for (asked, wanted), found in zip(FIRSTS.items(), at.page.evaluate(ASK, list(FIRSTS)), strict=True):
            if not is_found([wanted], [link for link, _ in found[:1]]):
                at.complaints.append(f"{asked!r} does not lead to {wanted} first but to {found[:1]}")

    visit(chromium, served, job, height=HEIGHT)


EXCERPTS = """async texts => {
    await sockSearch.open("")
    const entry = (text, at) => ({ location: `page${at}/#a`, title: `Page ${at}`, text, tags: [] })
    const find = await sockSearch.finder(texts.map(entry), () => [])
    return find("zebra").map(({ excerpt }) => excerpt.map(([words]) => words).join("")).sort()
}"""
FILLER = "It is about something else" + ", and says so for longer than any excerpt may be" * 5 + ". "


def test_an_excerpt_begins_where_a_sentence_does(chromium: Chromium, served: str) -> None:
    texts = {
        f"<p>{FILLER}Listen to this: a zebra is here.</p>": "Listen to this: a zebra is here.",
        f"<p>{FILLER}So {'on and ' * 30}on: a zebra in it.</p>": "\u2026 a zebra in it.",
        f"<p>{FILLER}So {'on and ' * 30}on? Zebras say so.</p>": "Zebras say so.",
        f"<ul><li>{FILLER}</li><li>small zebra</li></ul>": "small zebra",
    }

    def job(at: Visit) -> None:
        at.go("")
        assert at.page.evaluate(EXCERPTS, list(texts)) == sorted(texts.values())

    visit(chromium, served, job)


def test_the_questions_ask_for_what_there_is(site: Path) -> None:
    index = json.loads(index_of(site, "mkdocs").read_text(encoding="utf-8"))
    there = {entry["location"] for entry in index["docs"]}
    assert len(MUST) >= 200
    assert len(MAY) == 40
    assert [one for _, wanted in MUST + MAY for one in wanted if one not in there] == []


def test_a_section_must_be_among_the_first_three() -> None:
    links = ["a/", "a/#one", "b/#two", "c/#three"]
    assert is_found(["a/#one"], links)
    assert is_found(["b/"], links)
    assert is_found(["x/", "b/"], links)
    assert not is_found(["b/#one"], links)
    assert not is_found(["c/", "c/#three"], links)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_question_is_asked_and_answered_by_keyboard(
    builder: website.Builder, build: Build, chromium: Chromium
) -> None:
    def job(at: Visit) -> None:
        keyboard = at.page.keyboard
        at.go()
        if late := [name for name in at.fetched if "search/" in name or name.endswith(".json")]:
            at.complaints.append(f"fetched before anybody searches: {late}")
        keyboard.press("/")
        keyboard.type("why ports exist", delay=0)  # its field is not there yet
        answers = at.page.locator(".sk-search-list a")
        at.page.wait_for_function("document.querySelector('.sk-search-count')?.textContent.includes('best first')")
        field = at.page.get_by_role("searchbox", name="Search")
        at.page.wait_for_function("field => field.value === 'why ports exist'", arg=field.element_handle())
        marked = at.page.locator(".sk-search-list mark").count()
        keyboard.press("ArrowDown")
        first = at.page.evaluate("document.activeElement.textContent")
        keyboard.press("ArrowUp")
        keyboard.press("Escape")
        closed = answers.first.is_hidden()
        keyboard.press("Control+k")
        keyboard.press("Enter")
        at.page.wait_for_url("**/ports/why-ports-exist/**")
        if not (marked and "Ports" in first and "Why ports exist" in first and closed):
            at.complaints.append(f"{marked} words marked; the first answer is {first!r}; closed by Escape: {closed}")

    with website.serve(build(builder).site) as home:
        visit(chromium, home, job)


FORM = """() => document.querySelector("main").insertAdjacentHTML("afterbegin",
    "<form class=sk-ask action=sockets/errors/><input value='[Errno 98]'><button>Ask</button></form>")"""


def test_a_field_on_a_page_hands_its_text_to_the_search_on_a_phone_too(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        at.page.evaluate(FORM)
        at.page.get_by_role("button", name="Ask").click()
        answer = at.page.locator(".sk-search-list a").nth(FIRST - 1)
        answer.wait_for()
        box = answer.bounding_box()
        if not box or box["y"] + box["height"] > HEIGHT:
            at.complaints.append(f"the third answer stands at {box}")
        if at.page.evaluate("document.querySelector('.sk-search').scrollWidth > innerWidth"):
            at.complaints.append("the answers are wider than the phone")
        if at.page.locator(".sk-search [type=search]").input_value() != "[Errno 98]":
            at.complaints.append("the field of the search has not what was asked")
        bring_axe(at)
        at.page.evaluate("window.controls = {}")
        at.complaints += at.page.evaluate(RUN_AXE, [".sk-search", []])
        at.page.get_by_role("button", name="Close").click()

    visit(chromium, served, job, width=320, height=HEIGHT)


def test_a_page_from_a_folder_says_what_search_needs(chromium: Chromium, site: Path) -> None:
    def job(browser: Browser) -> str:
        with browser.new_context() as context:
            page = context.new_page()
            page.goto((site / "index.html").as_uri())
            page.keyboard.press("/")
            said = page.locator(".sk-search-count", has_text="folder")
            said.wait_for()
            return said.inner_text()

    assert "python3 -m http.server" in chromium.run(job)


def test_the_index_is_light_and_alike_with_both_builders(build: Build) -> None:
    mkdocs, zensical = (index_of(build(builder).site, builder).read_bytes() for builder in ("mkdocs", "zensical"))
    assert len(gzip.compress(mkdocs)) + len(gzip.compress(ASKED.read_bytes())) < KILOBYTES * 1000
    entries: list[list[dict[str, Any]]] = [json.loads(mkdocs)["docs"], json.loads(zensical)["items"]]
    ours, theirs = ({entry["location"]: entry.get("tags", []) for entry in one} for one in entries)
    assert ours == theirs


def spilt(html: str) -> list[str]:
    """Return what is left out of the index and holds an element of its own kind, at whose end the builder goes on."""
    left_out = lxml.html.document_fromstring(html).xpath("//*[@data-search-exclude]")
    return [f"{one.tag}.{one.get('class')}" for one in left_out if next(one.iterdescendants(one.tag), None) is not None]


def test_what_is_left_out_of_the_index_is_left_out_to_its_end(site: Path) -> None:
    found = {page.source: spilt((site / page.file).read_text(encoding="utf-8")) for page in website.pages()}
    assert {source: names for source, names in found.items() if names} == {}
    assert spilt("<main><div data-search-exclude><p></p><div></div> found</div></main>") == ["div.None"]


def test_the_ways_to_other_pages_are_no_words_of_a_page(site: Path) -> None:
    entries = json.loads(index_of(site, "mkdocs").read_text(encoding="utf-8"))["docs"]
    ways = [entry["location"] for entry in entries if "<p>Next: " in entry["text"] or "<p>Deeper</p>" in entry["text"]]
    assert entries
    assert ways == []


def test_the_library_is_as_published_and_its_licence_lies_beside_it() -> None:
    folder = website.ROOT / "docs" / "assets" / "search"
    assert hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest() == MINISEARCH
    assert "Luca Ongaro" in (folder / "minisearch-license.txt").read_text(encoding="utf-8")
