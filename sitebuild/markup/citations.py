"""Sources as small numbers after what rests on them, and their list at the foot of the page.

A block or a sentence puts a citation where it rests on a source. Which number that source has on the page is known when
all of the page is there: the first one cited gets 1. So the numbers are given last, in the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from sitebuild.data.bibliography import Source
from sitebuild.markup.links import source_link
from sitebuild.markup.unlisted import UNLISTED
from socktrace.markup import append, element

_CITED = "data-source"
FEW = 12
"""As many sources stand open at a page's foot; a longer list is folded, and opens when one of its numbers is chosen."""
_STOPS = ".,;:!?"
"""What ends a sentence or a part of it stands before the number, as printers do it."""


def citation(sources: Iterable[Source]) -> Element:
    """Return the place of one or several sources in a text. It has no numbers yet.

    Args:
        sources: What the text before it rests on.
    """
    place = Element("sup", {"class": "sk-cite", "data-search-exclude": ""})
    for source in sources:
        SubElement(place, "a", {_CITED: source.id})
    return place


@dataclass(slots=True)
class _Numbers:
    """The numbers of a page.

    Args:
        numbers: The number of each source, by its id.
        uses: The ids of the places that cite it, by its id.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)

    def give(self, link: Element, source: Source) -> None:
        number = self.numbers.setdefault(source.id, len(self.numbers) + 1)
        uses = self.uses.setdefault(source.id, [])
        uses.append(f"cite-{number}-{len(uses) + 1}")
        link.set("id", uses[-1])
        link.set("href", f"#source-{number}")
        link.text = str(number)


def number(page: Element, sources: Mapping[str, Source]) -> None:
    """Give the citations of a page their numbers, and list what they cite at its end.

    Args:
        page: The page.
        sources: The bibliography, by the ids.
    """
    for parent in list(page.iter()):
        _draw_together(parent)
    found = _Numbers()
    for link in page.iter("a"):
        if name := link.attrib.pop(_CITED, ""):
            found.give(link, sources[name])
    for place in filter(is_citation, page.iter("sup")):
        place[:] = links = sorted(place, key=lambda link: int(link.text or ""))
        for link in links:
            link.tail = " " if link is not links[-1] else None
    if found.numbers:
        page.extend(_foot(found, sources))


def _draw_together(parent: Element) -> None:
    """Let no blank stand before a number, what ends a sentence before it, and neighbours be one."""
    if any(is_citation(one) for one in parent):
        _join(parent)
        _let_stops_pass(parent)
        _join(parent)


def _join(parent: Element) -> None:
    before: Element | None = None
    for one in list(parent):
        text = (parent.text if before is None else before.tail) or ""
        if not is_citation(one):
            before = one
        elif before is None or not is_citation(before) or text.strip():
            _put(parent, before, text.rstrip())
            before = one
        else:
            known = {link.get(_CITED) for link in before}
            append(before, *(part for link in one if link.get(_CITED) not in known for part in (" ", link)))
            before.tail = one.tail
            parent.remove(one)


def _let_stops_pass(parent: Element) -> None:
    before: Element | None = None
    for one in parent:
        tail = one.tail or ""
        if is_citation(one) and (stop := tail[:1]) and stop in _STOPS:
            _put(parent, before, ((parent.text if before is None else before.tail) or "") + stop)
            one.tail = tail[1:]
        before = one


def _put(parent: Element, before: Element | None, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text


def is_citation(one: Element) -> bool:
    """Say whether an element is the place of sources in a text."""
    return one.tag == "sup" and one.get("class") == "sk-cite"


def _foot(found: _Numbers, sources: Mapping[str, Source]) -> Iterator[Element]:
    unsought = {"data-search-exclude": ""}
    yield element(f"{UNLISTED}h2", "Sources", attributes={"id": "sources-of-this-page", **unsought})
    listed = element("ol.sk-cited", attributes=unsought)
    for name, number in found.numbers.items():
        source = sources[name]
        item = SubElement(listed, "li", {"id": f"source-{number}"})
        append(item, source_link(source), f": {source.title} ", element("span.sk-back", *_back(found.uses[name])))
    if len(listed) > FEW:
        summary = element("summary", f"All {len(listed)} sources")
        yield element("details.sk-all-cited", summary, listed, attributes=unsought)
    else:
        yield listed


def _back(uses: list[str]) -> Iterator[Element | str]:
    for count, use in enumerate(uses, 1):
        words = "Back to the text" if len(uses) == 1 else f"Back to the text, place {count}"
        sign = "\u2191" if len(uses) == 1 else str(count)
        yield element("a", sign, attributes={"href": f"#{use}", "aria-label": words})
        yield " "
