"""The glossary, with every term."""

from __future__ import annotations

import pytest

from sitebuild.data.glossary import read_glossary
from support.checkout import GLOSSARY, Checkout, fence, one


def test_the_glossary_shows_every_term_with_its_sources(checkout: Checkout) -> None:
    page = checkout.page("# Glossary\n\n" + fence("glossary"))
    assert [(head["id"], head.get_text()) for head in page.select(".sk-glossary h2")] == [
        ("connection", "connection"),
        ("listening-socket", "listening socket"),
        ("time-wait", "TIME-WAIT"),
    ]
    assert [link["href"] for link in page.select(".sk-letters a")] == ["#connection", "#listening-socket", "#time-wait"]
    assert [[link["href"] for link in p.select(".sk-cite a")] for p in page.select(".sk-entry p")] == [
        ["#source-1"],
        ["#source-1", "#source-2"],
        ["#source-2"],
    ]


def test_a_term_is_found_by_what_else_it_is_called(checkout: Checkout) -> None:
    checkout.write("docs/data/glossary.toml", GLOSSARY.replace('says = "Two', 'also = ["link", "talk"]\nsays = "Two'))
    page = checkout.page(fence("glossary"))
    assert [span.get_text() for span in page.select(".sk-entry .sk-aliases")] == ["Also under: link, talk"]
    assert one(checkout.page("A [[Talk]]."), "a.sk-term")["href"] == "../reference/glossary.md#connection"


@pytest.mark.parametrize(
    ("also", "says"),
    [
        ('"link"', "term connection: also is a list of names"),
        ("[1]", "term connection: also is a list of names"),
        ('["Time-Wait"]', "term TIME-WAIT: there is another of that name, time-wait"),
        ('["a", "A"]', "term connection: there is another of that name, a"),
    ],
)
def test_two_terms_share_no_name(also: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_glossary(GLOSSARY.replace('says = "Two', f'also = {also}\nsays = "Two'))
