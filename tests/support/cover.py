"""A few that stand for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping


def cover(having: Mapping[str, Collection[Hashable]], cost: Callable[[str], float] = lambda _: 1) -> list[str]:
    """Choose few names that have among them all that any has: each time the one that adds the most for what it costs.

    Args:
        having: What each has.
        cost: What it costs to take a name, in any unit.
    """
    left = {one for has in having.values() for one in has}
    chosen = []
    while left:
        best = max(sorted(having), key=lambda name: len(left.intersection(having[name])) / cost(name))
        chosen.append(best)
        left.difference_update(having[best])
    for name in tuple(chosen):  # what came later may have made it needless
        others = {one for other in chosen if other != name for one in having[other]}
        if others.issuperset(having[name]):
            chosen.remove(name)
    return chosen
