"""The place of a field that finds entries while the reader types, which `docs/assets/filter.js` makes. Pure."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def finder(kind: str, asks: str, nothing: str) -> tuple[Element, Element]:
    """Return the place of the field, which keeps its height, and what is said when nothing is found.

    Args:
        kind: What is found: `port` or `term`. An address may say what to find, as in `?port=443`.
        asks: The name of the field.
        nothing: Where to look then, in Markdown.
    """
    place = Element("div", {"class": "sk-find", "data-kind": kind, "data-asks": asks, "data-search-exclude": ""})
    none = Element("template", {"class": "sk-none", "data-search-exclude": ""})
    none.text = nothing
    return place, none
