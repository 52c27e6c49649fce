"""The glossary, with every term."""

from __future__ import annotations

from support.checkout import Checkout, fence


def test_the_glossary_shows_every_term_with_its_sources(checkout: Checkout) -> None:
    page = checkout.page("# Glossary\n\n" + fence("glossary"))
    assert [(head["id"], head.get_text()) for head in page.select("h2")] == [
        ("connection", "connection"),
        ("listening-socket", "listening socket"),
        ("time-wait", "TIME-WAIT"),
    ]
    assert [p.get_text() for p in page.select(".sk-from")] == [
        "RFC 1, section 10",
        "RFC 1, section 10 · RFC 1, section 9",
        "RFC 1, section 9",
    ]
