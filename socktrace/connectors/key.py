"""The key that leads from what a port looks like to its name. Pure.

It asks what can be seen: the outline, what is inside, the width against a coin, the place. A connector whose width has
no source fits every answer about width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from socktrace.connectors.catalogue import INSIDES, PLACES, SHAPES, Connector

COIN = 23.25
"""The diameter of a coin of 1 euro, in mm (Regulation (EC) 975/98); that of a quarter dollar is 1 mm more."""

WIDTHS = {
    "half": (COIN / 2, "at most half as wide as a coin"),
    "coin": (COIN, "up to as wide as a coin"),
    "two": (2 * COIN, "up to two coins wide"),
    "more": (float("inf"), "wider than two coins"),
}
"""The answers about width, each with the greatest width in mm that it takes in."""

UNSURE = "width not published"
QUESTIONS = {
    "shape": "What outline has it?",
    "inside": "What do you see inside?",
    "width": "How wide is it?",
    "where": "On what is it?",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """Where one path of the key ends.

    Args:
        shape: One of `SHAPES`.
        inside: One of `INSIDES`.
        width: One of `WIDTHS`; empty if it has no source.
        found: The connectors that look like this.
    """

    shape: str
    inside: str
    width: str
    found: tuple[Connector, ...]


def width_of(connector: Connector) -> str:
    """Return which of `WIDTHS` a connector has, `""` if its size has no source."""
    if not connector.size:
        return ""
    return next(name for name, (most, _) in WIDTHS.items() if connector.size and connector.size.width <= most)


def answers(connector: Connector) -> dict[str, tuple[str, ...]]:
    """Return every answer to each of `QUESTIONS` that is true of a connector."""
    width = width_of(connector)
    return {
        "shape": (connector.shape,),
        "inside": (connector.inside,),
        "width": (width,) if width else tuple(WIDTHS),
        "where": connector.where,
    }


def words(question: str) -> dict[str, str]:
    """Return the answers to one of `QUESTIONS`, with their words."""
    widths = {name: said for name, (_, said) in WIDTHS.items()}
    return {"shape": SHAPES, "inside": INSIDES, "width": widths, "where": PLACES}[question]


def branches(connectors: Iterable[Connector]) -> tuple[Branch, ...]:
    """Return every path of the key, in the order of its questions.

    Args:
        connectors: What it is to tell apart.
    """

    def look(one: Connector) -> tuple[int, int, int]:
        widths = [*WIDTHS, ""]
        return list(SHAPES).index(one.shape), list(INSIDES).index(one.inside), widths.index(width_of(one))

    found = []
    for _, group in groupby(sorted(connectors, key=look), key=look):
        alike = tuple(group)
        found.append(Branch(alike[0].shape, alike[0].inside, width_of(alike[0]), alike))
    return tuple(found)
