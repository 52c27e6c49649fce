"""Writes HTML as elements, never as text: what is escaped is decided in one place, when all is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element


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
    parts: list[str] = []
    for one in elements:
        _write(one, parts)
    return "".join(parts)


_EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
"""The elements that have no end tag."""


def _write(one: Element, parts: list[str]) -> None:
    # The standard library's writer looks for name spaces everywhere, and takes twice as long.
    parts.append(f"<{one.tag}")
    for name, value in one.items():
        value = value.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
        parts.append(f' {name}="{value}"')
    parts.append(f">{_escaped(one.text or '')}")
    for child in one:
        _write(child, parts)
    if one.tag not in _EMPTY:
        parts.append(f"</{one.tag}>")
    if one.tail:
        parts.append(_escaped(one.tail))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
