"""The signs of the figures beside words: `:listening-socket:` in a sentence or in the cell of a table. Pure."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from sitebuild.reading.options import PageError, guess

PATTERN = r"(?<![\w:]):([a-z]+(?:-[a-z0-9]+)+|socket|refused|works):(?![\w:])"
"""What may be a sign; a program's text in backticks is none."""

SIGNS = {
    "listening-socket": "sk-ring",
    "connected-socket": "sk-disc",
    "socket": "sk-diamond",
    "ended-socket": "sk-ended",
    "hardware-port": "sk-hexagon",
    "refused": "sk-refused",
    "works": "sk-works",
}
"""The name of each sign, and the class of its shape in `docs/assets/site.css`. A port is `:port-8080:`."""

LAST = 65535
"""The highest port number."""

_PORT = re.compile(r"port-(\d{1,5})")


def sign(name: str) -> Element:
    """Return a sign. It is for the eye: the word beside it says the same, so a screen reader passes over it.

    Args:
        name: What stands between the colons.

    Raises:
        PageError: There is none of that name.
    """
    if port := _PORT.fullmatch(name):
        if int(port[1]) > LAST:
            raise PageError(f"there is no port {port[1]}; a port is a number, 0 to {LAST}")
        tag = Element("span", {"class": "sk-port"})
        tag.text = AtomicString(port[1])
        return tag
    if name not in SIGNS:
        raise PageError(f"unknown sign :{name}:{guess(name, [*SIGNS, 'port-8080'])}")
    return Element("span", {"class": SIGNS[name], "aria-hidden": "true"})
