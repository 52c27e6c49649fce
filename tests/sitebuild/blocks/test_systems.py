"""What differs between systems, and the way to the next page."""

from __future__ import annotations

from support.checkout import Checkout, fence, one, text_of


def test_each_system_has_a_tab_and_a_text_with_its_name(checkout: Checkout) -> None:
    lines = (
        "macOS: >",
        "  One *line*",
        "  and another [@rfc1].",
        "",
        "  A second paragraph.",
        "Windows: A [[connection]]",
    )
    block = one(checkout.page(fence("systems", *lines)), ".sk-systems")
    tabs = block.select(".sk-pick label")
    assert [(tab.get_text(), one(tab, "input")["value"]) for tab in tabs] == [
        ("macOS", "macOS"),
        ("Windows", "Windows"),
    ]
    assert ["checked" in one(tab, "input").attrs for tab in tabs] == [True, False]
    panes = block.select("[data-system]")
    assert [pane["data-system"] for pane in panes] == ["macOS", "Windows"]
    said = [" ".join(p.get_text().split()) for p in panes[0].select("p")]
    assert said == ["macOS", "One line and another.1", "A second paragraph."]
    assert text_of(panes[1], "a.sk-term") == "connection"


def test_two_such_blocks_on_a_page_do_not_share_a_choice(checkout: Checkout) -> None:
    block = fence("systems", "Linux: a", "BSD: b")
    assert len({str(choice["name"]) for choice in checkout.page(block + "\n" + block).select("input")}) == 2


def test_the_way_on_is_a_question_and_the_name_that_the_menu_gives_the_page(checkout: Checkout) -> None:
    checkout.write("mkdocs.yml", "nav:\n  - Part:\n      - The next_page_: sockets/next.md\n")
    checkout.write("docs/sockets/next.md", "---\ntitle: x\n---\n\n# Where next? { #id }\n")
    block = one(checkout.page(fence("next", "So why `two`?", "sockets/next.md#there")), ".sk-next")
    assert (text_of(block, "a"), one(block, "a")["href"]) == ("So why two?", "../sockets/next.md#there")
    checkout.write("docs/sockets/unnamed.md", "# Text\n")
    lost = text_of(checkout.page(fence("next", "So why?", "sockets/unnamed.md")), ".socktrace-error")
    assert lost.endswith("docs/sockets/unnamed.md is not in the menu; name it in mkdocs.yml, under nav")
    assert text_of(block, ".sk-note") == "Next: The next_page_"


def test_the_systems_stand_in_the_same_order_on_every_page(checkout: Checkout) -> None:
    page = checkout.page(fence("systems", "Windows: c", "macOS: b", "Linux: a"))
    assert [tab.get_text() for tab in page.select(".sk-pick label")] == ["Linux", "macOS", "Windows"]
    assert [pane["data-system"] for pane in page.select(".sk-pane")] == ["Linux", "macOS", "Windows"]
