"""Every page in a real browser: wide and narrow, light and dark, by keyboard, without scripts."""

from __future__ import annotations

import gzip
import random
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit

import bs4
import pytest

from support import website
from support.visits import HEIGHT, Visit, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from support.browser import Chromium

PAGES = website.pages()
CATALOGUE = [page for page in PAGES if page.source.startswith("hardware/connectors/")]
"""The pages of single connectors, all of one make: a few of them stand for all, and the others must fit the window."""

STAND_INS = ("usb-c", "vga", "ps2", "toslink", "pcie-x16")
"""Two rows of contacts, three, a circle of them, a shape without a size, and a drawing without contacts."""

CHOSEN = [page for page in PAGES if page not in CATALOGUE or page.source.split("/")[-1][:-3] in STAND_INS]
WIDTHS = (320, 390, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
THEME_SCHEMES = {"light": "default", "dark": "slate"}
FIRST_VISIT_BYTES = 80_000

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async ([context, options]) => {
    const chosen = controls[context]?.() ?? context;
    if (!chosen.length) return [];
    const { violations } = await axe.run(chosen, {
        preload: false, resultTypes: ["violations"], ...options });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any }) => `axe ${id}: ${help}: ${target.join(" ")} ${any.map(({ message }) => message)}`));
}"""
NO_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
ALL_BUT_COLOURS = ["html", NO_COLOURS]
ARTICLE = ["main article", NO_COLOURS]
NARROW = ["narrow", NO_COLOURS]
COLOURS = ["looks", {"runOnly": ["color-contrast"]}]
DRAWN_COLOURS = ["drawn", {"runOnly": ["color-contrast"]}]
"""Judging the contrast of each of a thousand words of code takes axe seconds, so it is given one of each look."""

SETTLED = """async scheme => {
    const frame = () => new Promise(requestAnimationFrame)
    for (let frames = 0; document.body.dataset.mdColorScheme !== scheme && frames < 300; frames++) await frame()
    await frame(), await frame()
}"""
"""Resolves when the theme shows the scheme and what observes sizes has been told of them."""

SCRIPT = (website.ROOT / "tests" / "support" / "controls.js").read_text(encoding="utf-8")
"""Defines `controls`, what the checks here ask of a page about its controls."""


def examine(at: Visit, sample: bool = True) -> None:
    """Look at the open page in its narrowest and widest layout, light and dark, and see that it fits between them.

    Only colours depend on the scheme. The narrow layout is walked through by keyboard where it shows other controls
    than the wide one; those around the article are the same on every page, and walked through on the home page.

    Args:
        at: The open page.
        sample: Whether it stands for its like. A page that does not has no kind of element that another has not: its
            article is looked at for what is its own, its words and its drawings; the rest, others show.
    """
    at.page.evaluate(AXE)
    at.page.evaluate(SCRIPT)
    scope = "body" if at.page.url == at.home else "main article"
    walked = ""
    for width in reversed(WIDTHS):
        at.page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in SCHEMES if width in (WIDTHS[0], WIDTHS[-1]) else ():
            runs = _runs(width, scheme, sample)
            if runs:
                at.page.emulate_media(color_scheme=scheme)
                at.page.evaluate(SETTLED, THEME_SCHEMES[scheme])
            found = [complaint for run in runs for complaint in at.page.evaluate(RUN_AXE, run)]
            at.complaints += [f"{width} px, {scheme}: {complaint}" for complaint in found]
        at.complaints += misfits(at.page, width)
        present = at.page.evaluate("scope => controls.present(scope)", scope) if sample else walked
        if present != walked:
            walked = present
            at.complaints += [f"{width} px: {complaint}" for complaint in by_keyboard(at.page)]
    # Last, because from then on the browser keeps its tree of names up to date, which is slow and has crashed it.
    at.page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    at.complaints += nameless(at.page)


def _runs(width: int, scheme: str, sample: bool) -> list[list[Any]]:
    """Return what axe is to look for: names once for each width, colours in each scheme."""
    wide = width == WIDTHS[-1]
    whole = ALL_BUT_COLOURS if sample else ARTICLE
    names = [whole if wide else NARROW] if scheme == "light" else []
    return names + ([COLOURS] if sample else [DRAWN_COLOURS] if wide else [])


def misfits(page: Page, width: int) -> list[str]:
    """Say what is wider than the window, or cut off at the edge of a drawing."""
    found = page.evaluate("[...controls.sideways(), ...controls.cut()]")
    return [f"{width} px: {complaint}" for complaint in found]


def examine_without_scripts(at: Visit) -> None:
    """Look whether the open page can be read, and whether each of its controls does something."""
    at.page.evaluate(SCRIPT)
    for width in (390, 1280):
        at.page.set_viewport_size({"width": width, "height": HEIGHT})
        found = at.page.evaluate("[...controls.unreadable(), ...controls.idle()]")
        at.complaints += [f"{width} px, no scripts: {complaint}" for complaint in found]


def by_keyboard(page: Page) -> list[str]:
    """Press Tab before the first, second and last control of each kind, and say which of them that does not reach."""
    session = page.context.new_cdp_session(page)
    tab = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    complaints: list[str] = []
    for number in page.evaluate("controls.stops()"):
        page.evaluate("number => controls.before(number)", number)
        for presses in range(1, 6):
            session.send("Input.dispatchKeyEvent", tab)
            found = page.evaluate("([number, again]) => controls.after(number, again)", [number, presses < 5])
            if found is not None:
                complaints += found
                break
    session.detach()
    return complaints


def nameless(page: Page) -> list[str]:
    """Say which things that the keyboard can stop at have no name to be read out."""
    session = page.context.new_cdp_session(page)
    complaints = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        properties = {item["name"]: item["value"].get("value") for item in node.get("properties", [])}
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        # A long line of code scrolls: it is a stop, but no control.
        if properties.get("focusable") and role not in {"RootWebArea", "code"} and not name.strip():
            element = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
            complaints.append(f"{role} without a name: <{element['localName']} {element.get('attributes')}>")
    session.detach()
    return complaints


@pytest.fixture(scope="session")
def sample(site: Path) -> frozenset[str]:
    """Give the pages that have among them every kind of element of the site's articles."""
    return frozenset(cover({page.source: kinds((site / page.file).read_bytes()) for page in CHOSEN}))


def kinds(html: bytes) -> frozenset[str]:
    """Return the kinds of elements of an article: each by its name, its role and its first class. Code is one kind."""
    article = bs4.BeautifulSoup(html, "lxml").select_one("article")
    assert article
    for token in article.select("code span"):
        token.unwrap()

    def kind(element: bs4.Tag) -> str:
        first = next(iter(element.get_attribute_list("class")), None)
        return f"{element.name} {element.get('role', '')} {first or ''}".rstrip()

    return frozenset(map(kind, article.find_all(True)))


def cover(pages: dict[str, frozenset[str]]) -> list[str]:
    """Choose few pages that have among them all that any page has: each time the one that adds the most."""
    left = frozenset().union(*pages.values())
    chosen = []
    while left:
        best = max(sorted(pages), key=lambda page: len(pages[page] & left))
        chosen.append(best)
        left -= pages[best]
    return chosen


def test_pages_are_chosen_until_nothing_is_left_out() -> None:
    pages = {"a": "xy", "b": "x", "c": "yz", "d": "z", "e": ""}
    assert cover({page: frozenset(has) for page, has in pages.items()}) == ["a", "c"]
    page = b"<article><p class='a b'>1<b role='note'>2</b><code><span class='k'>3</span></code></p></article><hr>"
    assert kinds(page) == {"p  a", "b note", "code"}


@pytest.mark.parametrize("page", CHOSEN, ids=lambda page: page.source)
def test_page(page: website.Page, chromium: Chromium, served: str, site: Path, sample: frozenset[str]) -> None:
    def job(at: Visit) -> None:
        at.go(page.url)
        at.complaints += heavy(at.requests, site)
        examine(at, sample=page.source in sample or not page.url)

    visit(chromium, served, job)


@pytest.mark.parametrize("first", range(4))
def test_pages_of_connectors_fit_the_window(first: int, chromium: Chromium, served: str, site: Path) -> None:
    def job(at: Visit) -> None:
        for page in CATALOGUE[first::4]:
            at.requests.clear()
            at.go(page.url)
            at.page.evaluate(SCRIPT)
            found = heavy(at.requests, site)
            for width in WIDTHS:
                at.page.set_viewport_size({"width": width, "height": HEIGHT})
                found += misfits(at.page, width)
            at.complaints += [f"{page.source}: {complaint}" for complaint in found]

    visit(chromium, served, job)


@pytest.mark.parametrize("first", range(4))
def test_the_pages_that_stand_for_all_need_no_scripts(
    first: int, chromium: Chromium, served: str, sample: frozenset[str]
) -> None:
    pages = [page for page in CHOSEN if page.source in sample]
    assert len(pages) > 4

    def job(at: Visit) -> None:
        for page in pages[first::4]:
            before = len(at.complaints)
            at.go(page.url)
            examine_without_scripts(at)
            at.complaints[before:] = [f"{page.source}: {complaint}" for complaint in at.complaints[before:]]

    visit(chromium, served, job, java_script_enabled=False)


def heavy(urls: list[str], site: Path) -> list[str]:
    """Say so if a first visit takes more than it may."""
    paths = {unquote(urlsplit(url).path).lstrip("/") for url in urls}
    sizes = {path: transferred(site / path) for path in sorted(paths)}
    total = sum(sizes.values())
    if total <= FIRST_VISIT_BYTES:
        return []
    return [f"a first visit takes {total} bytes, more than {FIRST_VISIT_BYTES}: {sizes}"]


def transferred(file: Path) -> int:
    """Return how many bytes of a file a server sends that compresses as GitHub Pages does."""
    content = (file / "index.html" if file.is_dir() else file).read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


@pytest.mark.parametrize("width", WIDTHS)
def test_search_finds_a_page(width: int, chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("")
        if width < 960:  # where the theme folds the field into a button
            at.page.get_by_role("button", name="Search").press("Space")
        at.page.get_by_role("textbox", name="Search").press_sequentially("why ports exist")
        at.page.locator(".md-search-result__link", has_text="why ports exist").first.click()
        at.page.wait_for_url("**/ports/why-ports-exist/**")

    visit(chromium, served, job, viewport={"width": width, "height": HEIGHT})


def test_the_reader_chooses_the_colours(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("")
        body, seen = at.page.locator("body"), []
        for _ in range(3):
            at.page.locator("[data-md-component=palette] label:visible").click()
            seen.append(body.get_attribute("data-md-color-scheme"))
        if seen != ["default", "slate", "default"]:
            at.complaints.append(f"the colours were {seen}, not light, dark, the system's")

    visit(chromium, served, job, color_scheme="light")


def test_the_menu_opens_by_keyboard(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("")
        link = at.page.locator(".md-sidebar--primary").get_by_role("link", name="Contributing")
        if link.is_visible():
            at.complaints.append("the menu is open before it is asked for")
        at.page.get_by_role("button", name="Menu").press("Space")
        link.press("Enter")
        at.page.wait_for_url("**/contributing/")

    visit(chromium, served, job, viewport={"width": 390, "height": HEIGHT})


GOOD_PAGE = """<!doctype html>
<html lang="en">
<title>Test</title>
<style>
    body { background: white; color: black }
    body[data-md-color-scheme=slate] { background: black; color: white }
</style>
<link rel="icon" href="data:,">
<body>
<script>
    const dark = matchMedia("(prefers-color-scheme: dark)")
    const show = () => { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default" }
    dark.addEventListener("change", show)
    show()
</script>
<main><article><h1>Test</h1><p>%s</p>FAULT</article></main>
""" % ("Words that can be read. " * 10)


FAULTS = {
    '<button id="empty"></button>': ["axe button-name", "button without a name: <button ['id', 'empty']>"],
    '<p style="color: #ccc" id="pale">pale</p>': [
        "320 px, light: axe color-contrast",
        "1280 px, light: axe color-contrast",
    ],
    "<style>[data-md-color-scheme=slate] p { color: #444 }</style>": ["320 px, dark: axe color-contrast"],
    '<div style="width: 1000px">wide</div>': ["320 px: scrolls sideways", "390 px: scrolls sideways"],
    '<figure><svg viewBox="0 0 80 20" width="80"><text x="70" y="14">over</text></svg></figure>': [
        '390 px: cut off at the edge of a drawing: "over"'
    ],
    "<style>@media (width > 400px) { #narrow { display: none } }</style><button id=narrow tabindex=-1>N</button>": [
        '390 px: not reached by Tab: <button#narrow > "N"'
    ],
    '<button tabindex="-1">Passed</button>': ['not reached by Tab: <button > "Passed"'],
    '<button onkeydown="event.preventDefault()">Trap</button> <a href="#y">Out</a>': [
        'not reached by Tab: <a #y> "Out"'
    ],
    '<a href="#x" style="position: absolute; left: -99px">Off</a>': ['reached by Tab but not in sight: <a #x> "Off"'],
    "<script>console.log('here')</script>": ["console log: here"],
    "<script>throw Error('no')</script>": ["script error: no"],
    '<img alt="" src="http://localhost:1/x.png">': ["request to another origin: http://localhost:1/x.png"],
    '<img alt="" src="gone.png">': ["console error: Failed to load resource"],
    '<script src="heavy.js"></script>': ["a first visit takes"],
}
FAULTS_WITHOUT_SCRIPTS = {
    "<button>Go</button>": ['does nothing: <button > "Go"'],
    '<input aria-label="Name">': ['does nothing: <input > "Name"'],
    "<p hidden>secret</p>": ['not readable: <p > "secret"'],
}
NO_FAULTS_WITHOUT_SCRIPTS = """<details><summary>More</summary><p>text</p></details>
<label><input type="checkbox"> Show</label><style>:not(:has(:checked)) > b { display: none }</style><b>shown</b>"""


def found(content: str, chromium: Chromium, folder: Path, check: Callable[[Visit], None], **options: Any) -> str:
    """Return what a check complains of on a page with this content."""
    (folder / "index.html").write_text(GOOD_PAGE.replace("FAULT", content), encoding="utf-8")
    (folder / "heavy.js").write_text(f"/* {random.Random(1).randbytes(120_000).hex()} */", encoding="utf-8")

    def job(at: Visit) -> None:
        at.go("")
        present = [url for url in at.requests if url.startswith(at.home) and "gone" not in url]
        at.complaints += heavy(present, folder)
        check(at)

    with website.serve(folder) as home:
        try:
            visit(chromium, home, job, **options)
        except AssertionError as complaints:
            return str(complaints)
    return ""


def test_a_page_without_faults_passes(chromium: Chromium, tmp_path: Path) -> None:
    assert not found("", chromium, tmp_path, examine)
    without = {"java_script_enabled": False}
    assert not found(NO_FAULTS_WITHOUT_SCRIPTS, chromium, tmp_path, examine_without_scripts, **without)


def test_each_fault_of_a_page_is_found(chromium: Chromium, tmp_path: Path) -> None:
    complaints = found("\n".join(FAULTS), chromium, tmp_path, examine)
    missing = [words for expected in FAULTS.values() for words in expected if words not in complaints]
    assert not missing, complaints


def test_each_need_of_scripts_is_found(chromium: Chromium, tmp_path: Path) -> None:
    page = "\n".join(FAULTS_WITHOUT_SCRIPTS)
    complaints = found(page, chromium, tmp_path, examine_without_scripts, java_script_enabled=False)
    missing = [words for expected in FAULTS_WITHOUT_SCRIPTS.values() for words in expected if words not in complaints]
    assert not missing, complaints
