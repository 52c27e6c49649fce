"""What this site makes of the theme: what a first visit fetches, how a question is asked, and what a page leads to."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

import bs4
import pytest
import yaml

from support import website
from support.visits import Visit, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.browser import Chromium

    Build = Callable[[website.Builder], website.Build]

BUILDERS = ("mkdocs", "zensical")
OF_SOME_PAGES = {
    "": {"errors.js", "hardware.css", "hardware.js", "journey.js", "openings.css", "tools.css"},
    "404.html": set(),
    "sockets/first-conversation/": {
        "button.js",
        "listing.css",
        "openings.css",
        "run.js",
        "try.css",
        "turn.css",
        "turns.js",
    },
    "ports/port-table/": {"filter.css", "filter.js", "listing.css", "tables.css"},
    "start/article/": {"button.js", "run.js", "tables.css", "try.css", "turn.css", "turns.js"},
    "errors/": {"errors.css", "errors.js", "own.js"},
    "sockets/errors/": {"button.js", "run.js", "tables.css", "try.css", "turn.css", "turns.js"},
    "ports/who-has-my-port/": {
        *("button.js", "own.js", "run.js", "turns.js"),
        *("command.css", "listing.css", "session.css", "task.css", "try.css", "turn.css"),
    },
    "ports/sixteen-bits/": {
        "bits.js",
        "button.js",
        "run.js",
        "task.css",
        "tools.css",
        "try.css",
        "turn.css",
        "turns.js",
    },
    "contents/": {"reference.css", "tools.css"},
    "hardware/which-port/": {"hardware.css", "hardware.js"},
    "hardware/connectors/usb-c/": {"hardware.css", "hardware.js"},
}


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_waits_only_for_what_it_needs(builder: website.Builder, build: Build) -> None:
    site = build(builder).site
    for url, expected in OF_SOME_PAGES.items():
        file = site / url / "index.html" if not url.endswith(".html") else site / url
        assert of_some_pages(file.read_text(encoding="utf-8")) == expected, url


def of_some_pages(html: str) -> set[str]:
    """Return the style sheets and scripts of a page that not every page has."""
    head = bs4.BeautifulSoup(html, "lxml").head
    assert head
    names = {str(link["href"]) for link in head.select("link[rel=stylesheet]")}
    names |= {str(script["src"]) for script in head.select("script[src]")}
    own = {name.rpartition("/")[2] for name in names if "stylesheets/" not in name}
    every = {"run.css", "search.js", "site.css", "theme.js"}
    assert every <= own
    return own - every


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_reader_chooses_the_colours_and_the_page_remembers(
    system: Literal["light", "dark"], chromium: Chromium, served: str
) -> None:
    shown = "() => [getComputedStyle(document.body).backgroundColor, localStorage.getItem('sk-scheme')]"

    def job(at: Visit) -> None:
        at.go()
        button = at.page.get_by_role("button", name="Dark colours")
        first, _ = at.page.evaluate(shown)
        button.press("Space")
        chosen, kept = at.page.evaluate(shown)
        at.page.reload()
        again, _ = at.page.evaluate(shown)
        button.press("Space")
        at.page.reload()
        last, forgotten = at.page.evaluate(shown)
        other = {"light": "dark", "dark": "light"}[system]
        if not (first == last != chosen == again and kept == other and forgotten is None):
            at.complaints.append(f"{first}, chosen {chosen} ({kept}), then {again}, and last {last} ({forgotten})")

    visit(chromium, served, job, scheme=system)


def test_a_source_leads_back_to_where_one_was(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("ports/which-address/")
        number = at.page.locator(".sk-cite a").nth(8)
        number.scroll_into_view_if_needed()
        before = at.page.evaluate("scrollY")
        number.click()
        back = at.page.locator(".sk-came")
        assert (back.count(), back.get_attribute("href")) == (1, f"#{number.get_attribute('id')}")
        back.click()
        at.page.wait_for_function("before => Math.abs(scrollY - before) < 2", arg=before)
        at.page.wait_for_function("id => document.activeElement.id === id", arg=number.get_attribute("id"))

    visit(chromium, served, job)


ROOM = """() => [...document.querySelectorAll(".sk-command")].flatMap((box) =>
    [...box.querySelectorAll(":scope > .sk-own, :scope > .sk-pick, :scope > .sk-pane")]
        .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth)
        .map((one) => `${one.className}: ${one.scrollWidth} in ${one.clientWidth} px`))"""


def test_a_command_with_two_fields_has_room_for_both(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("errors/timed-out/")
        assert at.page.locator(".sk-command > .sk-own:visible").count() > 1
        for width in (1280, 390, 320):
            at.resize(width)
            assert at.page.evaluate(ROOM) == []

    visit(chromium, served, job)


PARTED = """() => [...document.querySelectorAll(".sk-option")].filter((one) => one.checkVisibility())
    .filter((one) => one.offsetHeight > 1.5 * parseFloat(getComputedStyle(one).lineHeight)
        && one.textContent.length < 24).map((one) => one.textContent)"""


def test_no_option_of_a_command_is_parted(chromium: Chromium, served: str) -> None:
    """Half an option at the end of a line looks like two, and is typed as two."""

    def job(at: Visit) -> None:
        for page in ("errors/address-already-in-use/", "errors/#q=EADDRINUSE"):
            at.go(page)
            at.page.locator(".sk-option:visible", has_text="TCP").first.wait_for()
            for width in range(330, 430, 10):  # at one of them a line ends within each
                at.resize(width)
                assert at.page.evaluate(PARTED) == []

    visit(chromium, served, job)


def test_who_has_gone_down_a_page_gets_back_by_keyboard(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("start/socket-or-port/")
        back = at.page.get_by_role("link", name="To the top")
        assert back.is_hidden(), "at the top nobody needs it"
        at.page.evaluate("document.querySelector('.sk-onward').scrollIntoView()")
        back.wait_for()
        back.press("Enter")
        back.wait_for(state="hidden")
        assert at.page.evaluate("scrollY") < 100
        part, last = at.page.locator(".sk-part-pages summary"), at.page.locator(".sk-part-pages a").last
        part.press("Enter")
        last.press("Escape")
        assert last.is_hidden(), "the list of the part lies over the page"
        assert part.evaluate("one => one === document.activeElement")

    visit(chromium, served, job)


WORDS_OVER_EACH_OTHER = """() => {
    const letters = document.createElement("canvas").getContext("2d");
    letters.font = "700 100px Besley";
    const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = letters.measureText("dfp");
    return [...document.querySelectorAll("h1, h2, h3, .sk-next p:first-child a, .sk-answers strong")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.textContent, getComputedStyle(one)])
        .filter(([, { fontFamily, fontSize, lineHeight }]) =>
            fontFamily.startsWith("Besley") && parseFloat(lineHeight) * 100 < parseFloat(fontSize) * (up + down))
        .map(([words]) => words);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_letters_of_a_title_do_not_run_into_those_of_its_next_row(
    width: int, chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        for url in ("", "many/backpressure/", "sockets/errors/", "errors/certificate-verify-failed/"):
            at.go(url)
            at.page.evaluate("document.fonts.load('700 46px Besley')")
            assert at.page.evaluate(WORDS_OVER_EACH_OTHER) == [], url

    visit(chromium, served, job, width=width)


def test_the_name_of_the_site_stands_in_one_row_on_phones(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        at.page.evaluate("document.fonts.load('700 17px Besley')")
        rows = """() => {
            const all = document.createRange();
            all.selectNodeContents(document.querySelector(".sk-brand").lastChild);
            return all.getClientRects().length;
        }"""
        for width in (360, 390, 600):
            at.resize(width)
            assert at.page.evaluate(rows) == 1, width

    visit(chromium, served, job)


def test_what_a_press_fetches_is_said_beside_the_first_button(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        for url in ("sockets/first-conversation/", "ports/sixteen-bits/"):
            at.go(url)
            (said,) = at.page.locator(".sk-live + .sk-title").all()
            assert said.inner_text() == "(loads 9 MB)"
            assert said.evaluate("said => said.previousElementSibling === document.querySelector('.sk-live')")

    visit(chromium, served, job)


def test_a_transition_between_pages_that_comes_too_late_is_no_error(chromium: Chromium, served: str) -> None:
    """Chromium rejects a promise that it has given to no script; what a script forgets to catch is still told."""

    def job(at: Visit) -> None:
        at.go()
        with at.page.expect_event("pageerror") as told:
            at.page.evaluate(
                "void Promise.reject(new DOMException('Transition was aborted because of invalid state', 'Invalid'))"
            )
            at.page.evaluate("void Promise.reject(new Error('forgotten'))")
        assert str(told.value) == "forgotten"
        at.complaints.clear()

    visit(chromium, served, job)


def test_a_message_on_its_way_leaves_the_words_of_its_stop_in_sight(chromium: Chromium, served: str) -> None:
    over = """(number) => {
        const { left, right, top, bottom } = document.querySelector(".sk-mover").getBoundingClientRect();
        const stop = document.querySelectorAll(".sk-stops li")[number];
        const words = [...stop.querySelectorAll(".sk-q, .sk-name a")].map((one) => [one, one.getBoundingClientRect()]);
        const covered = words.filter(([, box]) =>
            box.left < right && box.right > left && box.top < bottom && box.bottom > top);
        if (left < 0 || right > innerWidth) covered.push([{ textContent: "out of sight" }]);
        return covered.map(([one]) => one.textContent);
    }"""

    def job(at: Visit) -> None:
        mover = at.page.locator(".sk-mover")
        for width in (1280, 390):
            at.resize(width)
            at.go()
            at.page.locator(".sk-again").click()
            stops: list[str] = []
            while mover.is_visible():
                where = str(mover.get_attribute("style"))
                if where not in stops:
                    stops.append(where)
                if 2 <= len(stops) <= 5:  # between the plug, which asks nothing, and the program, which has the word
                    assert at.page.evaluate(over, len(stops) - 1) == [], (width, len(stops))
                at.page.clock.run_for(350)
            assert len(stops) == at.page.locator(".sk-stops li").count()

    visit(chromium, served, job, stopped=True)


def test_the_dock_of_a_phone_covers_no_card_that_has_room_above_it(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.resize(390, 844)
        at.go("ports/open-closed-filtered/")
        session = at.page.locator(".sk-session").first
        for _ in range(5):
            session.get_by_role("button", name="Next").click()
            card = session.locator(".sk-at").bounding_box()
            dock = session.locator(".sk-player").bounding_box()
            assert card
            assert dock
            low = card["y"] + card["height"]
            if low > dock["y"] and card["height"] < dock["y"] - 50:
                at.complaints.append(f"the dock at {dock['y']:.0f} px covers a card that ends at {low:.0f} px")

    visit(chromium, served, job)


def test_search_engines_are_told_what_a_page_is_about(site: Path) -> None:
    said = {}
    for page in website.pages():
        text = (website.ROOT / "docs" / page.source).read_text(encoding="utf-8")
        head = bs4.BeautifulSoup((site / page.file).read_text(encoding="utf-8").partition("</head>")[0], "lxml")
        said[page.source] = str(head.select("meta[name=description]")[0]["content"])
        assert said[page.source] == yaml.safe_load(text.split("---")[1])["description"], page.source
    assert len(set(said.values())) == len(said)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a project with the site's theme and settings, but two pages of its own."""
    text = (website.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    root = tmp_path / "small"
    for name in website.SOURCES:
        if (website.ROOT / name).is_dir() and name != "docs":
            (root / name).mkdir(parents=True)
    for folder in ("overrides", "assets"):
        shutil.copytree(website.ROOT / "docs" / folder, root / "docs" / folder)
    text = re.sub(r"(?ms)^nav:\n.*?(?=^theme:)|^not_in_nav:.*?(?=^\S)|^  - (socktrace|sitebuild)\S*\n", "", text)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (root / "docs" / "part").mkdir()
    (root / "docs" / "part" / "page.md").write_text("# What? & why: 100 %\n", encoding="utf-8")
    return root


def contact(html: str) -> list[tuple[str, str]]:
    """Return what a page says at its foot, and where that leads."""
    page = bs4.BeautifulSoup(html, "lxml")
    return [
        (" ".join(link.get_text().split()), str(link["href"])) for link in page.select("article > footer .sk-contact a")
    ]


def copied(html: str) -> list[str]:
    """Return where a page says that the project is."""
    links = bs4.BeautifulSoup(html, "lxml").select(".sk-foot a")
    return [str(link["href"]) for link in links if "to copy" in link.get_text()]


def shared(html: str) -> dict[str, str]:
    """Return what other sites show for a link to a page."""
    found = bs4.BeautifulSoup(html, "lxml").select("meta[property^='og:']")
    return {str(meta["property"]): str(meta["content"]) for meta in found}


@pytest.mark.builders
@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_leads_to_its_source_and_to_a_question_about_it(
    builder: website.Builder, small: Path, tmp_path: Path
) -> None:
    fork = ("https://github.com/a-fork/of-it", "edit/trunk/docs/", "https://a-fork.github.io/of-it/")
    built = website.build(builder, tmp_path / "with", small, dict(zip(website.PUBLISHING, fork, strict=True)))
    assert built.status == 0, built.output
    (wrong, form), edit = contact((built.site / "part" / "page" / "index.html").read_text(encoding="utf-8"))
    assert edit == ("Edit this page", "https://github.com/a-fork/of-it/edit/trunk/docs/part/page.md")
    assert wrong == "Something is wrong or unclear here"
    assert form.startswith("https://github.com/a-fork/of-it/issues/new?")
    assert parse_qs(urlsplit(form).query) == {
        "template": ["page.yml"],
        "title": ["What? & why: 100 %: "],
        "page": ["https://a-fork.github.io/of-it/part/page/"],
    }
    assert copied((built.site / "404.html").read_text(encoding="utf-8")) == ["https://github.com/a-fork/of-it"]
    address = "https://a-fork.github.io/of-it/assets/social/home.png"
    assert shared((built.site / "part" / "page" / "index.html").read_text(encoding="utf-8"))["og:image"] == address
    assert contact((built.site / "404.html").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_preview_leads_to_no_repository(builder: website.Builder, build: Build) -> None:
    html = (build(builder).site / "sockets" / "first-conversation" / "index.html").read_text(encoding="utf-8")
    assert contact(html) == []
    assert copied(html) == []
    assert shared(html) == {}
    assert not bs4.BeautifulSoup(html, "lxml").select("[rel=edit], .sk-contact")


def test_the_form_has_what_the_pages_fill_in() -> None:
    text = (website.ROOT / ".github" / "ISSUE_TEMPLATE" / "page.yml").read_text(encoding="utf-8")
    assert "page" in [field.get("id") for field in yaml.safe_load(text)["body"]]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_bar_names_the_question_that_a_link_led_to_be_it_folded(
    width: int, chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go("sockets/how-a-connection-ends/")
        questions = at.page.locator(".qa > h2[id], .sk-deeper h2[id]")
        asked = questions.evaluate_all(
            "all => all.map((one) => [one.id, one.textContent.replace('\u00b6', '').trim()])"
        )
        assert len(asked) > 8
        for place, question in asked[:-1]:  # where the page ends, the last stays below
            at.page.evaluate("place => { location.hash = place }", place)
            at.page.locator(".sk-here span", has_text=question).wait_for(state="attached")

    visit(chromium, served, job, width=width)


def test_the_number_of_a_source_says_which_it_is(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go("sockets/resets/")
        number = at.page.locator(".sk-cite a").first
        listed = at.page.locator(str(number.get_attribute("href")))
        said = str(number.get_attribute("aria-label"))
        assert said.startswith(f"Source {number.text_content()}: {listed.locator('.sk-source').text_content()}: ")
        number.hover()
        shown = at.page.evaluate("getComputedStyle(document.querySelector('.sk-cite a'), '::after').content")
        assert said.replace('"', '\\"') in shown

    visit(chromium, served, job)
