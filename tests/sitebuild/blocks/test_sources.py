"""The bibliography, whole or in parts."""

from __future__ import annotations

from sitebuild.checks.site import problems
from support.checkout import SOURCES, Checkout, fence


def test_the_bibliography_counts_as_people_do(checkout: Checkout) -> None:
    page = checkout.page(fence("sources"))
    assert [term["id"] for term in page.select("dt")] == ["man2", "rfc1"]
    assert page.select("dd")[1].get_text() == 'Host <Software> & "more". Read 2026-11-22: stored copy.'


def test_the_bibliography_may_stand_in_parts_but_no_source_may_be_left_out(checkout: Checkout) -> None:
    labels = {"man2": "apple", "rfc1": "Zebra", "hex1": "0x1", "long": "\u00dcber"}
    entries = [SOURCES.split('["man2"]')[1].replace("RFC 1, section 9", label) for label in labels.values()]
    text = "".join(f'["{name}"]{entry}\n' for name, entry in zip(labels, entries, strict=True))
    checkout.write("docs/data/sources.toml", text)

    def listed(part: str) -> list[str]:
        return [str(term["id"]) for term in checkout.page(fence("sources", part)).select("dt")]

    assert (listed("a-m"), listed("n-z"), listed("b-y")) == (["hex1", "man2"], ["rfc1", "long"], [])
    checkout.write("docs/deep/page.md", fence("sources", "a-m") + "[@man2] [@rfc1] [@hex1] [@long]")
    message = "no page lists the source {}; give a sources fence the letter that it begins with"
    complaints = "\n".join(problems(checkout.root))
    assert [name for name in labels if message.format(name) in complaints] == ["rfc1", "long"]
