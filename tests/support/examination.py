"""What is asked of a page that is open in a browser. Each answer is a list of complaints, empty if all is well."""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import lxml.html

from support import website
from support.cover import cover

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from support.visits import Visit

WIDTHS = (1280, 390, 320)
LOW = 120
"""The height of the window, in pixels, where it does not matter, for the browser to paint less."""

FIRST_VISIT_BYTES = 80_000

RUN_AXE = """async ([context, off]) => {
    const chosen = controls[context]?.() ?? context;
    const rules = Object.fromEntries(off.map(rule => [rule, { enabled: false }]));
    rules["target-size"] = { enabled: true }; // axe itself leaves it out
    const { violations } = await axe.run(chosen, { preload: false, resultTypes: ["violations"], rules });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any }) => `axe ${id}: ${help}: ${target.join(" ")} ${any.map(({ message }) => message)}`));
}"""
SETTLED = """new Promise((settled) => {
    scrollTo(0, 0);
    requestAnimationFrame(() => requestAnimationFrame(settled));
})"""
"""Waits at the head of the page until its own scripts have seen where that is and how large the window. What they show
or hide then is a control or is none: the way back to the top, for one, is there only for who has left it, and what is
wider than the window is a stop of the keyboard."""

MISFITS = "...controls.sideways(), ...controls.cut(), ...controls.over()"
"""What is wider than the window, cut off at the edge of a drawing or covered by a heading; asked at each width."""
OWN = "...controls.nameless(), ...controls.disordered(), ...controls.crowded(), ...contrast.pale()"
"""What is asked once. Contrast last: the page is laid out for the next width before it shows its own colours again."""

CONTRAST = "color-contrast"
"""The rule of axe that `contrast.js` stands for; it goes over each of a thousand words of code, for seconds."""

HIDDEN = "hidden-content"
"""The rule of axe that asks people to look at what is hidden, and finds nothing by itself."""

SCRIPT = "\n".join(
    (website.ROOT / "tests" / "support" / name).read_text(encoding="utf-8") for name in ("controls.js", "contrast.js")
)
"""Defines `controls` and `contrast`."""


def examine(at: Visit, site: Path) -> None:
    """Look at the open page for what is its own: its weight, its words, its drawings, its names, its place on screens.

    What axe asks is about kinds of elements, and takes longer than all of this; the pages that stand for all are asked.

    Args:
        at: The open page.
        site: The folder of the site.
    """
    at.complaints += heavy(at.fetched, site)
    for width, asked in zip(WIDTHS, (f"{SCRIPT}; [{MISFITS}, {OWN}]", f"[{MISFITS}]", f"[{MISFITS}]"), strict=True):
        at.resize(width, LOW)
        at.complaints += [f"{width} px: {complaint}" for complaint in at.page.evaluate(asked)]


def examine_whole(at: Visit, known: dict[int, set[str]] | None = None) -> None:
    """Look at all of the open page, the theme's frame too, wide and narrow, and walk through it by keyboard.

    Args:
        at: The open page.
        known: The kinds of controls that were walked to before, for each width; what is walked to is added.
    """
    known = {} if known is None else known
    at.page.evaluate(SCRIPT)
    bring_axe(at)
    present = ""
    for width in WIDTHS:
        at.resize(width)
        at.page.evaluate(SETTLED)
        before, present = present, at.page.evaluate("controls.present()")
        if present != before:
            found = by_keyboard(at.page, known.setdefault(width, set()))
            at.complaints += [f"{width} px: {one}" for one in found]
    at.complaints += [f"{WIDTHS[-1]} px: {one}" for one in at.page.evaluate("contrast.pale()")]
    # What follows asks each element for itself, which takes long, and is about kinds of them: all of these are left.
    at.page.evaluate("document.activeElement.blur(), controls.uncolour(), controls.thin()")
    at.complaints += [f"{WIDTHS[-1]} px: {one}" for one in at.page.evaluate(RUN_AXE, ["narrow", [CONTRAST, HIDDEN]])]
    at.resize(WIDTHS[0])
    at.page.evaluate(SETTLED)
    at.complaints += at.page.evaluate(RUN_AXE, ["html", [CONTRAST, HIDDEN]])
    # Last, because from then on the browser keeps its tree of names up to date, which is slow and has crashed it.
    at.complaints += nameless(at.page)


def bring_axe(at: Visit) -> None:
    """Let the open page know axe."""
    at.page.add_script_tag(url=at.home + website.AXE)


def examine_without_scripts(at: Visit) -> None:
    """Look whether the open page can be read, and whether each of its controls does something."""
    at.page.evaluate(SCRIPT)
    for width in WIDTHS[:2]:
        at.resize(width)
        found = at.page.evaluate("[...controls.unreadable(), ...controls.idle()]")
        at.complaints += [f"{width} px, no scripts: {complaint}" for complaint in found]


def by_keyboard(page: Page, known: set[str]) -> list[str]:
    """Press Tab before the first, second and last control of each kind, and say which of them that does not reach.

    Args:
        page: The open page.
        known: Kinds to pass over; those that are walked to are added.
    """
    session = page.context.new_cdp_session(page)
    tab = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    known |= set(page.evaluate("known => controls.walk(known)", sorted(known)))
    while (walk := page.evaluate("controls.walked()"))["left"]:
        for _ in range(walk["left"]):
            session.send("Input.dispatchKeyEvent", tab)
    session.detach()
    complaints: list[str] = walk["found"]
    return complaints


def nameless(page: Page) -> list[str]:
    """Say which things that the keyboard can stop at have no name to be read out, as the browser tells it."""
    session = page.context.new_cdp_session(page)
    complaints = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        properties = {item["name"]: item["value"].get("value") for item in node.get("properties", [])}
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        # A long line of code scrolls: it is a stop, but no control.
        if properties.get("focusable") and role not in {"RootWebArea", "code"} and not name.strip():
            element = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
            complaints.append(f"{role} without a name: <{element['localName']} {element.get('attributes')}>")
    session.send("Accessibility.disable")
    session.detach()
    return complaints


def heavy(urls: Iterable[str], site: Path) -> list[str]:
    """Say so if a first visit takes more than it may.

    Args:
        urls: What the page asks for by itself.
        site: The folder of the site.
    """
    paths = {unquote(urlsplit(url).path).lstrip("/") for url in urls if not url.startswith("data:")}
    sizes = {path: transferred(site / path) for path in sorted(paths) if (site / path).exists()}
    total = sum(sizes.values())
    if total <= FIRST_VISIT_BYTES:
        return []
    words = f"a first visit takes {total} bytes, more than {FIRST_VISIT_BYTES}; move a part of the page to another"
    return [f"{words}: {sizes}"]


def transferred(file: Path) -> int:
    """Return how many bytes of a file a server sends that compresses as GitHub Pages does."""
    content = (file / "index.html" if file.is_dir() else file).read_bytes()
    return _compressed(content)


@cache  # most of what a page fetches, others fetch too
def _compressed(content: bytes) -> int:
    return min(len(content), len(gzip.compress(content, 6)))


def stand_ins(site: Path, pages: Iterable[website.Page]) -> list[website.Page]:
    """Choose pages that have among them every kind of element of the articles; the home page is the first.

    Args:
        site: The folder of the site.
        pages: To choose from, the home page among them.
    """
    by_source = {page.source: page for page in pages}
    html = {source: (site / page.file).read_bytes() for source, page in by_source.items()}
    chosen = cover({source: kinds(text) for source, text in html.items()}, lambda source: len(html[source]))
    return [by_source[source] for source in dict.fromkeys(["index.md", *chosen])]


def kinds(html: bytes) -> frozenset[str]:
    """Return the kinds of elements of an article: each by its name, its role and its first class. Code is one kind."""
    article = lxml.html.document_fromstring(html).find(".//article")
    assert article is not None, "a page without an article"
    return frozenset(_kind(element) for element in article.iterdescendants("*") if not _is_token(element))


def _kind(element: Any) -> str:
    first = (element.get("class") or "").split()[:1]
    return " ".join([element.tag, element.get("role", ""), *first]).rstrip()


def _is_token(element: Any) -> bool:
    return element.tag == "span" and next(element.iterancestors("code"), None) is not None
