"""The identification key: questions that lead from what a port looks like to its name. Pure.

It asks what can be seen: the outline, what is inside, the width against a coin, the place. Two people may call one
outline by two names, and misjudge a width by a little, so a connector may fit more than one answer. One whose width has
no source may fit each answer about width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, product

from sitebuild.data.connectors import Connector
from sitebuild.data.looks import INSIDES, SHAPES, WIDTHS

COIN = 23.25
"""The diameter of a coin of 1 euro, in mm (Regulation (EC) 975/98); that of a quarter dollar is 1 mm more."""

BY_EYE = 1.5
"""How far a width in mm may be off that is judged against a coin, be it the one or the other."""

_MOST = dict(zip(WIDTHS, (COIN / 2, COIN, 2 * COIN, float("inf")), strict=True))
"""The greatest width in mm that each answer about width takes in."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where one path of the key ends.

    Args:
        shape: One of `SHAPES`.
        inside: One of `INSIDES`.
        width: One of `WIDTHS`; empty if theirs has no source.
        found: The connectors that look like this.
    """

    shape: str
    inside: str
    width: str
    found: tuple[Connector, ...]


def widths_of(connector: Connector) -> tuple[str, ...]:
    """Return which of `WIDTHS` a connector may seem to have, none if its size has no source."""
    if not connector.size:
        return ()
    seem = (connector.size.width - BY_EYE, connector.size.width + BY_EYE)
    least, greatest = ([most >= width for most in _MOST.values()].index(True) for width in seem)
    return tuple(WIDTHS)[least : greatest + 1]


def answers(connector: Connector) -> dict[str, tuple[str, ...]]:
    """Return every answer to each of `QUESTIONS` that is true of a connector; none for a width without a source."""
    return {
        "shape": connector.shape,
        "inside": connector.inside,
        "width": widths_of(connector),
        "where": connector.where,
    }


def branches(connectors: Iterable[Connector]) -> tuple[Branch, ...]:
    """Return every path of the key, in the order of its questions.

    Args:
        connectors: What it is to tell apart.
    """
    orders = (list(SHAPES), list(INSIDES), [*WIDTHS, ""])

    def place(look: tuple[str, str, str]) -> tuple[int, ...]:
        return tuple(order.index(answer) for order, answer in zip(orders, look, strict=True))

    looks = [(look, one) for one in connectors for look in product(one.shape, one.inside, widths_of(one) or ("",))]
    return tuple(
        Branch(shape, inside, width, tuple(one for _, one in group))
        for (shape, inside, width), group in groupby(
            sorted(looks, key=lambda pair: place(pair[0])), key=lambda pair: pair[0]
        )
    )
