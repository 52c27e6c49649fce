"""Writes HTML as elements, never as text: what is escaped is decided in one place, when all is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring


def element(tag: str, *content: Element | str | None, attributes: dict[str, str] | None = None) -> Element:
    """Return an element with its content.

    Args:
        tag: Its name, perhaps with its class, as in `span.sk-port`; several classes are parted by blanks.
        content: What is in it, in order: text as a reader sees it, and elements; `None` adds nothing.
        attributes: Its attributes but for its class.
    """
    name, _, kind = tag.partition(".")
    made = Element(name, {"class": kind} if kind else {}, **(attributes or {}))
    append(made, *content)
    return made


def append(parent: Element, *content: Element | str | None) -> None:
    """Add content to the end of an element.

    Args:
        parent: The element.
        content: As for `element`.
    """
    for one in content:
        if isinstance(one, str):  # text that stands alone stays of its kind, such as one that no converter changes
            if len(parent):
                parent[-1].tail = parent[-1].tail + one if parent[-1].tail else one
            else:
                parent.text = parent.text + one if parent.text else one
        elif one is not None:
            parent.append(one)


def to_html(elements: Iterable[Element]) -> str:
    """Return elements as HTML.

    Args:
        elements: The elements, in order.
    """
    return "".join(tostring(one, encoding="unicode", method="html") for one in elements)
