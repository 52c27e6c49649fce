"""Where the long names in a message, such as `ConnectionRefusedError`, may part in a narrow column."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX, AtomicString

_ESCAPED = f"{STX}{ord('_')}{ETX}"
"""What the converter makes of an underscore behind a backslash, until the end."""
_LONG = re.compile(r"\S{15,}")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\w\.)(?=[a-zA-Z])|(?<=_)|(?<=://)|(?<=\w\()(?=\w)")


def let_break(element: Element) -> None:
    """Let the long names in the text of an element break where their words begin, and nowhere else; `wbr` marks where.

    Args:
        element: A heading, or a link, with the message as its text.
    """
    text = (element.text or "").replace(_ESCAPED, "_")
    first, *rest = _LONG.sub(lambda name: _WORD.sub("\0", name[0]), text).split("\0")
    if not rest:
        return
    kind = AtomicString if isinstance(element.text, AtomicString) else str
    element.text = kind(first)
    for place, part in enumerate(rest):
        here = Element("wbr")
        here.tail = kind(part)
        element.insert(place, here)
