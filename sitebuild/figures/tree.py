"""A drawing as elements, as the blocks of a page are made of. Pure."""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element

import svg
from markdown.util import AtomicString


def tree(drawn: svg.Element) -> Element:
    """Return a drawing as an element with its parts; whoever writes it escapes what must be, and no one else does.

    Its words are never read as Markdown.
    """
    element = Element(drawn.element_name, _attributes(drawn) | (drawn.extra or {}))
    element.attrib.pop("xmlns", None)  # in a page it says nothing
    if drawn.text:
        element.text = AtomicString(drawn.text)
    element.extend(tree(part) for part in drawn.elements or ())
    return element


_CONTENT = frozenset({"elements", "text", "data", "extra"})


def _attributes(drawn: svg.Element) -> dict[str, str]:
    """Return what `drawn.as_dict()` does, in a third of the time: that copies each path before it is written."""
    has = vars(drawn).items()
    return {_name(key): _written(value) for key, value in has if value is not None and key not in _CONTENT}


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("__", ":").replace("_", "-")


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return " ".join(map(_written, value))
    if isinstance(value, svg.PathData):
        return f"{value.command} {' '.join(str(+one) for one in vars(value).values())}"
    return str(value)
