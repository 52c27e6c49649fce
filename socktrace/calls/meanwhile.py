"""Inside the program: where its other threads and tasks stood when its time was up, told only if it dies of that.

Who waits knows from whom nothing came, and not what that one did instead. When the error has ended the program, the
others have gone on, or were told to end; so it is looked at once, as the time-out is met, and forgotten if somebody
catches it.
"""

from __future__ import annotations

import _thread
import os
import sys

from socktrace.calls import cpython
from socktrace.calls.frames import steps, variables
from socktrace.calls.places import is_witness
from socktrace.calls.sleeps import is_time_out
from socktrace.calls.stands import awaited_in, tasks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

    from socktrace.calls.notes import Notes

_PID, _IDENT = os.getpid, _thread.get_ident
"""As they are before a program replaces them."""
_MANY, _DEEP = 32, 40
"""How many threads are looked at, and how many frames of each: who waits again and again is not to be held up."""
_CAUSES = 10
"""How many errors are gone through, each of which came of the next."""
_BEGINS = ("_bootstrap_inner", "run")
"""The functions of `threading` below which stands what a thread was to do."""


class Meanwhile:
    """Remembers where the others stood at the last time-out of each thread.

    Args:
        notes: Knows the program's own lines and its sockets, and takes the rows.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._met: dict[int, tuple[int, list[dict[str, Any]]]] = {}  # by thread: the `id` of the error, and the rows
        self._knows_loops = False
        notes.timed_out = self.timed_out

    def watch_libraries(self) -> None:
        """Learn of the end of an event loop, which tells its tasks to end before anybody hears of what it died of."""
        if (ends := cpython.ends_tasks()) is not None and not self._knows_loops:
            self._knows_loops = True
            setattr(*ends, self._notes.telling.told_first(self._cancels, getattr(*ends)))

    def timed_out(self, error: BaseException) -> None:
        """Take note of a time-out that a call on a socket has met.

        Args:
            error: What it raises.
        """
        threading = sys.modules.get("threading")
        others = [one for one in threading.enumerate() if one.ident != _IDENT()] if threading else []
        if others:
            self._met[_IDENT()] = id(error), [self._standing(one) for one in others[:_MANY]]

    def died_of(self, error: BaseException | None) -> None:
        """Tell where the others stood, if the program or a thread of it dies of a time-out.

        Args:
            error: What nobody caught.
        """
        met, rows = self._met.get(_IDENT(), (0, []))
        if error is None or met not in map(id, _chain(error)):
            return
        del self._met[_IDENT()]
        for row in rows:
            self._notes.telling.row({"event": "stood", "pid": _PID(), **row})

    def _cancels(self, *_: Any) -> None:
        error = sys.exception()
        if error is not None and is_time_out(error):
            found = [dict(one) for one in tasks(self._notes, None)]
            for one in _chain(error):
                frames = [frame for frame, _ in steps(one)]
                if waited := awaited_in(self._notes, frames):
                    found.append({**waited, "on": "died"})
                    break
            self._met[_IDENT()] = id(error), found

    def _standing(self, thread: Any) -> dict[str, Any]:
        """Say where a thread stands; of what is not the witness's own frame, no variable is looked at."""
        row = {"kind": "thread", "name": thread.name, "tid": thread.native_id, "path": None, "line": None}
        called = ""
        for frame in _outwards(cpython.frame_of(thread)):
            if (path := self._notes.own(frame.f_code)) is not None:
                return {**row, "path": path, "line": frame.f_lineno, "function": called or cpython.called_from(frame)}
            if frame.f_globals.get("__name__") == "threading" and frame.f_code.co_name in _BEGINS:
                break
            known = variables(frame) if is_witness(frame) and "identity" not in row else {}
            if known.get("identity") and "kind" in known:
                row |= {"identity": known["identity"], "call": known["kind"]}
                called = str(known.get("name") or known.get("function")).lstrip("_")
            elif frame.f_globals.get("__name__") == "socket":  # of a file, which reads in C what comes by that
                named = cpython.called_from(frame.f_back) if frame.f_back else ""
                called = named if named.startswith("read") else called
            else:
                called = frame.f_code.co_name
        return {**row, "function": called}


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    for _ in range(_DEEP):
        if frame is None:
            return
        yield frame
        frame = frame.f_back


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it came of, as Python tells of them, the last one first."""
    one: BaseException | None = error
    for _ in range(_CAUSES):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__
