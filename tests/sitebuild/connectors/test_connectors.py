"""The catalogue of hardware ports: what it must hold, what mistakes in it say, and that each drawing is to scale."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bs4
import lxml.html
import pytest

from sitebuild.blocks import registry
from sitebuild.checks.site import problems
from sitebuild.connectors import drawing, identification
from sitebuild.data.connectors import Connector, read_connectors
from sitebuild.data.looks import PLACES
from sitebuild.reading import fences
from support import website
from support.checkout import GLOSSARY, SOURCES, Checkout, fence, flaw, one, text_of
from support.visits import Visit, visit

if TYPE_CHECKING:
    from pathlib import Path

    from support.browser import Chromium

FILE = website.ROOT / "docs" / "data" / "connectors.toml"
MANY = 32
"""How many connectors the field guide describes at least."""

SHORT_LIST = 5
"""How many connectors a path of the key may end at: as many as a reader can hold against each other."""

PX_PER_MM = 96 / 25.4
"""What CSS calls a millimetre."""


@functools.cache  # it takes a while, and many tests ask
def entries() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def catalogue() -> tuple[Connector, ...]:
    return read_connectors(FILE.read_text(encoding="utf-8"))


# -- the catalogue of this site ----------------------------------------------------------------------------------------


def strange(rows: dict[str, Any]) -> list[str]:
    """Return what a catalogue lacks, or holds though it cannot be so."""
    found = [] if len(rows) >= MANY else [f"only {len(rows)} connectors, fewer than {MANY}"]
    for name, row in rows.items():
        told = row.get("contacts", {})
        contacts = told.get("is") if isinstance(told, dict) else 0
        drawn = sum(bool(one) for line in row.get("pins", {}).get("rows", []) for one in line)
        if drawn and contacts and drawn != contacts:
            found.append(f"{name} has {contacts} contacts, and {drawn} are drawn")
        if "source" not in row.get("pins", {"source": ""}):
            found.append(f"{name} has contacts without a source")
        if "size" in row and not 0.5 <= min(row["size"]["is"]) <= max(row["size"]["is"]) <= 100:
            found.append(f"{name} is {row['size']['is']} mm large")
        if name in [double["for"] for double in row.get("mistaken", [])]:
            found.append(f"{name} is mistaken for itself")
    return found


def test_the_catalogue_is_large_and_says_nothing_that_cannot_be() -> None:
    assert strange(entries()) == []


def test_what_cannot_be_in_the_catalogue_is_found() -> None:
    whole = {f"x{number}": {"size": {"is": [9, 3]}} for number in range(MANY)}
    assert strange(whole) == []
    assert strange(dict(list(whole.items())[1:])) == [f"only {MANY - 1} connectors, fewer than {MANY}"]
    pins = {"rows": [["1 A", "", "2 B"], ["3 C"]], "source": "x"}
    assert strange(whole | {"y": {"contacts": {"is": 3}, "pins": pins}}) == []
    assert strange(whole | {"y": {"contacts": {"is": 4}, "pins": pins}}) == ["y has 4 contacts, and 3 are drawn"]
    assert strange(whole | {"y": {"pins": {"rows": []}}}) == ["y has contacts without a source"]
    assert strange(whole | {"y": {"size": {"is": [890, 7]}}}) == ["y is [890, 7] mm large"]
    assert strange(whole | {"y": {"mistaken": [{"for": "y"}]}}) == ["y is mistaken for itself"]


def page_of(site: Path, name: str) -> Any:
    return lxml.html.document_fromstring((site / f"hardware/connectors/{name}/index.html").read_bytes())


@pytest.mark.parametrize("name", entries())
def test_each_connector_has_a_page_of_its_own_that_tells_what_is_known(name: str, site: Path) -> None:
    row = entries()[name]
    html = page_of(site, name)
    lines = [line for table in html.find_class("sk-facts") for line in table.iter("tr")]
    facts = {line.find("th").text_content().strip(): line.find("td").text_content().strip() for line in lines}
    heads = {"year": "Year", "rate": "Top rate", "standard": "Standard", "hotplug": "Plugged in while running"}
    for field, head in heads.items():
        assert facts[head].startswith("we have no source") == (field not in row), (head, facts[head])
    drawings = html.find_class("sk-large")
    assert [len(svg.find_class("sk-signal")) for svg in drawings] == [
        sum(bool(one) for line in row.get("pins", {}).get("rows", []) for one in line)
    ] * 2
    for svg in drawings:
        assert ("Shape only" in svg.text_content()) == ("size" not in row)


def test_a_hole_has_a_ring_around_it_and_a_pin_has_none() -> None:
    def rings(hole: str) -> int:
        (plug,) = read_connectors(PLUG.replace('contact = "pad"', f'contact = "{hole}"'))
        return sum(
            path.get("d", "").lower().count("m") for path in drawing.small(plug).findall(".//*[@class='sk-bore']")
        )

    assert rings("hole") == 4
    assert rings("pin") == rings("blade") == 0


# -- the drawings, measured by a browser -------------------------------------------------------------------------------

MEASURE = """() => [...document.querySelectorAll("svg.sk-large")].map(svg => {
    const outline = svg.querySelector(".sk-outline"), { width, height } = outline.getBBox()
    const bar = svg.querySelector(".sk-bar-mm")
    const marks = [...svg.querySelectorAll(".sk-mark")].map(mark => mark.getBBox())
    const inside = ({ x, y, width, height }) => outline.isPointInFill(new DOMPoint(x + width / 2, y + height / 2))
    return { name: svg.closest("section").id, width, height, bar: bar?.getBBox().width,
        mm: parseFloat(bar?.nextElementSibling.textContent), outside: marks.filter(mark => !inside(mark)).length }
})"""


@dataclass(frozen=True)
class Measured:
    """What a browser finds of a drawing: px, but for `mm`, which the drawing says its bar is long."""

    name: str
    width: float
    height: float
    bar: float | None
    mm: float | None
    outside: int


def measure(chromium: Chromium, folder: Path, drawings: dict[str, str]) -> list[Measured]:
    """Lay drawings out on one page and measure each by its own bar."""
    sections = "".join(f'<section id="{name}">{svg}</section>' for name, svg in drawings.items())
    (folder / "index.html").write_text(
        f'<!doctype html><title>Drawings</title><link rel="icon" href="data:,">{sections}', encoding="utf-8"
    )
    found: list[Measured] = []

    def job(at: Visit) -> None:
        page = at.page
        at.go()
        found.extend(Measured(**row) for row in page.evaluate(MEASURE))

    with website.serve(folder) as home:
        visit(chromium, home, job, width=800)
    return found


def misdrawn(found: list[Measured], rows: dict[str, Any]) -> list[str]:
    """Return which drawings are not to scale, or have contacts outside of their outline."""
    wrong = []
    for drawn in found:
        size = rows[drawn.name].get("size", {}).get("is")
        if drawn.outside:
            wrong.append(f"{drawn.name}: {drawn.outside} contacts stand outside of the outline")
        if (size is None) != (drawn.bar is None):
            wrong.append(f"{drawn.name}: a bar of mm stands in a drawing if, and only if, the size is known")
        elif size and drawn.bar and drawn.mm:
            got = [side * drawn.mm / drawn.bar for side in (drawn.width, drawn.height)]
            if got != pytest.approx(size, rel=0.01):
                wrong.append(f"{drawn.name}: drawn {got[0]:.2f} x {got[1]:.2f} mm, and it is {size[0]} x {size[1]} mm")
    return wrong


def drawings(site: Path, name: str) -> str:
    large = page_of(site, name).find_class("sk-large")
    return "".join(lxml.html.tostring(svg, encoding="unicode", with_tail=False) for svg in large)


def test_each_drawing_measures_what_the_catalogue_says(chromium: Chromium, site: Path, tmp_path: Path) -> None:
    rows = entries()
    found = measure(chromium, tmp_path, {name: drawings(site, name) for name in rows})
    assert len(found) == 2 * len(rows)
    assert misdrawn(found, rows) == []


def test_a_drawing_out_of_scale_is_found(chromium: Chromium, site: Path, tmp_path: Path) -> None:
    rows = entries()
    shown = drawings(site, "usb-c")
    assert misdrawn(measure(chromium, tmp_path, {"usb-c": shown}), rows) == []
    width, height = rows["usb-c"]["size"]["is"]
    larger = {"usb-c": {"size": {"is": [width * 1.02, height]}}}
    assert len(misdrawn(measure(chromium, tmp_path, {"usb-c": shown}), larger)) == 2
    assert misdrawn(measure(chromium, tmp_path, {"usb-c": shown}), {"usb-c": {}})[0].startswith("usb-c: a bar of mm")
    assert (
        "1 contacts stand outside" in misdrawn(measure(chromium, tmp_path, {"usb-c": broken_contact(shown)}), rows)[0]
    )


def broken_contact(svg: str) -> str:
    """Move the first contact of a drawing above its outline."""
    html = bs4.BeautifulSoup(svg, "lxml")
    one(html, ".sk-mark")["y"] = "-50"
    return str(html)


# -- the plate, in a browser -------------------------------------------------------------------------------------------

PLATE = "hardware/plate/"
ON_PLATE = """() => [...document.querySelectorAll(".sk-plate li:not(.sk-coin) a")].map(link => {
    const outline = link.querySelector(".sk-outline"), box = outline.getBBox(), { a } = outline.getScreenCTM()
    return [link.pathname.split("/").at(-2), [box.width * a, box.height * a], a]
})"""


def test_the_plate_has_one_scale_and_on_paper_it_is_life_size(chromium: Chromium, served: str) -> None:
    sizes = {name: row["size"]["is"] for name, row in entries().items() if "size" in row}

    def job(at: Visit) -> None:
        page = at.page
        at.go(PLATE)

        def shown() -> dict[str, tuple[list[float], float]]:
            return {name: (box, scale) for name, box, scale in page.evaluate(ON_PLATE)}

        on_screen = shown()
        assert on_screen.keys() == entries().keys()
        scales = [on_screen[name][1] for name in sizes]
        scale = max(scales)
        assert scales == pytest.approx([scale] * len(sizes), rel=0.002)  # a browser lays out in whole 64ths of a px
        for name, size in sizes.items():
            assert on_screen[name][0] == pytest.approx([side * scale for side in size], rel=0.01), name
        page.locator(".sk-life input").fill("9")
        assert [shown()[name][1] for name in sizes] == pytest.approx([9] * len(sizes), rel=0.002)
        page.emulate_media(media="print")
        page.evaluate("document.querySelector('.sk-plate').style.removeProperty('--mm')")
        for name, size in sizes.items():
            assert shown()[name][0] == pytest.approx([side * PX_PER_MM for side in size], rel=0.01), name
        coin = page.locator(".sk-coin circle").evaluate("coin => coin.getBBox().width * coin.getScreenCTM().a")
        assert coin == pytest.approx(23.25 * PX_PER_MM, rel=0.01)
        # A browser shrinks a page that has something wider than the paper, here A4 with margins of 20 mm.
        page.set_viewport_size({"width": round(170 * PX_PER_MM), "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= round(170 * PX_PER_MM)

    visit(chromium, served, job)


# -- the key -----------------------------------------------------------------------------------------------------------


def dead_ends(connectors: tuple[Connector, ...]) -> list[str]:
    """Walk every path of the key. Say which do not end at a short list, and which connectors none leads to."""
    found, reached = [], set()
    for branch in identification.branches(connectors):
        names = [connector.id for connector in branch.found]
        reached |= set(names)
        for place in PLACES:
            there = [connector.id for connector in branch.found if place in connector.where]
            if len(there) > SHORT_LIST:
                path = f"{branch.shape}, {branch.inside}, {branch.width or 'any width'}, {place}"
                found.append(f"{path} leads to {', '.join(there)}")
        for this in branch.found:
            for other in branch.found:
                told = {double.name for double in this.mistaken} | {double.name for double in other.mistaken}
                if this.id < other.id and set(this.where) & set(other.where) and not {this.id, other.id} & told:
                    found.append(f"{this.id} and {other.id} look alike, and neither page says how to tell them apart")
    return found + [f"no path leads to {one.id}" for one in connectors if one.id not in reached]


def test_every_path_of_the_key_ends_and_every_connector_is_reached() -> None:
    assert dead_ends(catalogue()) == []


def test_a_dead_end_of_the_key_is_found() -> None:
    (card,) = read_connectors(CARD)
    many = tuple(read_connectors(CARD.replace('"card"', f'"card{number}"'))[0] for number in range(SHORT_LIST + 1))
    assert dead_ends((card,)) == []
    complaints = dead_ends(many)
    assert complaints[0] == "slot, springs, any width, camera leads to card0, card1, card2, card3, card4, card5"
    assert "card0 and card1 look alike, and neither page says how to tell them apart" in complaints


@pytest.mark.parametrize(
    ("width", "answers"),
    [(10.1, "half"), (11.6, "half coin"), (13, "half coin"), (13.2, "coin"), (24.7, "coin two"), (89, "more")],
)
def test_a_width_near_that_of_a_coin_may_be_called_either(width: float, answers: str) -> None:
    size = f"size = {{ is = [{width}, 2], of = 'card', source = 'man2' }}"
    card = CARD.replace("box = [10, 2]", "").replace("contacts = ", f"{size}\ncontacts = ")
    (connector,) = read_connectors(card)
    assert identification.answers(connector)["width"] == tuple(answers.split())


# -- a connector, in a browser -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_contact_tells_its_signal_when_it_is_pointed_at_and_by_keyboard(
    scripts: bool, chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        page = at.page
        at.go("hardware/connectors/usb-c/")
        contacts = page.locator(".sk-large.wide-only .sk-signal")
        words = page.locator(".sk-signal text:not(.sk-readout)")
        sizes = words.evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
        assert set(sizes) == {"13px"}, "words are laid out for this size"
        told = page.locator(".sk-large.wide-only .sk-readout")

        def seen() -> list[str]:
            return [text.text_content() or "" for text in told.all() if text.is_visible()]

        assert seen() == []
        contacts.nth(3).locator(".sk-mark").hover()
        assert seen()[0] == "A4 VBUS (power)"
        contacts.nth(0).focus()
        page.keyboard.press("Tab")
        assert seen()[0] == "A4 VBUS (power)"  # what is pointed at comes first
        page.mouse.move(0, 0)
        assert seen()[0].startswith("A2 TX1")
        page.keyboard.press("Enter")
        page.wait_for_url("**#usb-c-contact-a2")
        assert page.locator("tr:target th").inner_text() == "A2"

    visit(chromium, served, job, scripts=scripts, width=800)


# -- the blocks --------------------------------------------------------------------------------------------------------

CARD = """\
["card"]
name = "Card slot"
family = "storage"
chapter = "deep/page.md"
shape = "slot"
inside = "springs"
where = ["camera"]
common = 1
words = ["photo card"]
looks = "A slot."
contacts = { is = 2, source = "man2" }
["card".face]
box = [10, 2]
"""
PLUG = """\
["plug"]
name = "Plug <A>"
family = "usb"
chapter = "deep/page.md"
formal = { is = "The *plug*", source = ["rfc1", "man2"] }
also = { is = ["one", "two"], source = "rfc1" }
size = { is = [10, 4], of = "opening", source = "rfc1", note = "A [[connection]]." }
rate = { is = "5 Gbit/s", source = "man2" }
gender = { is = "female", source = "rfc1" }
mistaken = [{ for = "card", tell = "It is *flat* [@rfc1]." }, { for = "A hole", tell = "It is empty." }]
shape = "rectangle"
inside = "tongue"
where = ["laptop", "phone"]
common = 3
words = ["plug"]
looks = "A hole."

[plug.face]
outline = [[0, 0], [10, 0], [10, 4], [0, 4]]
round = 1
contact = "pad"
rows = [[2, 8, 1], [2, 8, 3]]

[plug.pins]
source = "man2"
seen = "from the front"
rows = [["1 A", "", "2 B"], ["3 B", "4 B", ""]]
signals = { "A" = ["power", "Power *in*"], "B" = ["data", "Bits"] }
"""
CONNECTORS = f"{CARD}\n{PLUG}"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    made.write("docs/data/connectors.toml", CONNECTORS)
    made.write("docs/hardware/connectors/plug.md", fence("connector", "plug") + "\n" + fence("datasheet", "plug"))
    made.write("docs/hardware/connectors/card.md", fence("connector", "card") + "\n" + fence("datasheet", "card"))
    made.write("docs/deep/page.md", fence("connectors"))
    return made


def words(tag: bs4.Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_a_connector_is_told_with_all_that_is_known_of_it(checkout: Checkout) -> None:
    page = checkout.page(fence("datasheet", "plug"))
    assert [words(row) for row in page.select(".sk-facts tr")] == [
        "Looks like A hole",
        "Formal name The plug 1 2",
        "Also called one, two 1",
        "Year we have no source",
        "Standard we have no source",
        "Contacts we have no source",
        "Size 10 \u00d7 4 mm, the opening 1 A connection .",
        "Carries we have no source",
        "Top rate 5 Gbit/s 2",
        "Gender on the device female 1",
        "Plugged in while running we have no source",
        "Words that find it plug",
    ]
    assert [(row["id"], words(row)) for row in page.select(".sk-contacts tbody tr")] == [
        ("plug-contact-1", "1 A power Power *in*"),
        ("plug-contact-2", "2 B data Bits"),
        ("plug-contact-3", "3 B data Bits"),
        ("plug-contact-4", "4 B data Bits"),
    ]
    assert [words(item) for item in page.select(".sk-doubles li")] == [
        "Card slot : It is flat . 1",
        "A hole : It is empty.",
    ]
    assert one(page, ".sk-doubles a")["href"] == "../hardware/connectors/card.md"
    assert text_of(page, ".sk-facts em") == "plug"


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        (("4", "10", "2", "A1"), ["2", "4", "10", "A1"]),
        (("A10", "A2", "B1", "7"), ["7", "A2", "A10", "B1"]),
        (("pin", "in", "out", "7"), ["pin", "in", "out", "7"]),
    ],
)
def test_contacts_are_listed_by_number_if_they_have_one(
    checkout: Checkout, numbers: tuple[str, ...], order: list[str]
) -> None:
    plug = PLUG
    for old, new in zip(("1 A", "2 B", "3 B", "4 B"), numbers, strict=True):
        plug = plug.replace(f'"{old}"', f'"{new}{old[1:]}"')
    checkout.write("docs/data/connectors.toml", CARD + plug)
    page = checkout.page(fence("datasheet", "plug"))
    assert [words(head) for head in page.select(".sk-contacts tbody th")] == order


def test_a_drawing_without_its_contacts_says_so(checkout: Checkout) -> None:
    assert text_of(checkout.page(fence("connector", "card")), "figcaption").endswith(" Its 2 contacts are left out.")
    checkout.write("docs/data/connectors.toml", CARD.replace("10, 2]", "10, 2]\nteeth = [[1, 9, 1, 2]]") + PLUG)
    assert "left out" not in text_of(checkout.page(fence("connector", "card")), "figcaption")


def test_a_round_thing_is_so_much_across(checkout: Checkout) -> None:
    checkout.write("docs/data/connectors.toml", CARD + PLUG.replace("[10, 4]", "[10, 10]", 1).replace("4]", "10]"))
    assert "10 mm across, the opening" in checkout.page(fence("connector", "plug")).get_text()
    assert "10 across" in checkout.page(fence("connectors", "usb table")).get_text()


def test_a_drawing_tells_a_screen_reader_what_it_shows(checkout: Checkout) -> None:
    page = checkout.page(fence("connector", "plug"))
    for svg in page.select("svg.sk-large"):
        label = one(page, f"#{svg['aria-labelledby']}")
        description = one(page, f"#{svg['aria-describedby']}").get_text()
        assert label.get_text() == "Plug <A>, from the front"
        assert description == (
            "A hole. Drawn: 10 \u00d7 4 mm, the opening, to scale. "
            "Contacts, seen from the front, in rows from the top: 1 A, 2 B; 3 B, 4 B."
        )
        assert one(svg, "a")["aria-label"] == "Contact 1, A: power, Power *in*"
        assert [link["href"] for link in svg.select("a")] == [f"#plug-contact-{number}" for number in (1, 2, 3, 4)]


def oblongs(d: str) -> list[tuple[float, float]]:
    """Return the middle of each rectangle that a path consists of; each but the first says how far it is to it."""
    middles: list[tuple[float, float]] = []
    x = y = 0.0
    for oblong in d.rstrip("Z").split("Z"):
        move, begin, width, height, back = re.findall(r"^([Mm])(.*?)h(.*?)v(.*?)h(.*)$", oblong)[0]
        assert (move == "M") == (not middles)
        assert float(width) == -float(back)
        right, down = map(float, re.findall(r"-?[\d.]+", begin))
        x, y = x + right, y + down
        middles.append((round(x + float(width) / 2, 3), round(y + float(height) / 2, 3)))
    return middles


def test_where_contacts_are_left_out_their_places_are_kept(checkout: Checkout) -> None:
    page = checkout.page(fence("plate"))
    marks = [place for path in page.select(".sk-mark") for place in oblongs(str(path["d"]))]
    assert sum(sorted(marks), ()) == pytest.approx((2, 1, 2, 3, 5, 3, 8, 1))


def test_a_shape_without_a_size_says_so_everywhere(checkout: Checkout) -> None:
    assert "Shape only, not to scale" in text_of(checkout.page(fence("connector", "card")), "figure")
    plate = checkout.page(fence("plate"))
    titles = [words(title) for title in plate.select(".sk-title")]
    lists = [[words(item) for item in faces.select("li > a")] for faces in plate.select(".sk-faces")]
    assert dict(zip(titles, lists, strict=True)) == {
        "To one scale": ["Plug <A>"],
        "Shape only, not to scale": ["Card slot"],
    }
    assert [words(cell) for cell in checkout.page(fence("key")).select(".sk-which table td:nth-child(2)")] == [
        "up to half a coin",
        "\u2013",
    ]


def test_the_table_has_all_or_one_family(checkout: Checkout) -> None:
    rows = [words(row) for row in checkout.page(fence("connectors")).select("tbody tr")]
    assert rows == [
        "Plug <A> \u2013 \u2013 10 \u00d7 4 5 Gbit/s female \u2013",
        "Card slot \u2013 2 \u2013 \u2013 \u2013 \u2013",
    ]
    only = checkout.page(fence("connectors", "storage")).select("tbody tr")
    assert [words(row).split()[0] for row in only] == ["Card"]


MISTAKES = [
    ('name = "Plug <A>"\n', "", "connector plug: lacks name"),
    ('looks = "A hole."', "looks = 3", "connector plug: looks is text in quotes"),
    (
        'shape = "rectangle"',
        'shape = "oblong"',
        (
            "connector plug: shape is one of rectangle, square, rounded ends, cut corners, "
            "d, stepped, circle, eight, slot, or a list of some of them"
        ),
    ),
    (
        'inside = "springs"',
        'inside = ["springs", "coils"]',
        (
            "connector card: inside is one of tongue, block, springs, pins, holes, centre, "
            "screw, empty, card edge, bare pins, or a list of some of them"
        ),
    ),
    (
        'family = "usb"',
        'family = "usbs"',
        'connector plug: family is one of usb, video, network, serial, audio, power, storage, inside, not "usbs"',
    ),
    (
        "common = 3",
        "common = 4",
        "connector plug: common is 1, 2 or 3: how often people meet one, from seldom to every day",
    ),
    (
        'words = ["plug"]',
        'words = ["Plug"]',
        "connector plug: words is a list of what people call it, in small letters",
    ),
    (
        'where = ["laptop", "phone"]',
        'where = ["lap"]',
        (
            "connector plug: where is a list of some of laptop, desktop, phone, gadget, screen, console, network gear, "
            "wall, stereo, stage, car, camera, printer, power supply, inside"
        ),
    ),
    (
        'rate = { is = "5 Gbit/s", source = "man2" }',
        'rate = "5 Gbit/s"',
        (
            'connector plug: rate is a fact such as { is = "1996", source = "usb-2" }, which may have a note, '
            'or "none: why", or "does not apply: why"'
        ),
    ),
    (
        'rate = { is = "5 Gbit/s", source = "man2" }',
        'rate = { is = "5 Gbit/s", source = [] }',
        "connector plug: rate names its source, or a list of them",
    ),
    ('is = "5 Gbit/s"', "is = 5", "connector plug: rate is text in quotes"),
    ('is = "5 Gbit/s"', 'of = "plug", is = "5"', "connector plug: rate has of, which only a size has"),
    ('is = ["one", "two"]', 'is = "one"', "connector plug: also is a list of names"),
    ('"female"', '"neuter"', 'connector plug: gender is one of female, male, disputed, not "neuter"'),
    ("contacts = { is = 2", 'contacts = { is = "2"', "connector card: contacts is how many there are"),
    (
        "is = [10, 4]",
        "is = [10]",
        "connector plug: size is the width and height in mm of one of opening, plug, card, module, shell, slot",
    ),
    (
        'of = "opening"',
        'of = "hole"',
        "connector plug: size is the width and height in mm of one of opening, plug, card, module, shell, slot",
    ),
    ("is = [10, 4]", "is = [10, 5]", "connector plug: its outline reaches from 0 to 4 mm, and its height is 5 mm"),
    ("is = [10, 4]", "is = [11, 4]", "connector plug: its outline reaches from 0 to 10 mm, and its width is 11 mm"),
    ("box = [10, 2]\n", "", "connector card: face has a box if the connector has no size, and only then"),
    ("box = [10, 2]", "box = [10]", "connector card: the box of a face is its width and height"),
    (
        "box = [10, 2]",
        "box = [10, 2]\nlines = []",
        ("connector card: unknown key lines in face; did you mean outline?"),
    ),
    (
        "box = [10, 2]",
        "box = [10, 2]\nmarks = [[[1, 1], [2, 1]]]",
        "connector card: marks of a face is a list of shapes, each the corners of one",
    ),
    (
        "box = [10, 2]",
        'box = [10, 2]\nmiddle = "slit"',
        "connector card: the middle of a face is a pin or a hole",
    ),
    ("rows = [[2, 8, 1],", "rows = [[2, 8],", "connector plug: rows of a face is a list of 3 numbers each"),
    ("rows = [[2, 8, 1],", "rows = [", "connector plug: its face has places for 1 rows of contacts, and there are 2"),
    (
        "rows = [[2, 8, 1], [2, 8, 3]]",
        "places = [[1, 1]]",
        "connector plug: its face has places for 1 contacts, and there are 4",
    ),
    ('contact = "pad"', 'contact = "ball"', "connector plug: contact is one of pad, pin, hole, blade"),
    ('seen = "from the front"\n', "", "connector plug: lacks seen in pins"),
    (
        'rows = [["1 A", "", "2 B"], [',
        'rows = ["1 A", [',
        "connector plug: rows of pins is a list of rows, each a list of contacts",
    ),
    ('"2 B"', '"1 B"', "connector plug: the contact 1 stands there twice"),
    (
        '["card".face]',
        '["card".face]\nteeth = [[1, 9, 1, 3]]',
        "connector card: contacts says 2, and 3 are drawn",
    ),
    ('words = ["plug"]', 'words = ["plug", "hole", "plug"]', 'connector plug: words has "plug" twice'),
    ('"2 B"', '"2 C"', 'connector plug: signals does not say what "C" is for'),
    ('"1 A"', '"1 B"', 'connector plug: signals says what "A" is for, and no contact has it'),
    (
        '["data", "Bits"]',
        '["bits", "Bits"]',
        'connector plug: the signal "B" is a kind, one of power, ground, data, control, unused, and a phrase',
    ),
    (
        '{ for = "A hole", tell',
        '{ to = "A hole", tell',
        "connector plug: unknown key to in mistaken 2; known: for, tell",
    ),
]


def changed(old: str, new: str) -> str:
    assert old in CONNECTORS
    return CONNECTORS.replace(old, new, 1)


def test_a_connector_is_named_as_its_page_may_be(checkout: Checkout) -> None:
    checkout.write(
        "docs/data/connectors.toml", CONNECTORS.replace('["plug"]\nname', '["Plug"]\nname').replace("[plug.", "[Plug.")
    )
    shown, _ = flaw(checkout.page(fence("connectors")), "connectors.toml")
    wanted = "its name is the name of its page: small letters, digits and hyphens, such as usb-c"
    assert shown == f"connector Plug: {wanted}"


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_connector_that_is_not_whole_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    checkout.write("docs/data/connectors.toml", changed(old, new))
    shown, place = flaw(checkout.page(fence("connectors")), "connectors.toml")
    assert shown == message
    assert f"{place}: {shown}" in problems(checkout.root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'source = "man2" }\ngender',
            'source = "man3" }\ngender',
            "connector plug: unknown source man3; did you mean man2?",
        ),
        ('for = "card"', 'for = "cards"', "connector plug: unknown connector cards; did you mean card?"),
        (
            'chapter = "deep/page.md"\nformal',
            'chapter = "deep/hole.md"\nformal',
            "connector plug: there is no page docs/deep/hole.md",
        ),
    ],
)
def test_a_connector_that_refers_to_nothing_is_told(checkout: Checkout, old: str, new: str, message: str) -> None:
    checkout.write("docs/data/connectors.toml", changed(old, new))
    place = "docs/data/connectors.toml:15: "
    assert text_of(checkout.page(fence("connectors")), ".socktrace-error") == place + message
    assert place + message in problems(checkout.root)


def test_a_word_in_the_catalogue_that_leads_to_nothing_is_told(checkout: Checkout) -> None:
    checkout.write("docs/data/connectors.toml", changed("[[connection]]", "[[conection]]"))
    message = "docs/data/connectors.toml:21: unknown term conection; did you mean connection?"
    assert message in problems(checkout.root)


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("connector", "plugg", "unknown connector plugg; did you mean plug?"),
        ("datasheet", "", "a datasheet fence holds the id of a connector, such as usb-c"),
        ("datasheet", "plugg", "unknown connector plugg; did you mean plug?"),
        ("connector", "", "a connector fence holds the id of a connector, such as usb-c"),
        ("connectors", "usbs", "unknown family usbs; did you mean usb?"),
        ("plate", "all", "a plate fence is empty; it prints everything"),
        ("key", "all", "a key fence is empty; it prints everything"),
    ],
)
def test_a_fence_that_asks_for_nothing_there_is_told(checkout: Checkout, name: str, body: str, message: str) -> None:
    shown = text_of(checkout.page(fence(name, body)), ".socktrace-error")
    assert shown == f"docs/deep/page.md:1: {message}"
    assert shown in problems(checkout.root)


def test_connectors_that_are_whole_have_no_problems_and_each_is_shown(checkout: Checkout) -> None:
    checkout.write("docs/data/glossary.toml", "['connection']\nsays = 'Two ends that talk.'\nsource = 'rfc1'\n")
    assert problems(checkout.root) == []
    checkout.write("docs/hardware/connectors/card.md", "# Nothing")
    assert problems(checkout.root) == [
        "docs/data/connectors.toml:1: no page shows the connector card; show it with a connector fence or remove it",
        "docs/data/connectors.toml:1: no page shows what is known of card; show it with a datasheet fence or remove it",
    ]


def test_the_sample_for_contributors_is_whole() -> None:
    lines = registry()["connector"].guide.splitlines()
    (sample,) = [block.body for block in fences.find(lines) if block.name == "toml" and "looks" in block.body]
    (connector,) = read_connectors(sample)
    assert connector.pins
