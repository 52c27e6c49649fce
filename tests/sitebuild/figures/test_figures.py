"""The site's own figures, and the block that shows one: each is drawn from its source, shown, and readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from sitebuild.blocks import open_library
from sitebuild.blocks.figure import Shown, names, read
from sitebuild.checks.site import problems
from sitebuild.reading.options import PageError
from support.checkout import GLOSSARY, PROGRAM, SOURCES, Checkout, fence, one, text_of
from support.handmade import echo
from support.website import ROOT

LIBRARY = open_library(ROOT)
NAMES = names(LIBRARY)
SMALLEST = 12.5
"""The smallest text on a screen, in px."""
LARGEST = 22
"""The largest, or a drawing of a few words fills the screen."""
TEXT = 680
"""How wide the wide drawing is at least on a page, in px; see `.figure` in docs/assets/site.css."""
SCENE = 960
"""The same for one that is wider than the text."""


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_fits_and_can_be_read(name: str) -> None:
    try:
        shown: Shown | str = read(f"{name}\ncaption", LIBRARY)
    except PageError as wrong:
        shown = str(wrong)
    if isinstance(shown, str):
        pytest.fail(shown, pytrace=False)
    for drawing, room in ((shown.drawn.wide, SCENE if shown.drawn.scene else TEXT), (shown.drawn.narrow, 288)):
        svg = one(BeautifulSoup(drawing, "lxml"), "svg")
        wide = float(str(svg["viewbox"]).split()[2])
        shrunk, grown = min(1, room / wide), float(str(svg["width"])) / wide
        sizes = [float(str(text.get("font-size", "14"))) for text in svg.select("text")]
        assert min(sizes, default=14) * shrunk >= SMALLEST
        assert max(sizes, default=14) * grown <= LARGEST
        colours = {str(one[name]) for one in svg.find_all() for name in ("fill", "stroke") if name in one.attrs}
        assert {colour for colour in colours if not re.fullmatch(r"none|currentColor|var\(--[\w-]+\)", colour)} == set()


FIGURE = """\
from sitebuild.figures import Sheet, connected, link, row

TITLE = "A disc"
DESCRIPTION = "A disc beside words."


def draw(sheet: Sheet) -> None:
    sheet.put(row(connected(), "*words*", link("more", "deep/page.md#part")))
"""
RECORDED = """\
from sitebuild.figures import Sheet, ladder, recorded
from socktrace.recording import Recording

TITLE = "A run"
DESCRIPTION = "What was sent."
RECORDING = "sockets/echo.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    sheet.put(ladder("client", "server", recorded(recording)))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.snippet("sockets/echo.py", PROGRAM, echo())
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/figures/part/disc.py", FIGURE)
    return made


def shown(checkout: Checkout, *lines: str) -> Tag:
    return checkout.page(fence("figure", *lines))


def test_a_page_shows_both_drawings_and_the_caption(checkout: Checkout) -> None:
    figure = one(shown(checkout, "part/disc", "A [[connection]] in", "`code`."), "figure.figure")
    assert [svg["class"] for svg in figure.select("div[data-search-exclude] > svg")] == [["wide-only"], ["narrow-only"]]
    assert text_of(figure, "svg text") == "*words*"  # no Markdown in a drawing
    assert text_of(figure, "figcaption") == "A connection in\ncode."
    assert one(figure, "figcaption a.sk-term")
    assert one(figure, "svg a")["href"] == "#part"
    assert not figure.find_parents("figure")


def test_a_figure_that_takes_little_height_says_so(checkout: Checkout) -> None:
    def kinds() -> object:
        return one(shown(checkout, "part/disc", "A disc."), "figure")["class"]

    assert kinds() == ["figure", "low"]
    checkout.write("docs/figures/part/disc.py", FIGURE.replace("row", "column"))
    assert kinds() == ["figure"]


def test_the_messages_of_a_run_come_from_its_recording(checkout: Checkout) -> None:
    checkout.write("docs/figures/part/run.py", RECORDED)
    svg = one(shown(checkout, "part/run", "A run."), "svg")
    words = [text.get_text() for text in svg.select("text")]
    assert words == ["client", "server", "SYN", "SYN, ACK", "ACK", "5 bytes: hello", "5 bytes: hello", "FIN", "FIN"]
    checkout.write(
        "docs/figures/part/run.py", RECORDED.replace("(recording)", "(recording, states=True)[:3], apart='wide'")
    )
    states = [text.get_text() for text in one(shown(checkout, "part/run", "A run."), "svg").select("text")[2:]]
    opening = ["SYN", "SYN-SENT", "SYN-RECEIVED", "SYN, ACK", "ESTABLISHED", "ACK", "ESTABLISHED"]
    assert states == opening
    checkout.write("snippets/sockets/echo.py", PROGRAM + "# changed\n")
    assert "the recording of sockets/echo.py is stale" in shown(checkout, "part/run", "A run.").get_text()


def test_the_packets_of_a_session_come_from_its_recording() -> None:
    drawn = read("ports/the_way_out\ncaption", LIBRARY).drawn.wide
    calls = [one for one in LIBRARY.witnessed("ports/router_translates.toml").transcript.crossings if one.what == "SYN"]
    sent = {one.source for one in calls if one.destination == "192.0.2.80:8000"}
    assert len(sent) == 4
    assert {words for words in sent if words not in drawn} == set()


def test_a_changed_source_is_seen_at_once(checkout: Checkout) -> None:
    assert text_of(shown(checkout, "part/disc", "c"), "svg title") == "A disc"
    checkout.write("docs/figures/part/disc.py", FIGURE.replace("A disc", "A coin"))
    assert text_of(shown(checkout, "part/disc", "c"), "svg title") == "A coin"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "a figure fence begins with the name of a figure"),
        (["part/disc"], "the figure part/disc has no caption; write it below the name"),
        (["part/disk", "c"], "there is no figure part/disk; did you mean part/disc?"),
        (["part/wrong", "c"], "docs/figures/part/wrong.py:8: NameError: name 'rwo' is not defined"),
        (["part/astray", "c"], "there is no page docs/deep/nowhere.md"),
    ],
)
def test_a_wrong_block_says_what_to_mend(checkout: Checkout, lines: list[str], expected: str) -> None:
    checkout.write("docs/figures/part/wrong.py", FIGURE.replace("put(row", "put(rwo"))
    checkout.write("docs/figures/part/astray.py", FIGURE.replace("deep/page", "deep/nowhere"))
    assert expected in text_of(shown(checkout, *lines), ".socktrace-error")


def test_a_figure_that_no_page_shows_is_found(checkout: Checkout) -> None:
    checkout.write("docs/page.md", "Words.\n")
    assert any("docs/figures/part/disc.py:1: no page shows this figure" in found for found in problems(checkout.root))
    checkout.write("docs/page.md", fence("figure", "part/disc", "c"))
    checkout.write("docs/deep/page.md", "Words.\n")
    assert not any("disc" in found for found in problems(checkout.root))
    checkout.write("docs/page.md", fence("figure", "part/disc"))
    missing = "the figure part/disc has no caption; write it below the name"
    assert [found for found in problems(checkout.root) if "disc" in found] == [f"docs/page.md:1: {missing}"]


def test_a_drawing_by_coordinates_is_found(checkout: Checkout) -> None:
    drawn = ["Words", '<svg viewBox="0 0 1 1">', '<path d="M0 0">', "</svg>", "`<svg>`", "```html", "<svg>", "```"]
    checkout.write("docs/page.md", "\n".join(drawn))
    found = [one for one in problems(checkout.root) if "by coordinates" in one]
    mend = "a drawing by coordinates; write it as docs/figures/PART/NAME.py and show it with a figure fence"
    assert found == [f"docs/page.md:{line}: {mend}" for line in (2, 3)]
