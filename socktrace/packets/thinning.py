"""Keeps what a run that never ends leaves behind small: the first of it, the last, and what must not be missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Thinning(Generic[T]):
    """Hands on the first things that it is given, and of what comes later what matters, and the last ones.

    Args:
        keep: Takes what is kept; the last ones out of their turn, when all is over.
        matters: Says of a thing whether something would seem to be wrong if it were missing.
        first: How many are kept, whether they matter or not.
        last: How many of the last ones are kept.
        most: How many are kept at most before the last ones, even of those that matter.
    """

    def __init__(
        self, keep: Callable[[T], None], matters: Callable[[T], bool], *, first: int, last: int, most: int
    ) -> None:
        self._keep = keep
        self._matters = matters
        self._first = first
        self._most = most
        self._kept = 0
        self._last: deque[T] = deque(maxlen=last)
        self.missing = 0
        """How many are not kept."""
        self.missed = False
        """Whether some that mattered are among them."""

    def __call__(self, one: T) -> None:
        """Take a thing."""
        if self._kept < self._first or (self._matters(one) and self._kept < self._most):
            self._kept += 1
            self._keep(one)
            return
        if len(self._last) == self._last.maxlen:
            self.missing += 1
            self.missed = self.missed or self._matters(self._last[0])
        self._last.append(one)

    def finish(self) -> None:
        """Hand on the last ones."""
        while self._last:
            self._keep(self._last.popleft())
