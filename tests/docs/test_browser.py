"""Every page in a real browser: wide and narrow, light and dark, by keyboard, without scripts."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from support import website
from support.examination import (
    LOW,
    SCRIPT,
    WIDTHS,
    bring_axe,
    examine,
    examine_whole,
    examine_without_scripts,
    kinds,
    stand_ins,
)
from support.visits import Visit, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.browser import Chromium

PAGES = website.pages()


@pytest.fixture(scope="session")
def few(site: Path) -> list[website.Page]:
    """Give the pages that have among them every kind of element of the site's articles, the home page first."""
    chosen = stand_ins(site, PAGES)
    assert len(chosen) > PARTS
    return chosen


def test_what_pages_consist_of_is_told() -> None:
    page = b"<article><p class='a b'>1<b role='note'>2</b><code><span class='k'>3</span></code></p></article><hr>"
    assert kinds(page) == {"p  a", "b note", "code"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.source)
def test_page(page: website.Page, chromium: Chromium, served: str, site: Path) -> None:
    def job(at: Visit) -> None:
        at.go(page.url)
        examine(at, site)

    visit(chromium, served, job, height=LOW)


PARTS = 2
"""Of the pages that stand for all, which are looked at for as long as ten others. In each, a kind of control is walked
to once."""


@pytest.mark.parametrize("first", range(PARTS))
def test_the_pages_that_stand_for_all_are_whole(
    first: int, chromium: Chromium, served: str, few: list[website.Page]
) -> None:
    known: dict[int, set[str]] = {}

    def job(at: Visit) -> None:
        for page in few[first::PARTS]:
            before = len(at.complaints)
            at.go(page.url)
            examine_whole(at, known)
            at.complaints[before:] = [f"{page.source}: {complaint}" for complaint in at.complaints[before:]]

    visit(chromium, served, job)


@pytest.mark.parametrize("first", range(PARTS))
def test_the_pages_that_stand_for_all_need_no_scripts(
    first: int, chromium: Chromium, served: str, few: list[website.Page]
) -> None:
    def job(at: Visit) -> None:
        for page in few[first::PARTS]:
            before = len(at.complaints)
            at.go(page.url)
            examine_without_scripts(at)
            at.complaints[before:] = [f"{page.source}: {complaint}" for complaint in at.complaints[before:]]

    visit(chromium, served, job, scripts=False)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_opens_on_a_phone(scripts: bool, chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        link = at.page.get_by_role("navigation", name="Site").get_by_role("link", name="Contents")
        if link.is_visible():
            at.complaints.append("the menu is open before it is asked for")
        at.page.get_by_role("button", name="Menu").press("Space")
        link.press("Enter")
        at.page.wait_for_url("**/contents/")

    visit(chromium, served, job, width=390, scripts=scripts)


GOOD_PAGE = """<!doctype html>
<html lang="en">
<title>Test</title>
<style>
    body { background: white; color: black }
    [data-scheme=dark] body { background: black; color: white }
</style>
<link rel="icon" href="data:,">
<body>
<main><article><h1>Test</h1><p>%s</p>FAULT</article></main>
""" % ("Words that can be read. " * 10)


FAULTS = {
    '<button id="empty"></button>': ["control without a name: <button#empty"],
    "<h3>Deep</h3>": ['level left out: <h3 > "Deep"'],
    '<p id="same">one</p><p id="same">other</p>': ["two of one id: #same"],
    '<div tabindex="0" id="box">a long line</div>': ["control without a name: <div#box"],
    '<ul style="line-height: 20px"><li><a href="#a">A</a></li><li><a href="#b">B</a></li></ul>': [
        'too near the link above it: <a #b> "B"'
    ],
    '<p style="color: #ccc">pale</p>': ['light: contrast 1.61, less than 4.5: <p> "pale"'],
    "<style>[data-scheme=dark] i { color: #444 }</style><i>dim</i>": ['dark: contrast 2.16, less than 4.5: <i> "dim"'],
    '<div style="width: 1000px">wide</div>': ["320 px: scrolls sideways", "390 px: scrolls sideways"],
    '<figure><svg viewBox="0 0 80 20" width="80"><text x="70" y="14">over</text></svg></figure>': [
        '390 px: cut off at the edge of a drawing: "over"'
    ],
    '<h2 style="position: sticky; top: 0">Which?</h2><p>This one.</p>': ["390 px: stays over what follows it: <h2"],
    """<div style="display: grid; grid-template-columns: 1fr 1fr"><h2 style="position: sticky; top: 0">Beside?</h2>
    <p>Here.</p><div style="display: contents"><p style="grid-column: 1 / 3">Below it.</p></div></div>""": [
        '390 px: stays over what follows it: <h2 > "Beside?"'
    ],
    "<script>console.log('here')</script>": ["console log: here"],
    "<script>throw Error('no')</script>": ["script error: no"],
    '<img alt="" src="http://localhost:1/x.png">': ["request to another origin: http://localhost:1/x.png"],
    '<img alt="" src="gone.png">': ["console error: Failed to load resource"],
    '<script src="heavy.js"></script>': ["a first visit takes"],
}
FAULTS_OF_KINDS = {
    '<img src="data:,">': ["axe image-alt"],
    '<button id="empty"></button>': ["axe button-name", "button without a name: <button ['id', 'empty']>"],
    "<style>@media (width < 321px) { b { color: #ccc } }</style><b>pale</b>": ["320 px: light: contrast 1.61"],
    "<style>@media (width > 400px) { #narrow { display: none } }</style><button id=narrow tabindex=-1>N</button>": [
        '390 px: not reached by Tab: <button#narrow > "N"'
    ],
    '<button tabindex="-1">Passed</button>': ['not reached by Tab: <button > "Passed"'],
    '<button onkeydown="event.preventDefault()">Trap</button> <a href="#y">Out</a>': [
        'not reached by Tab: <a #y> "Out"'
    ],
    '<a href="#x" style="position: absolute; left: -99px">Off</a>': ['reached by Tab but not in sight: <a #x> "Off"'],
    '<a href="#u">Under</a><p style="position: relative; margin: -40px 0 0; height: 60px; background: inherit"></p>': [
        'reached by Tab but covered or cut off: <a #u> "Under"'
    ],
    '<div><a href="#1" style="float: left">1</a><a href="#2" style="float: left">2</a></div>': ["axe target-size"],
    '<p>Some <a href="#z" style="color: #111; text-decoration: none">link</a> in words</p>': ["axe link-in-text-block"],
}
FAULTS_WITHOUT_SCRIPTS = {
    "<button>Go</button>": ['does nothing: <button > "Go"'],
    '<input aria-label="Name">': ['does nothing: <input > "Name"'],
    "<p hidden>secret</p>": ['not readable: <p > "secret"'],
}
NO_FAULTS_WITHOUT_SCRIPTS = """<details><summary>More</summary><p>text</p></details>
<label><input type="checkbox"> Show</label><style>:not(:has(:checked)) > b { display: none }</style><b>shown</b>"""


def found(
    content: str, chromium: Chromium, folder: Path, check: Callable[[Visit], None], *, scripts: bool = True
) -> str:
    """Return what a check complains of on a page with this content."""
    (folder / "index.html").write_text(GOOD_PAGE.replace("FAULT", content), encoding="utf-8")
    (folder / "heavy.js").write_text(f"/* {random.Random(1).randbytes(120_000).hex()} */", encoding="utf-8")

    def job(at: Visit) -> None:
        at.go()
        check(at)

    with website.serve(folder) as home:
        try:
            visit(chromium, home, job, scripts=scripts)
        except AssertionError as complaints:
            return str(complaints)
    return ""


def missing(faults: dict[str, list[str]], complaints: str) -> list[str]:
    return [words for expected in faults.values() for words in expected if words not in complaints]


def test_a_page_without_faults_passes(chromium: Chromium, tmp_path: Path) -> None:
    assert not found("", chromium, tmp_path, lambda at: examine(at, tmp_path))
    assert not found("", chromium, tmp_path, examine_whole)
    assert not found(NO_FAULTS_WITHOUT_SCRIPTS, chromium, tmp_path, examine_without_scripts, scripts=False)


def test_each_fault_of_a_page_is_found(chromium: Chromium, tmp_path: Path) -> None:
    complaints = found("\n".join(FAULTS), chromium, tmp_path, lambda at: examine(at, tmp_path))
    assert not missing(FAULTS, complaints), complaints


def test_each_fault_of_a_kind_of_element_is_found(chromium: Chromium, tmp_path: Path) -> None:
    complaints = found("\n".join(FAULTS_OF_KINDS), chromium, tmp_path, examine_whole)
    assert not missing(FAULTS_OF_KINDS, complaints), complaints


def test_a_kind_of_control_is_walked_to_once(chromium: Chromium, tmp_path: Path) -> None:
    fault = '<button tabindex="-1">Passed</button>'
    known: dict[int, set[str]] = {}
    assert "not reached" in found(fault, chromium, tmp_path, lambda at: examine_whole(at, known))
    assert not found(fault, chromium, tmp_path, lambda at: examine_whole(at, known))
    assert "not reached" in found(fault + f"<p>{fault}", chromium, tmp_path, lambda at: examine_whole(at, known))


ALIKE = """<ul><li>1<li>2<li>3<li>4 <img src="data:,"><li>5 <img src="data:,"><li id="six">6<li>7<li>8</ul>
<p aria-labelledby="six">six</p>"""


def test_of_like_neighbours_few_are_left_but_every_kind(chromium: Chromium, tmp_path: Path) -> None:
    left: list[str] = []

    def job(at: Visit) -> None:
        at.page.evaluate(f"{SCRIPT}; controls.thin()")
        left.extend(at.page.locator("li").all_text_contents())

    assert not found(ALIKE, chromium, tmp_path, job)
    assert [one.strip() for one in left] == ["1", "2", "4", "6", "8"]
    assert "axe image-alt" in found(ALIKE, chromium, tmp_path, examine_whole)


FOLDED = """<style>@media (width > 400px) { .wide::details-content { content-visibility: visible } }</style>
<details><summary>1</summary><b><em>nobody</em><i id="named">meets it</i></b></details>
<p aria-labelledby="named">2</p><details class="wide"><summary>3</summary><button></button></details>"""


def test_of_what_is_folded_at_each_width_only_names_are_left(chromium: Chromium, tmp_path: Path) -> None:
    left: list[str] = []

    def job(at: Visit) -> None:
        at.page.evaluate(SCRIPT)
        for width in WIDTHS:
            at.resize(width)
            at.page.evaluate("controls.present()")
        at.page.evaluate("controls.thin()")
        left.extend(at.page.locator("details > :not(summary)").all_text_contents())

    assert not found(FOLDED, chromium, tmp_path, job)
    assert left == ["meets it", ""]
    complaints = found(FOLDED, chromium, tmp_path, examine_whole)
    assert "button without a name" in complaints
    assert "axe" not in complaints, "axe passes over what is in a closed <details>, be it shown"


def test_each_need_of_scripts_is_found(chromium: Chromium, tmp_path: Path) -> None:
    page = "\n".join(FAULTS_WITHOUT_SCRIPTS)
    complaints = found(page, chromium, tmp_path, examine_without_scripts, scripts=False)
    assert not missing(FAULTS_WITHOUT_SCRIPTS, complaints), complaints


# -- contrast ----------------------------------------------------------------------------------------------------------

PAIRS = """
<p style="color: #777">A1</p><p style="color: #767676">A2</p><p style="color: #777; font-size: 24px">A3</p>
<p style="color: #777; font-size: 19px; font-weight: 700">A4</p><p style="color: #787878; font-size: 19px">A5</p>
<p style="color: #fff; background: #777">B1</p><p style="color: #fff; background: #666">B2</p>
<div style="background: #222"><p style="color: #999">C1</p><p style="color: #777">C2</p></div>
<p style="color: rgb(0 0 0 / 55%)">D1</p><p style="color: rgb(0 0 0 / 50%)">D2</p>
<div style="background: rgb(0 0 0 / 50%)"><p style="color: #000">E1</p><p style="color: #333">E2</p></div>
<div style="opacity: .6"><p style="color: #000">F1</p><p style="color: #444">F2</p></div>
<div style="background: #ddd; opacity: .5"><p style="opacity: .9">G1</p><p style="opacity: .4">G2</p></div>
<p style="color: color-mix(in srgb, black 54%, white)">H1</p>
<p style="color: color-mix(in srgb, black 40%, white)">H2</p>
<p>I1 <span style="color: #9a9a9a">I2</span></p><button disabled style="color: #bbb">J1</button>
<p style="color: #ccc" hidden>K1</p><p style="color: #ccc; visibility: hidden">K2</p>
<pre><code><span class="x" style="color: #999">L1</span><span class="y">L2</span></code></pre>
<details open><summary>M1</summary><p style="color: #888">M2</p></details>
<details><summary>N1</summary><p style="color: #ccc">N2</p></details>
"""
"""What axe can judge. Every text has its own look."""


def test_contrast_is_judged_as_axe_does(chromium: Chromium, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(GOOD_PAGE.replace("FAULT", PAIRS), encoding="utf-8")

    def job(at: Visit) -> None:
        at.go()
        at.page.evaluate(SCRIPT)
        bring_axe(at)
        axe = """async () => (await axe.run({ runOnly: ["color-contrast"] })).violations
            .flatMap(({ nodes }) => nodes).map(({ target }) => document.querySelector(target).textContent)"""
        expected = at.page.evaluate(axe)
        assert len(expected) > 8
        judged = [one for one in at.page.evaluate("contrast.pale()") if one.startswith("light")]
        assert [one.split('"')[1] for one in judged] == expected

    with website.serve(tmp_path) as home:
        visit(chromium, home, job)


UNKNOWN_TO_AXE = """
<style>
    #before::before { content: "A"; color: #aaa }
    #after::after { content: "B"; color: #555; background: #666 }
    #empty::before { content: ""; color: #aaa }
    #field::placeholder { color: #bbb; opacity: 1 }
    [data-scheme=dark] .ink { fill: #ddd }
    .shown::details-content { content-visibility: visible; block-size: auto }
</style>
<details class="shown"><summary>closed</summary><p style="color: #ccc; background: #fff">shown</p></details>
<p id="before">before</p> <p id="after">after</p> <p id="empty">empty</p>
<input id="field" placeholder="hint" aria-label="x" style="background: white"> <input value="typed" aria-label="y"
    style="color: #999; background: white">
<p style="background: linear-gradient(#fff, #333); color: #000">gradient</p>
<figure><svg width="600" height="60" style="background: #fff">
    <g opacity=".9"><rect width="100" height="60" fill="#333"/></g>
    <text x="10" y="30" fill="#444">on dark</text><text x="120" y="30" fill="#444">on white</text>
    <text x="85" y="50" fill="#454545">half on dark</text>
    <text x="230" y="30" fill="#000" fill-opacity=".3">faint</text>
    <text x="300" y="30" fill="#fff">white</text><rect x="290" width="100" height="60" fill="#000"/>
    <circle cx="430" cy="30" r="29" fill="#000"/><text x="420" y="30" fill="#fff">in</text>
    <text class="ink" x="500" y="30">ink</text>
</svg></figure>
"""
IN_BOTH = ["shown", "B", "hint", "typed", "gradient", "on dark", "half on dark", "faint", "white"]
PALE = {"light": ["shown", "A", *IN_BOTH[1:]], "dark": [*IN_BOTH, "ink"]}


def test_contrast_is_judged_where_axe_cannot(chromium: Chromium, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(GOOD_PAGE.replace("FAULT", UNKNOWN_TO_AXE), encoding="utf-8")

    def job(at: Visit) -> None:
        at.go()
        at.page.evaluate(SCRIPT)
        found = at.page.evaluate("contrast.pale()")
        judged = [(one.split(":")[0], one.partition('"')[2].strip('"')) for one in found]
        assert judged == [(scheme, text) for scheme, texts in PALE.items() for text in texts]
        assert at.page.evaluate("contrast.pale()") == found, "the page is in its own colours again"

    with website.serve(tmp_path) as home:
        visit(chromium, home, job)
