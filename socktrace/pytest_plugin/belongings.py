"""What belongs to something that lives longer than a test: a pool's connections, opened whenever somebody needs one."""

from __future__ import annotations

import collections
import gc
import os
import sys
import types
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from socktrace.calls import cpython

_MOST = 200_000
"""How many objects are looked at for one root, at most: some tenths of a second."""
_CLOSED = (
    types.ModuleType, type, types.CodeType, types.FrameType, types.TracebackType, types.BuiltinFunctionType,
    weakref.ref, str, bytes, int, float, bool, complex, range, type(None), property,
)  # fmt: skip
"""Kinds of objects that own no socket, or lead everywhere."""
_RUNNERS = ("_pytest", "pytest", "pluggy", "xdist", "execnet", "socktrace")
"""Packages whose objects lead to every test."""


Names = Mapping[int, Mapping[str, int]]
"""What modules and classes have: whose, under which name, which object. None of it is kept alive by that."""

_CONTAINERS = (list, dict, set, tuple, collections.deque)


def modules(folder: Path) -> list[types.ModuleType]:
    """Return the imported modules that lie in a project's folder, and are no installed packages in it."""
    found = []
    for one in list(sys.modules.values()):
        path = str(getattr(one, "__file__", ""))
        if isinstance(one, types.ModuleType) and path.startswith(f"{folder}{os.sep}") and "site-packages" not in path:
            found.append(one)
    return found


def names(holders: Iterable[object]) -> Names:
    """Return what modules and classes have at the moment."""
    return {id(one): dict(zip(vars(one), map(id, vars(one).values()), strict=True)) for one in holders}


def kept(holder: object, before: Names, *, is_test: bool) -> Iterator[object]:
    """Yield what a module or class has that it had before, and that may own sockets for longer than a test.

    Args:
        holder: The module or class.
        before: What modules and classes had.
        is_test: Whether it is one of tests. A list there is where tests put what they leave, and no pool.
    """
    had = before.get(id(holder), {})
    for name, value in list(vars(holder).items()):
        is_old = had.get(name) == id(value)
        is_bag = is_test and isinstance(value, (*_CONTAINERS, cpython.CSocket))
        if is_old and not is_bag and not isinstance(value, _CLOSED) and not _is_runner(value):
            yield value


def reached(root: object) -> tuple[set[int], set[int]]:
    """Return the descriptors of the sockets, and the numbers of the processes, that an object leads to.

    It follows what objects refer to, but not into modules, classes, the globals of functions, or what an event loop
    watches. Of a loop, only what it is about to do counts: a transport that was told to close does so then.

    Args:
        root: The object.
    """
    descriptors: set[int] = set()
    processes: set[int] = set()
    seen: set[int] = {id(root)}
    waiting: list[object] = [root]
    while waiting and len(seen) < _MOST:
        one = waiting.pop()
        if isinstance(one, cpython.CSocket):
            descriptors.add(cpython.CSocket.fileno(one))
        pid = _pid_of(one)
        if pid is not None:
            processes.add(pid)
        for next_ in _parts(one):
            if id(next_) not in seen and not isinstance(next_, _CLOSED) and not _is_runner(next_):
                seen.add(id(next_))
                waiting.append(next_)
    return descriptors, processes


def _parts(one: object) -> Iterable[Any]:
    if isinstance(one, types.FunctionType):
        return (*(one.__closure__ or ()), *(one.__defaults__ or ()))
    ready = cpython.about_to_run(one)
    return gc.get_referents(one) if ready is None else ready


def _is_runner(one: object) -> bool:
    return type(one).__module__.partition(".")[0] in _RUNNERS


def _pid_of(one: object) -> int | None:
    kind = type(one)
    is_process = kind.__name__ == "Popen" and kind.__module__ in ("subprocess", "asyncio.subprocess")
    is_process = is_process or any(base.__module__ == "multiprocessing.process" for base in kind.__mro__)
    pid = getattr(one, "pid", None) if is_process else None
    return pid if isinstance(pid, int) else None
