"""Keeps what a search is not to know out of MkDocs' sight when it makes its index of a page's text.

Three of four elements of a page are such: drawings, runs, sources. Material's plugin would take each of them apart only
to leave it out, which is a fifth of a build. A comment it passes over at once; the template, which comes after the
index, takes the marks of the comment off again.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

UNSOUGHT = "data-search-exclude"
"""The attribute of an element that no search is to know, for both builders."""

OPEN, CLOSE = "<!--unsought ", " unsought-->"
"""What stands around such an element until `docs/overrides/main.html` takes it off. No other `-->` is between them: in
texts and attributes the end of a tag is always written as `&gt;`."""

# Characters that stand for nothing in any text.
_MARKS = {"\ufdd3": OPEN, "\ufdd4": CLOSE}
_BEFORE, _AFTER = _MARKS


class Marks(Treeprocessor):
    """Marks the elements."""

    def run(self, root: Element) -> None:
        """Mark what is below `root`, what stands in another such element with that."""
        _mark(root)


def _mark(parent: Element) -> None:
    before: Element | None = None
    for child in parent:
        if UNSOUGHT not in child.attrib:
            _mark(child)
        else:
            child.tail = _AFTER + (child.tail or "")
            if before is None:
                parent.text = (parent.text or "") + _BEFORE
            else:
                before.tail = (before.tail or "") + _BEFORE
        before = child


class Comments(Postprocessor):
    """Makes comments of the marks."""

    def run(self, text: str) -> str:
        """Return the page with its comments."""
        for mark, comment in _MARKS.items():
            text = text.replace(mark, comment)
        return text
