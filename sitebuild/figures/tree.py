"""A drawing as elements, as the blocks of a page are made of. Pure."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import svg
from markdown.util import AtomicString


def tree(drawn: svg.Element) -> Element:
    """Return a drawing as an element with its parts; whoever writes it escapes what must be, and no one else does.

    Its words are never read as Markdown.
    """
    element = Element(drawn.element_name, drawn.as_dict() | (drawn.extra or {}))
    element.attrib.pop("xmlns", None)  # in a page it says nothing
    if drawn.text:
        element.text = AtomicString(drawn.text)
    element.extend(tree(part) for part in drawn.elements or ())
    return element
