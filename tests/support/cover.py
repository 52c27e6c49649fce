"""A few that stand for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping


def cover(having: Mapping[str, Collection[Hashable]]) -> list[str]:
    """Choose few names that have among them all that any has: each time the one that adds the most.

    Args:
        having: What each has.
    """
    left = {one for has in having.values() for one in has}
    chosen = []
    while left:
        best = max(sorted(having), key=lambda name: len(left.intersection(having[name])))
        chosen.append(best)
        left.difference_update(having[best])
    return chosen
