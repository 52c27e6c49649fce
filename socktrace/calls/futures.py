"""Errors that lie in futures, and for which nobody asks: who called goes on, and nothing is printed.

Of what one line of the program has called, it is enough that somebody asks for one: the first error, or the first
answer, may be all that the program wants to know.
"""

from __future__ import annotations

from functools import partial

from socktrace.calls import cpython

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType
    from typing import Any

_MOST = 100
"""How many errors of a process are told. A server goes on for long."""
_BETWEEN = ("concurrent.futures", "multiprocessing", "asyncio", "socktrace")
"""How the names of modules begin that stand between a future and the line that called."""


class Futures:
    """Tells which errors were put into futures, and of which somebody asked.

    Args:
        tell: Takes a row of each: `swallowed`, an error; `asked`, that somebody asked for one of a group; `dropped`,
            that a future is gone that had an error, so that nobody can ask for that any more.
        raised: Returns what is told of an error.
    """

    def __init__(
        self, tell: Callable[[Mapping[str, Any]], None], raised: Callable[[BaseException], Mapping[str, Any]]
    ) -> None:
        self._tell, self._raised = tell, raised
        self._groups: dict[int, tuple[Any, int]] = {}  # by the `id` of each future that is there, which it keeps alive
        self._numbers: dict[tuple[object, int], int] = {}  # of the groups, by the lines that called
        self._asked: set[int] = set()
        self._failed: dict[int, Any] = {}  # by its `id`, what tells that a future with an error is gone
        self._told = 0

    def made(self, future: Any, *_: object, **__: object) -> None:
        """Take note of the line that made a future."""
        frame: FrameType | None = cpython.frame(3)
        while frame is not None and str(frame.f_globals.get("__name__")).startswith(_BETWEEN):
            frame = frame.f_back
        where = (frame.f_code, frame.f_lineno) if frame else (None, 0)
        self._join(future, self._numbers.setdefault(where, len(self._numbers)))

    def _join(self, future: Any, group: int) -> None:
        key = id(future)
        self._groups[key] = cpython.reference(future, partial(self._groups.pop, key)), group

    def asked(self, future: Any, *_: object, **__: object) -> None:
        """Take note that somebody asks for a result or an error."""
        known = self._groups.get(id(future))
        if known and known[1] not in self._asked:
            self._asked.add(known[1])
            self._tell({"event": "asked", "group": known[1]})

    def settled(self, library: str, future: Any, *args: Any, **kwargs: Any) -> None:
        """Take note of an error that is put into a future.

        Args:
            library: What called for the program.
            future: The future.
            args: What its method was given.
            kwargs: What it was given by name.
        """
        error = cpython.put_in(future, (*args, *kwargs.values()))
        key = id(future)
        if key not in self._groups:  # it was made before anybody watched
            self._join(future, self._numbers.setdefault((None, -key), len(self._numbers)))
        group = self._groups[key][1]
        if isinstance(error, Exception) and group not in self._asked and self._told < _MOST:
            self._told += 1
            self._tell({"event": "swallowed", "group": group, "library": library, **self._raised(error)})
            self._failed[key] = cpython.reference(future, partial(self._dropped, key, group))

    def _dropped(self, key: int, group: int, _: object) -> None:
        self._failed.pop(key, None)
        if group not in self._asked:
            self._tell({"event": "dropped", "group": group})
