"""Who started which thread and which child process, and where: notes it when it happens."""

from __future__ import annotations

import functools
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from socktrace import cpython
from socktrace.call_facts import command_of
from socktrace.pytest_plugin.owners import Owner

Place = tuple[str, int] | None

_STARTS = ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty")
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
        for process in children():
            self._known[process[0]] = Process(*process, owner=charged(), place=None)
        start = threading.Thread.start

        @functools.wraps(start)
        def noted(thread: threading.Thread, *args: Any, **kwargs: Any) -> None:
            if self._is_on:
                place = self._line_of(cpython.frame(1))
                self._threads.append(Thread(weakref.ref(thread), self._charged(), place))
            start(thread, *args, **kwargs)

        threading.Thread.start = noted  # type: ignore[method-assign, assignment]
        module = cpython.process_module()
        fork_exec = getattr(module, "fork_exec", None)
        if fork_exec is not None:  # how multiprocessing starts one without fork, which no audit event tells

            @functools.wraps(fork_exec)
            def executed(args: Any, *rest: Any) -> Any:
                self._begun(command_of("subprocess.Popen", ("", args)))
                return fork_exec(args, *rest)

            module.fork_exec = executed
        sys.addaudithook(self._audit)

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

    def processes(self) -> list[Process]:
        """Return the child processes that live, each charged to who started it."""
        if not self._starts and not self._known:
            return []
        living = children()
        for pid in set(self._known) - {pid for pid, _ in living}:
            del self._known[pid]
        for pid, command in living:
            if pid not in self._known:
                start = self._start_of(command)
                owner, place = (start.owner, start.place) if start else (self._charged(), None)
                # it has no command line for a moment while it is being replaced by another program
                self._known[pid] = Process(pid, command or (start.command if start else ""), owner, place)
        self._starts.clear()
        return [one for one in self._known.values() if not any(name in one.command for name in _HELPERS)]

    def _start_of(self, command: str) -> _Start | None:
        """Find the start of a process: by its command, or as the last one that has none, a fork."""
        for start in reversed(self._starts):
            if start.command == command:
                return start
        forks = [start for start in self._starts if not start.command]
        return next(reversed(forks or self._starts), None)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _STARTS and self._is_on:
            self._begun("" if event.startswith("os.fork") else command_of(event, args))

    def _begun(self, command: str) -> None:
        if self._is_on:
            self._starts.append(_Start(command, self._charged(), self._line_of(cpython.frame(2))))


def children() -> list[tuple[int, str]]:
    """Return the number and command line of each living child process; none where there is no /proc (proc(5))."""
    found = []
    for listed in Path("/proc/self/task").glob("*/children"):
        try:
            for pid in map(int, listed.read_text().split()):
                state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
                if state not in b"ZX":  # a zombie has ended
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ")
                    found.append((pid, command.decode(errors="replace")))
        except OSError:  # it has ended meanwhile
            continue
    return found
