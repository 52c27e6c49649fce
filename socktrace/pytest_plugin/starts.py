"""Who started which thread and which child process, and where: notes it when it happens."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing.process
import os
import subprocess
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from socktrace.calls import cpython
from socktrace.calls.facts import command_of
from socktrace.calls.places import is_own
from socktrace.pytest_plugin.owners import Owner

Place = tuple[str, int] | None

_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes of the library that live as long as this one."""


@dataclass(eq=False, slots=True)
class Thread:
    """A thread that was started while somebody watched.

    Args:
        ref: The thread.
        owner: To whom it is charged: to whom that is charged which started it.
        place: File and line that started it.
    """

    ref: weakref.ref[threading.Thread]
    owner: Owner
    place: Place


@dataclass(eq=False, slots=True)
class Process:
    """A child process.

    Args:
        pid: Its number.
        command: Its command line.
        owner: To whom it is charged.
        place: File and line that started it, if known.
    """

    pid: int
    command: str
    owner: Owner
    place: Place


@dataclass(frozen=True, slots=True)
class _Start:
    command: str
    owner: Owner
    place: Place


class Starts:
    """Keeps the threads and child processes of this process."""

    def __init__(self) -> None:
        self._threads: list[Thread] = []
        self._by_number: dict[int, Owner] = {}
        self._starts: list[_Start] = []
        self._known: dict[int, Process] = {}
        self._is_on = True

    def install(self, charged: Callable[[], Owner], line_of: Callable[[FrameType | None], Place]) -> None:
        """Note each start from now on.

        Args:
            charged: Returns to whom the thread that calls it is charged.
            line_of: Returns the file and line of the project that led to a frame, if there is one.
        """
        self._charged = charged
        self._line_of = line_of
        self._known |= {pid: Process(pid, "", charged(), None) for pid in children()}
        start = threading.Thread.start

        @functools.wraps(start)
        def noted(thread: threading.Thread, *args: Any, **kwargs: Any) -> None:
            if self._is_on:
                place = self._line_of(cpython.frame(1))
                self._threads.append(Thread(weakref.ref(thread), self._charged(), place))
            start(thread, *args, **kwargs)

        threading.Thread.start = noted  # type: ignore[method-assign, assignment]
        begin = multiprocessing.process.BaseProcess.start

        @functools.wraps(begin)
        def begun(process: multiprocessing.process.BaseProcess) -> None:
            owner, place = self._charged(), self._line_of(cpython.frame(1))
            begin(process)
            if self._is_on and process.pid is not None:
                self._known[process.pid] = Process(process.pid, process.name, owner, place)

        multiprocessing.process.BaseProcess.start = begun  # type: ignore[method-assign, assignment]
        self._watch_processes()

    def _watch_processes(self) -> None:
        """Note each child process that is started.

        `sys.addaudithook` would tell of each, too. But a hook is called whenever anything is audited, such as at every
        look at the code of a frame, of which pytest takes many, and the witness more.
        """
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._forks)
        places = ((subprocess, "_fork_exec", 0), (os, "posix_spawn", 1), (os, "posix_spawnp", 1))
        for module, name, position in places:
            if hasattr(module, name):
                setattr(module, name, self._noted(getattr(module, name), position))

    def _forks(self) -> None:
        frame = cpython.frame(1)
        if not is_own(frame.f_code):  # not for a function that is called in a child before it becomes a program
            self._begun("")

    def _noted(self, original: Callable[..., Any], position: int) -> Callable[..., Any]:
        """Watch a function that starts a program.

        Args:
            original: The function.
            position: Which of its arguments is the command line.
        """

        @functools.wraps(original)
        def start(*args: Any, **kwargs: Any) -> Any:
            if len(args) > position:
                self._begun(command_of(args[position]))
            return original(*args, **kwargs)

        return start

    def stop(self) -> None:
        """Note no more."""
        self._is_on = False

    def owner_of(self, number: int) -> Owner | None:
        """Return to whom a thread is charged, given its number in the operating system; `None` if that is unknown."""
        if number not in self._by_number:
            for one in self._threads[::-1]:
                thread = one.ref()
                if thread is not None and thread.native_id == number:
                    self._by_number[number] = one.owner
        return self._by_number.get(number)

    def threads(self) -> list[Thread]:
        """Return the threads that live."""
        self._threads = [one for one in self._threads if (thread := one.ref()) is not None and thread.is_alive()]
        return self._threads

    def has_any(self, owner: Owner) -> bool:
        """Say whether an owner may have started a thread, or there is a child process that may be its own."""
        started: list[Thread | Process] = [*self._threads, *self._known.values()]
        return bool(self._starts) or any(one.owner is owner for one in started)

    def processes(self) -> list[Process]:
        """Return the child processes that live, each charged to who started it."""
        self._starts = [start for start in self._starts if not start.owner.is_over]
        if not self._starts and not self._known:
            return []
        self._known = {pid: one for pid, one in self._known.items() if _lives(pid)}
        for pid in children() if self._starts else ():
            if pid not in self._known:
                command = _command_of(pid)
                start = self._start_of(command)
                owner, place = (start.owner, start.place) if start else (self._charged(), None)
                shown = command or (start.command if start else "")
                self._known[pid] = Process(pid, shown, owner, place)
        return [one for one in self._known.values() if not any(name in one.command for name in _HELPERS)]

    def _start_of(self, command: str) -> _Start | None:
        """Find the start of a process: a fork has this one's command line, and another may not show its own yet."""
        is_fork = command == _command_of(os.getpid())
        alike = [start for start in self._starts if bool(start.command) != is_fork]
        found = next(reversed([start for start in alike if start.command == command] or alike), None)
        if found is not None:
            self._starts.remove(found)
        return found

    def _begun(self, command: str) -> None:
        if self._is_on:
            self._starts.append(_Start(command, self._charged(), self._line_of(cpython.frame(2))))


def children() -> list[int]:
    """Return the number of each living child process; none where there is no /proc (proc(5))."""
    found = []
    for listed in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended meanwhile
            found += [pid for pid in map(int, listed.read_text().split()) if _lives(pid)]
    return found


def _lives(pid: int) -> bool:
    """Say whether a process lives. A zombie has ended; of one that is no child any more, only its number tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] not in b"ZX"
    except OSError:
        return False


def _command_of(pid: int) -> str:
    """Return the command line of a process; none while it is being replaced by another program."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
