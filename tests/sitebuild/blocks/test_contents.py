"""The contents: what the menu and the pages say of themselves, and nothing else."""

from __future__ import annotations

import json

from bs4 import BeautifulSoup
from markdown import markdown

from sitebuild.blocks import contents, open_library
from support.checkout import Checkout

MENU = """\
site_url: !ENV [SITE_URL, ""]
nav:
  - Home: index.md
  - Contents: deep/page.md
  - Sockets:
      - "The first: a socket": sockets/first.md
      - A second: sockets/second.md
  - Proof: proof.md
"""


def made(checkout: Checkout) -> BeautifulSoup:
    checkout.write("mkdocs.yml", MENU)
    checkout.write("docs/sockets/first.md", "---\ndescription: Why *one* [socket] is enough.\n---\n\n# First\n")
    checkout.write("docs/sockets/second.md", "# Second\n")
    checkout.write("docs/proof.md", "---\ndescription: How it is proven.\n---\n# Proof\n")
    checkout.write("docs/hardware/connectors/usb-c.md", "---\ndescription: A port.\n---\n\n# USB-C\n")
    text = contents.render(open_library(checkout.root), "deep/page.md")
    return BeautifulSoup(markdown(text, extensions=["md_in_html", "attr_list"]), "lxml")


def test_chapters_stand_by_part_with_what_they_say_of_themselves(checkout: Checkout) -> None:
    page = made(checkout)
    assert [head.get_text() for head in page.select("h2.part")] == ["Sockets", "This site", "A to Z"]
    entries = [" ".join(entry.get_text(" ").split()) for entry in page.select(".sk-pages li")]
    assert entries == ["The first: a socket Why *one* [socket] is enough", "A second", "Proof How it is proven"]
    assert [str(link["href"]) for link in page.select(".sk-pages a")] == [
        "../sockets/first.md",
        "../sockets/second.md",
        "../proof.md",
    ]


def test_of_a_long_description_the_first_clause_is_said(checkout: Checkout) -> None:
    made(checkout)
    cases = {
        "You stop it, and it will not start again: who has the port, and how to get it back.": (
            "You stop it, and it will not start again"
        ),
        "Short: the words after the colon belong to it, as there would be too little.": (
            "Short: the words after the colon belong to it, as there would be too little"
        ),
        "One thing, another thing that is told at length, " + "and more " * 9: (
            "One thing, another thing that is told at length"
        ),
    }
    for text, scene in cases.items():
        checkout.write("docs/proof.md", f"---\ndescription: {json.dumps(text)}\n---\n# Proof\n")
        part = contents.render(open_library(checkout.root), "deep/page.md")
        assert f"<br>\n    {scene}\n" in part


def test_the_index_has_hardware_ports_and_terms_by_their_letters_and_no_page_a_second_time(checkout: Checkout) -> None:
    page = made(checkout)
    found = [entry.get_text() for entry in page.select(".sk-index p, .sk-index li")]
    assert " ".join(found) == "C connection L listening socket T TIME-WAIT U USB-C"
    assert "../reference/glossary.md#time-wait" in {str(link["href"]) for link in page.select(".sk-index a")}


def test_a_part_stands_alone_where_it_is_named(checkout: Checkout) -> None:
    made(checkout)
    text = contents.of_part(open_library(checkout.root), "sockets/index.md", "Sockets")
    page = BeautifulSoup(markdown(text, extensions=["md_in_html", "attr_list"]), "lxml")
    assert [link["href"] for link in page.select("a")] == ["first.md", "second.md"]
    assert [link.get_text() for link in page.select(".sk-pages a")] == ["The first: a socket", "A second"]
    assert not page.select("h2")


def test_a_part_that_the_menu_does_not_have_is_told(checkout: Checkout) -> None:
    made(checkout)
    page = checkout.page("```contents\nPlugs\n```")
    assert 'the menu has no part "Plugs", but Sockets' in page.get_text()
