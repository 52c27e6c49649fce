"""The glossary, with every term."""

from __future__ import annotations

from support.checkout import Checkout, fence


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
