"""The questions of a part, on one page."""

from __future__ import annotations

import pytest

from sitebuild.blocks.predict import Excerpt
from sitebuild.blocks.your_turn import whole
from sitebuild.kit.library import Evidence, Recorded
from support.checkout import PREDICT, Checkout, fence, one, text_of
from support.handmade import echo


def test_the_questions_of_a_part_stand_by_chapter_in_the_order_of_the_menu(checkout: Checkout) -> None:
    pages = "{Far: far.md}, {Deep: [{B: deep/b.md}, {A: deep/a.md}, {None: deep/none.md}, {End: deep/page.md}]}"
    checkout.write("mkdocs.yml", f"nav: [{pages}]\n")
    asked = fence("predict", *PREDICT, "lines: 4-6")
    other = asked.replace("What is", "Who is")
    for page, text in ({"far": asked, "deep/a": asked + "\n" + other, "deep/b": other, "deep/none": "no"}).items():
        checkout.write(f"docs/{page}.md", text)
    sheet = one(checkout.page(fence("your-turn")), ".sk-sheet")
    assert [head.get_text() for head in sheet.select(".sk-sheet > details > summary")] == ["B", "A"]
    assert [numbers["start"] for numbers in sheet.select("ol")] == ["1", "2"]
    assert [link["href"] for link in sheet.select("details > p > a")] == ["b.md", "a.md"]
    b, first, second = sheet.select("[data-turn]")
    assert [text_of(entry, "summary") for entry in (b, first, second)] == [
        "Who is printed?",
        "What is printed?",
        "Who is printed?",
    ]
    assert ["open" in one(entry, "details").attrs for entry in (b, first, second)] == [True, False, False]
    assert [line["data-n"] for line in b.select(".sk-line")] == ["4", "5", "6"]
    assert [item.get_text() for item in b.select(".sk-choice span")] == ["Nothing of connections", "Yes"]
    said = sheet.select("summary, legend, label, .sk-reply, .sk-turn > section, details > p")
    assert all("data-search-exclude" in part.attrs for part in said), "each is found where its program is"


def test_a_question_keeps_its_id_from_page_to_page(checkout: Checkout) -> None:
    checkout.write("mkdocs.yml", "nav: [{A: deep/a.md}, {End: deep/page.md}]\n")
    checkout.write("docs/deep/a.md", fence("predict", *PREDICT))
    entry = one(checkout.page(fence("your-turn")), "[data-turn]")
    assert one(checkout.page(fence("predict", *PREDICT)), ".sk-turn")["id"] == entry["data-turn"]


PLUG = """\
[plug]
name = "Plug"
family = "usb"
chapter = "deep/page.md"
shape = "slot"
inside = "springs"
where = ["camera"]
common = 1
words = ["photo card"]
looks = "A slot."
[plug.face]
box = [10, 2]
"""


def test_ports_to_be_named_come_first_with_their_names_folded_away(checkout: Checkout) -> None:
    checkout.write("mkdocs.yml", "nav: [{A: deep/a.md}, {End: deep/page.md}]\n")
    checkout.write("docs/deep/a.md", fence("predict", *PREDICT))
    checkout.write("docs/data/connectors.toml", PLUG)
    sheet = one(checkout.page(fence("your-turn", "plugs: [plug]")), ".sk-sheet")
    first, second = sheet.select(".sk-sheet > details")
    assert text_of(first, "summary") == "Which port is which?"
    assert all("data-search-exclude" in part.attrs for part in (one(first, "summary"), one(first, "ul")))
    item = one(first, "li")
    assert item.svg
    assert "open" not in one(item, "details").attrs
    assert text_of(item, "summary") == "A is called"
    assert (text_of(item, "a"), one(item, "a")["href"]) == ("Plug", "../hardware/connectors/plug.md")
    assert one(second, "ol")["start"] == "1"


@pytest.mark.parametrize("body", ["plug", "plugs: []", "plugs: plug", "plugs: [plug]\nof: a"])
def test_a_sheet_of_something_else_is_told(checkout: Checkout, body: str) -> None:
    checkout.write("docs/data/connectors.toml", PLUG)
    assert "a your-turn fence is empty, or holds plugs:" in checkout.page(fence("your-turn", body)).get_text()


PROGRAM = """\
class Far:
    \"""Said of it.\"""

    port = 1


def near(): return Far()


def other():
    return 0


def main():
    print(near())
    print(1)
"""


def test_the_lines_of_a_question_bring_along_what_they_use() -> None:
    def lines(*shown: int) -> list[int]:
        evidence = Evidence("x.py", PROGRAM, Recorded(echo()))
        return list(whole(Excerpt(evidence, "", PROGRAM, shown, ())).lines)

    assert lines(16) == [16]
    assert lines(15, 16) == [1, 3, 4, 7, 15, 16], "and what that uses, without what it says of itself"
    assert lines(2, 15) == [2, 7, 15], "what is asked about stays; of what is shown in part there is no more"
