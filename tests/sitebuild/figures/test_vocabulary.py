"""The vocabulary of figures: each sign keeps its shape and colour, and what cannot be drawn says how to mend it."""

from __future__ import annotations

import re
from inspect import signature
from typing import get_type_hints

import pytest
from bs4 import BeautifulSoup, Tag

from sitebuild import figures
from sitebuild.figures import source
from sitebuild.figures.checked import literals
from sitebuild.figures.metrics import width
from support.checkout import one
from support.website import ROOT

HEAD = 'from sitebuild.figures import *\n\nTITLE = "Two <ends>"\nDESCRIPTION = "One & another."\n\n\n'
"""Four lines and two empty ones: what `draw` holds begins on line 8."""
PLACE = "docs/figures/part/some.py"


def draw(*lines: str, narrow: bool = False) -> Tag:
    """Draw a figure whose source has these lines, and return one of its drawings."""
    drawn = source.drawn(source.read(PLACE, written(*lines)), "some")
    return one(BeautifulSoup(drawn.narrow if narrow else drawn.wide, "lxml"), "svg")


def written(*lines: str) -> str:
    return HEAD + "def draw(sheet: Sheet) -> None:\n" + "".join(f"    {line}\n" for line in lines)


def mistake(*lines: str) -> str:
    with pytest.raises(figures.FigureError) as caught:
        source.drawn(source.read(PLACE, written(*lines)), "some")
    return str(caught.value)


SIGNS = {
    "listening()": ("circle", {"fill": "var(--card)", "stroke": "var(--listener)"}),
    "connected()": ("circle", {"fill": "var(--socket)"}),
    "socket()": ("polygon", {"fill": "var(--socket)"}),
    "ended()": ("circle", {"stroke": "var(--control)", "stroke-dasharray": "4 3"}),
    "port(8080)": ("rect", {"stroke": "var(--port)"}),
    "descriptor(5)": ("rect", {"fill": "var(--card)", "stroke": "currentColor"}),
    "piece('hello')": ("rect", {"stroke": "var(--data)"}),
    "hardware_port()": ("polygon", {"stroke": "var(--hardware)"}),
    "packet('hello')": ("rect", {"stroke": "var(--data)"}),
    "datagram(9001)": ("rect", {"stroke": "var(--data)"}),
    "cross()": ("path", {"stroke": "var(--end)"}),
    "firewall()": ("rect", {"fill": "var(--end)"}),
}


@pytest.mark.parametrize("call", SIGNS)
def test_a_sign_keeps_its_shape_and_colour(call: str) -> None:
    shape, looks = SIGNS[call]
    drawn = one(draw(f"sheet.put({call})"), shape)
    assert {name: drawn.get(name) for name in looks} == looks
    assert ("stroke" in drawn.attrs) == ("stroke" in looks)


def test_every_word_of_the_vocabulary_is_explained() -> None:
    told = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    told += (ROOT / "docs/figures/contributing/signs.py").read_text(encoding="utf-8")
    types = {name for name in figures.__all__ if name[0].isupper()}
    missing = [name for name in figures.__all__ if name not in types and not re.search(rf"`{name}`|{name}\(", told)]
    assert missing == [], "explain it in docs/contributing.md, or show it in docs/figures/contributing/signs.py"


@pytest.mark.parametrize("word", ["arrow", "frame", "note", "cord"])
def test_what_a_line_can_be_asked_is_explained(word: str) -> None:
    told = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    asked = vars(figures.Sheet)[word].__wrapped__
    names = [one.name for one in signature(asked).parameters.values() if one.kind is one.KEYWORD_ONLY]
    values = {value for kind in get_type_hints(asked).values() for value in literals(kind)}
    unsaid = [one for one in (*(f"{name}=" for name in names), *sorted(values)) if f"`{one}" not in told]
    assert unsaid == [], f"explain what sheet.{word} takes in docs/contributing.md"


def test_a_drawing_says_what_it_shows() -> None:
    svg = draw("sheet.put('a < b')")
    assert svg["class"] == ["wide-only"]
    assert svg["role"] == "img"
    assert svg["aria-labelledby"] == "some-w-t some-w-d"
    assert one(svg, "title#some-w-t").get_text() == "Two <ends>"
    assert one(svg, "desc#some-w-d").get_text() == "One & another."
    assert one(svg, "text").get_text() == "a < b"
    assert draw("sheet.put('a')", narrow=True)["aria-labelledby"] == "some-n-t some-n-d"


def test_of_a_drawing_with_links_only_these_are_read_out() -> None:
    svg = draw("sheet.put(row(link('socket', 'sockets/names.md#a', number=1), connected()))")
    assert svg["role"] == "group"
    assert svg["aria-describedby"] == "some-w-d"
    picture, links = svg.find_all("g", recursive=False)
    assert picture["aria-hidden"] == "true"
    assert picture.select("circle")
    assert not picture.select("a")
    assert links.get("aria-hidden") is None
    assert one(links, "a")["href"] == "page:sockets/names.md#a"
    assert one(links, "a").get_text(" ") == "1 socket"


def test_a_row_becomes_a_column_on_the_narrow_sheet() -> None:
    lines = ("sheet.put(sheet.flow(connected(), connected()))",)
    wide, narrow = ([(one["cx"], one["cy"]) for one in draw(*lines, narrow=n).select("circle")] for n in (False, True))
    assert len({y for _, y in wide}) == 1
    assert len({x for x, _ in narrow}) == 1


def test_a_line_leads_from_edge_to_edge() -> None:
    svg = draw("a, b = connected(), connected()", "sheet.put(row(a, b, gap='vast'))", "sheet.line(a, b)")
    left, right = (float(str(one["cx"])) for one in svg.select("circle"))
    radius, free = 14, 3
    _, begin, _, _, end, _ = str(one(svg, "path")["d"]).replace("L", "L ").split()[:6]
    assert float(begin) == pytest.approx(left + radius + free, abs=0.1)
    assert float(end) == pytest.approx(right - radius - free, abs=0.1)


def test_an_arrow_that_is_stopped_ends_at_a_red_bar() -> None:
    svg = draw("a, b = connected(), connected()", "sheet.put(row(a, b, gap='vast'))", "sheet.arrow(a, b, head='stop')")
    bar, _ = svg.select("path")
    tip = str(one(svg, "polygon")["points"]).split()[0]
    assert bar["stroke"] == "var(--end)"
    assert float(tip.split(",")[0]) < float(str(bar["d"]).split()[1])


def test_letters_of_a_stream_stand_below_those_of_its_pieces() -> None:
    svg = draw("sheet.put(row(piece('ab'), piece('c'), gap='none'), stream('abc'))")
    across = [text["x"] for text in svg.select("text")]
    assert across[:3] == across[3:]
    assert len(svg.select("rect")) == 2


def test_words_are_marked_as_in_markdown() -> None:
    svg = draw("sheet.put(text('**bold** and `code`\\nnext'))")
    first, second = svg.select("text")
    assert [(span.get_text(), span.get("font-weight")) for span in first.select("tspan")] == [
        ("bold", "bold"),
        (" and ", None),
        ("code", None),
    ]
    assert second.get_text() == "next"
    assert [text.get_text() for text in draw("sheet.put(text('one two three', wrap=8))").select("text")] == [
        "one two",
        "three",
    ]


def test_flags_of_a_scale_do_not_cover_each_other() -> None:
    svg = draw("sheet.put(chart(0, 9, track(flag(1, 'first'), flag(1.5, 'second'), flag(8, 'last')), across=200))")
    tops = {text.get_text(): float(str(text["y"])) for text in svg.select("text")}
    assert tops["first"] < tops["second"] == tops["last"]


def test_a_message_stops_at_the_wall_and_another_begins_there() -> None:
    messages = "[message('SYN', reach='wall'), message('ICMP', 'left', begin='wall')]"
    svg = draw(f"sheet.put(ladder('a', 'b', {messages}, apart=100, wall=0.6))")
    wall = one(svg, "rect[fill='var(--end)']")
    left = float(str(wall["x"]))
    stopped, back = (numbers(tip["points"])[0] for tip in svg.select("polygon"))
    begins = [numbers(path["d"])[0] for path in svg.select("path[fill='none']")]
    assert stopped == pytest.approx(left - 2)
    assert back < begins[0] + 1 < stopped
    assert begins[1] == pytest.approx(left - 2)


def test_ladders_are_made_level() -> None:
    svg = draw(
        "one, two = ladder('a', 'b', [message('SYN')]), ladder('c', 'd', [message('SYN'), message('RST', 'left')])",
        "sheet.put(row(*level(one, two)))",
    )
    lifelines = [numbers(path["d"]) for path in svg.select("path") if "V" in path["d"]]
    assert len(lifelines) == 4
    assert len({foot for *_, foot in lifelines}) == 1


def test_a_voltage_is_to_scale() -> None:
    svg = draw("sheet.put(voltage(0.35, 0.7, across='huge'))")
    heights = {text.get_text(): float(str(text["y"])) for text in svg.select("text")}
    assert heights["0.35 V"] == pytest.approx((heights["0.7 V"] + heights["0"]) / 2, abs=0.1)


def test_a_signal_is_high_for_1_and_low_for_0() -> None:
    svg = draw("sheet.put(signal(stretch('start', '0'), stretch('data', '101'), across=80))")
    assert [text.get_text() for text in svg.select("text")] == ["0", "1", "0", "1", "start", "data", "time"]
    start, data = (str(path["d"]) for path in svg.select("path[stroke='var(--data)']"))
    low = start.split(" V ")[1].split()[0]
    first, second, third = (part.split()[0] for part in data.split(" V ")[1:])
    assert second == low
    assert first == third != low


def numbers(words: object) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", str(words))]


MISTAKES = {
    "too wide": (
        ["sheet.put(row(*(connected() for _ in range(40))))"],
        f"{PLACE}:8: this is 1436 px wide, and the wide sheet 700; give it smaller gaps, fewer things in a row",
    ),
    "too wide for phones": (
        ["sheet.put(row(*(connected() for _ in range(10))))"],
        f"{PLACE}:8: this is 356 px wide, and the narrow sheet 288; give it smaller gaps, fewer things in a row (she",
    ),
    "a frame that makes it too wide": (
        ["a = text('x' * 75)", "sheet.put(a)", "sheet.frame('', a, pad='wide')"],
        f"{PLACE}:10: with this the drawing is ",
    ),
    "twice": (
        ["a = connected('A')", "sheet.put(row(a, a))"],
        f"{PLACE}:9: the socket 'A' stands on the sheet twice; make another one for the second place",
    ),
    "an arrow to nowhere": (
        ["a, b = port(80), port(443)", "sheet.put(a)", "sheet.arrow(a, b)"],
        f"{PLACE}:10: the port '443' is not on the sheet; put it there before something leads to it",
    ),
    "a frame around nothing": (
        ["a = socket()", "sheet.frame('host', a)"],
        f"{PLACE}:9: the socket 'neither' is not on the sheet;",
    ),
    "a label that covers something": (
        ["a, b = connected(), connected()", "sheet.put(row(a, b))", "sheet.arrow(a, b, 'much longer')"],
        f"{PLACE}:10: the label 'much longer' covers the socket 'connected'; give the things it stands between a wider",
    ),
    "a line through words": (
        ["a, b = connected(), connected()", "sheet.put(row(a, 'words', b))", "sheet.arrow(a, b)"],
        f"{PLACE}:10: the line from the socket 'connected' to the socket 'connected' runs through the words 'words';",
    ),
    "an unknown gap": (
        ["sheet.put(row('a', 'b', gap='big'))"],
        f"{PLACE}:8: there is no gap 'big'; known: none, tight, near, some, far, wide, vast, huge",
    ),
    "an empty sheet": (["pass"], f"{PLACE}:1: nothing is on the sheet; put something there with sheet.put"),
    "miscounted bits": (
        ["sheet.put(header([[field('port', 16)]], across=sheet.across))"],
        f"{PLACE}:8: row 1 of the header has 16 bits, not 32; mend the lengths of its fields",
    ),
    "miscounted phases": (
        ["sheet.put(ladder('a', 'b', [message('SYN')], phases=[phase(2, 'open')]))"],
        f"{PLACE}:8: the phases have 2 messages and the ladder 1; count them again",
    ),
    "outside a scale": (
        ["sheet.put(chart(0, 2, track(bar(1, 3)), across=100))"],
        f"{PLACE}:8: 3 lies outside the scale, which goes from 0 to 2",
    ),
    "an unknown colour": (
        ["sheet.put(text('a', tone='blue'))"],
        f"{PLACE}:8: text: there is no tone 'blue'; known: plain, muted, soft, data, control, end, socket, listener, p",
    ),
    "an unknown colour of a line": (
        ["a, b = port(1), port(2)", "sheet.put(row(a, b, gap='far'))", "sheet.arrow(a, b, tone='blue')"],
        f"{PLACE}:10: arrow: there is no tone 'blue'; known: plain, muted,",
    ),
    "a misspelt side": (
        ["sheet.put(ladder('a', 'b', [message('rows', 'lefft')]))"],
        f"{PLACE}:8: message: there is no to 'lefft'; did you mean left?",
    ),
    "an unknown side": (
        ["a = port(80)", "sheet.put(a)", "sheet.note('words', a, 'up')"],
        f"{PLACE}:10: note: there is no side 'up'; known: left, right, top, bottom",
    ),
    "one of several is unknown": (
        ["sheet.put(grid([['a', 'b']], align=['start', 'centre']))"],
        f"{PLACE}:8: grid: there is no align ['start', 'centre']; known: start, middle, end",
    ),
    "an arrow to None": (
        ["a = port(80)", "b = sheet.put(a)", "sheet.arrow(a, b)"],
        f"{PLACE}:10: arrow: end is nothing (None); make a thing first, as in a = connected(), then put it on the ",
    ),
    "an arrow to words": (
        ["a = port(80)", "sheet.put(a)", "sheet.arrow(a, 'b')"],
        f"{PLACE}:10: arrow: end cannot be 'b'; it takes Thing, such as a = text(...)",
    ),
    "a number that is none": (
        ["sheet.put(descriptor('x'))"],
        f"{PLACE}:8: descriptor: number cannot be 'x'; it takes ",
    ),
    "a misspelt option": (
        ["sheet.put(row('a', 'b', gapp='far'))"],
        f"{PLACE}:8: row has no gapp=; did you mean gap?",
    ),
    "an unknown option": (
        ["sheet.put(port(80, colour='red'))"],
        f"{PLACE}:8: port has no colour=; known: number, strong",
    ),
    "a missing value": (["sheet.put(text())"], f"{PLACE}:8: TypeError: text() missing 1 required positional argument"),
    "a slip": (
        ["sheet.put(conected())"],
        f"{PLACE}:8: NameError: name 'conected' is not defined; did you mean connected?",
    ),
    "a slip in a name of one's own": (
        ["server = port(80)", "sheet.put(servr)"],
        f"{PLACE}:9: NameError: name 'servr' is not defined; did you mean server?",
    ),
    "a slip in what the sheet can do": (
        ["sheet.putt('a')"],
        f"{PLACE}:8: AttributeError: 'Sheet' object has no attribute 'putt'; did you mean put?",
    ),
    "a slip in what is imported": (
        ["from sitebuild.figures import conected"],
        f"{PLACE}:8: ImportError: cannot import name 'conected' from 'sitebuild.figures'; did you mean connected?",
    ),
    "too few": (
        ["for a, b in zip([1], [1, 2], strict=True):", "    sheet.put('a')"],
        f"{PLACE}:8: ValueError: zip() argument 2 is longer than argument 1; look at this line: for a, b in zip([1]",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_says_where_it_is_and_how_to_mend_it(name: str) -> None:
    lines, expected = MISTAKES[name]
    assert mistake(*lines).startswith(expected)


def test_a_word_that_is_not_imported_is_told_from_where() -> None:
    lacks = HEAD.replace("*", "Sheet") + "def draw(sheet: Sheet) -> None:\n    sheet.put(port(80))\n"
    with pytest.raises(figures.FigureError, match=r"'port' is not defined; write from sitebuild\.figures import port$"):
        source.drawn(source.read(PLACE, lacks), "some")


@pytest.mark.parametrize(
    ("gap", "sheets"),
    [
        ("'big' if sheet.narrow else 'far'", " (on the narrow sheet)"),
        ("'big' if sheet.wide else 'far'", " (on the wide sheet)"),
        ("'big' if sheet.wide else 'large'", " (on the wide sheet)"),
        ("'big'", ""),
    ],
)
def test_a_mistake_on_one_of_the_sheets_says_on_which(gap: str, sheets: str) -> None:
    known = "; known: none, tight, near, some, far, wide, vast, huge"
    assert mistake(f"sheet.put(row('a', 'b', gap={gap}))") == f"{PLACE}:8: there is no gap 'big'{known}{sheets}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TITLE = (", f"{PLACE}:1: '(' was never closed"),
        ("import nowhere_at_all", f"{PLACE}:1: ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("", f"{PLACE}:1: a figure needs TITLE; write TITLE ="),
        ("TITLE = 'a'", f"{PLACE}:1: a figure needs DESCRIPTION; write DESCRIPTION ="),
        ("TITLE = DESCRIPTION = 'a'", f"{PLACE}:1: a figure needs draw; write def draw(sheet: Sheet) -> None:"),
        (written("pass") + "WIDE = 5000", f"{PLACE}:1: WIDE is a number of px up to 1000, not 5000"),
    ],
)
def test_a_source_that_is_no_figure_says_what_it_lacks(text: str, expected: str) -> None:
    with pytest.raises(figures.FigureError) as caught:
        source.read(PLACE, text)
    assert str(caught.value).startswith(expected)


def test_the_widths_of_words_are_those_of_a_wide_font() -> None:
    # DejaVu Sans, 2048 units to an em: i 569, m 1995, W 2025; bold m 2134.
    assert width("imW", 2048) == pytest.approx(569 + 1995 + 2025, rel=0.02)
    assert width("m", 2048, bold=True) == pytest.approx(2134, rel=0.02)
    assert width("12", 10, mono=True) == pytest.approx(12.04)
