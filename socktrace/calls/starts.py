"""Where threads were started: a library may run in one for ever, and no line of the program stands on its stack."""

from __future__ import annotations

import sys
from functools import wraps

from socktrace.calls import cpython
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from socktrace.calls.places import Place, Places
    from socktrace.calls.telling import Telling

_FRAME = cpython.frame
"""As it is before a program replaces it."""


class Starts:
    """Knows which line of the program started each thread.

    Args:
        telling: Keeps errors of the witness's own from the program.
        places: Tells whose line it is.
    """

    def __init__(self, telling: Telling, places: Places) -> None:
        self._telling = telling
        self._places = places
        self._known: dict[int, tuple[Place, str]] = {}  # by the `id` of the thread: of another one that gets it, anew
        self._watched = False

    def watch(self) -> None:
        """Watch `threading`, once it is loaded."""
        threading = sys.modules.get("threading")
        if threading is None or self._watched:
            return
        self._watched = True
        for name in cpython.thread_starters:
            if original := vars(threading).get(name):
                setattr(threading, name, self._starter(original))

    def place(self, thread: Any) -> Place | None:
        """Return the place that started a thread; `None` if that is not known.

        Args:
            thread: The thread.
        """
        known = self._known.get(id(thread))
        return known and known[0]

    def of_library(self) -> tuple[Place, str] | None:
        """Return what started this thread, if a library did for the program, and the method that ends it.

        That is named with the library, and a dot between them.
        """
        known = self._known.get(id(cpython.this_thread())) if self._known else None
        return known if known and known[0].line is not None and known[1] else None

    def _starter(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def start(function: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                self._telling.without_harm(self._starts, function)
                return original(function, *args, **kwargs)
            except BaseException as error:
                unseen(error)
                raise

        return start

    def _starts(self, function: Any) -> None:
        """Take note who starts a thread. `Thread.start` is frame number 3, and its caller the next."""
        caller = _FRAME(3).f_back
        self._known[id(getattr(function, "__self__", None))] = (
            self._places.find(caller),
            ".".join(filter(None, self._places.ender(caller))),
        )
