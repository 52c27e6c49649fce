"""The questions of a part, on one page."""

from __future__ import annotations

from support.checkout import PREDICT, Checkout, fence, one, text_of


def test_the_questions_of_a_part_stand_by_chapter_in_the_order_of_the_menu(checkout: Checkout) -> None:
    pages = "{Far: far.md}, {Deep: [{B: deep/b.md}, {A: deep/a.md}, {None: deep/none.md}, {End: deep/page.md}]}"
    checkout.write("mkdocs.yml", f"nav: [{pages}]\n")
    asked = fence("predict", *PREDICT, "lines: 4-6")
    other = asked.replace("What is", "Who is")
    for page, text in ({"far": asked, "deep/a": asked + "\n" + other, "deep/b": other, "deep/none": "no"}).items():
        checkout.write(f"docs/{page}.md", text)
    sheet = one(checkout.page(fence("your-turn")), ".sk-sheet")
    assert [head.get_text() for head in sheet.select("p > strong")] == ["B", "A"]
    b, first, second = sheet.select("[data-turn]")
    assert [text_of(entry, "p > a") for entry in (b, first, second)] == [
        "Who is printed?",
        "What is printed?",
        "Who is printed?",
    ]
    assert one(b, "a")["href"] == f"b.md#{b['data-turn']}"
    assert [line["data-n"] for line in b.select(".sk-line")] == ["4", "5", "6"]
    assert [item.get_text() for item in b.select(".sk-paper > ul > li")] == ["Nothing of connections", "Yes"]
    assert "Because" not in sheet.get_text()
    assert "data-search-exclude" in sheet.attrs


def test_a_question_keeps_its_id_from_page_to_page(checkout: Checkout) -> None:
    checkout.write("mkdocs.yml", "nav: [{A: deep/a.md}, {End: deep/page.md}]\n")
    checkout.write("docs/deep/a.md", fence("predict", *PREDICT))
    entry = one(checkout.page(fence("your-turn")), "[data-turn]")
    assert one(checkout.page(fence("predict", *PREDICT)), ".sk-turn")["id"] == entry["data-turn"]
