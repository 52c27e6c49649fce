"""Inside the program: where its other threads and tasks stood when its time was up, told only if it dies of that.

Who waits knows from whom nothing came, and not what that one did instead. When the error has ended the program, the
others have gone on, or were told to end; so it is looked at once, as the time-out is met, and forgotten if somebody
catches it.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from itertools import islice

from socktrace.calls import cpython
from socktrace.calls.frames import steps, variables
from socktrace.calls.places import is_witness
from socktrace.calls.sleeps import is_time_out
from socktrace.calls.stands import descriptor_in, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

    from socktrace.calls.notes import Notes

_NOW, _PID, _IDENT = time.monotonic, os.getpid, _thread.get_ident
"""As they are before a program replaces them."""
_MANY, _DEEP = 32, 40
"""How many threads are looked at, and how many frames of each: who waits again and again is not to be held up."""
_PAUSE = 0.01
"""For how many seconds the tasks of a loop are not looked at again: to go through all of many takes a while."""
_CAUSES = 10
"""How many errors are gone through, each of which came of the next."""
_BEGINS = ("_bootstrap_inner", "run")
"""The functions of `threading` below which stands what a thread was to do."""


class Meanwhile:
    """Remembers where the others stood at the last time-out of each thread, and of the tasks of each loop.

    Args:
        notes: Knows the program's own lines and its sockets, and takes the rows.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._met: dict[int, tuple[int, list[dict[str, Any]]]] = {}  # by thread: the `id` of the error, and the rows
        self._late: dict[int, tuple[float, list[dict[str, Any]]]] = {}  # by thread: when, and the rows of tasks
        self._watched: set[tuple[Any, str]] = set()
        notes.timed_out = self.timed_out

    def watch_libraries(self) -> None:
        """Learn of the time-outs of asyncio, which no call on a socket meets."""
        for known in cpython.times_out():
            if known not in self._watched:
                self._watched.add(known)
                setattr(*known, self._notes.telling.told_first(self._task_timed_out, getattr(*known)))

    def timed_out(self, error: BaseException) -> None:
        """Take note of a time-out that a call on a socket has met.

        Args:
            error: What it raises.
        """
        threading = sys.modules.get("threading")
        others = [one for one in threading.enumerate() if one.ident != _IDENT()] if threading else []
        if others:
            rows = (self._standing(one) for one in others[:_MANY])
            told = [row for row in rows if row["line"] is not None or "identity" in row]  # others wait for work
            self._met[_IDENT()] = id(error), told

    def died_of(self, error: BaseException | None) -> None:
        """Tell where the others stood, if the program or a thread of it dies of a time-out.

        Args:
            error: What nobody caught.
        """
        chain = [*_chain(error)]
        met, rows = self._met.pop(_IDENT(), (0, []))
        if met not in map(id, chain):
            _, rows = self._late.pop(_IDENT(), (0.0, []))
            where = [(self._notes.own(frame.f_code), line) for one in chain for frame, line in steps(one)]
            if not any(map(is_time_out, chain)) or not any((row["path"], row["line"]) in where for row in rows[:1]):
                return
        for row in rows:
            self._notes.telling.row({"event": "stood", "pid": _PID(), **row})

    def _task_timed_out(self, one: Any, *_: Any) -> None:
        """Take note of where the tasks of an event loop wait when the time of one is up, but not again and again."""
        now, task = _NOW(), cpython.timed_out(one)
        if task is None or now - self._late.get(_IDENT(), (0.0, []))[0] < _PAUSE:
            return
        waits = self._awaiting(task)
        others = (other for other in sys.modules["asyncio"].all_tasks() if other is not task)
        found = (self._awaiting(other) for other in islice(others, _MANY))
        self._late[_IDENT()] = now, [{**waits, "on": "died"}, *filter(None, found)] if waits else []

    def _awaiting(self, task: Any) -> dict[str, Any]:
        """Say at which of the program's own lines a task waits, and for what; nothing if at none."""
        frames = [*cpython.awaits(task)]
        if frames and (inner := cpython.waited_for(frames[-1])) is not None:
            frames[-1:] = cpython.awaits(inner)
        own = [number for number, frame in enumerate(frames) if self._notes.own(frame.f_code) is not None]
        if not own:
            return {}
        last, inner = frames[own[-1]], frames[own[-1] + 1 :]
        called = [frame.f_code.co_name for frame in inner if not cpython.is_wait_for(frame.f_code)]
        known = (self._notes.known(descriptor_in(variables(frame))) for frame in inner)
        name, function = frames[own[0]].f_code.co_qualname, called[0] if called else ""
        row = {"kind": "task", "name": name, "path": self._notes.own(last.f_code), "line": last.f_lineno}
        identity = next(filter(None, known), None)
        return {**row, "function": function} | ({"identity": identity, "call": kind_of(function)} if identity else {})

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


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that it came of, as Python tells of them, the last one first."""
    one = error
    for _ in range(_CAUSES):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__
