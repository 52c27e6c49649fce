"""Stops programs, and what outlived them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from socktrace.calls import stacks
from socktrace.sandbox.farewell import family
from socktrace.sandbox.job import Watcher
from socktrace.sandbox.patience import Clock
from socktrace.sandbox.sink import Sink

SETTLE = 0.5
"""How many seconds what the program set in motion gets to come to rest when it has ended: the last packets, and child
processes that are on their way out. On loopback that takes about a millisecond. What takes longer is a survivor; a
process that waits for a processor meanwhile has more time."""
_REAP = 0.005
"""How many seconds pass between two looks for child processes that are still there; they are rare, and end slowly."""
_FULL_STOP = 0.01
"""How many seconds pass between two looks whether a program that is to be stopped has said where it stands."""
_CHILDREN = 8
"""How many children of a program are asked that, at most."""


def stacks_of(log: Path) -> Path:
    """Return where a program writes down where its threads stand when it is to be stopped."""
    return Path(f"{log}.stuck")


def stop(programs: dict[int, Path], *, with_children: bool) -> int:
    """Stop programs, after they have written down where their threads stand.

    Args:
        programs: By its process id, where each writes that.
        with_children: Whether their child processes are asked too, as Linux lets them be found.

    Returns:
        When they were stopped, in nanoseconds of the system clock.
    """
    for pid in programs:
        os.kill(pid, stacks.STACKS)
    began = time.monotonic()
    for file in programs.values():
        while not stacks.is_told(file, time.monotonic() - began):
            time.sleep(_FULL_STOP)
    if with_children:
        _ask_children(programs)
    moments = []
    for fatal in (signal.SIGSTOP, signal.SIGKILL):  # none may go on because another has ended
        for pid in programs:
            os.kill(pid, fatal)
        moments.append(time.time_ns())
    return moments[0]


def _ask_children(programs: dict[int, Path]) -> None:
    """Let the children of programs write down where they stand, if they do so soon: one may be what another waits for.

    Args:
        programs: By its process id, where each program writes that.
    """
    asked = {child: Path(f"{file}.{child}") for pid, file in programs.items() for child in _asked(pid)}
    clock, until = Clock(), time.monotonic() + SETTLE
    while not all(stacks.is_told(file, 0.0) for file in asked.values()) and clock.read(time.monotonic(), asked) < until:
        time.sleep(_FULL_STOP)


def _asked(pid: int) -> Iterator[int]:
    for child in [one for one in family(pid)[1:] if stacks.catches(one)][:_CHILDREN]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, stacks.STACKS)
            yield child


def sweep(witness: Watcher | None, sinks: dict[int, Sink]) -> tuple[tuple[int, str], ...]:
    """Stop the child processes that outlived the programs, after a short grace, and read the pipes to their end."""
    clock, deadline = Clock(), time.monotonic() + SETTLE
    survivors: tuple[tuple[int, str], ...] = ()
    while _reap():
        children = descendants()
        if clock.read(time.monotonic(), [pid for pid, _ in children]) >= deadline:
            survivors = survivors or tuple(children)
            for pid, _ in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if witness:
            witness.read()
        time.sleep(_REAP)
    for fd, sink in sinks.items():
        while sink.take(fd):
            pass
        os.close(fd)
    return survivors


def _reap() -> bool:
    """Collect ended children (orphans come to this process, a subreaper); say whether any is still running."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True


def descendants() -> list[tuple[int, str]]:
    """Return the children of this process, orphans among them, that have not ended: their ids and command lines."""
    children = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                state, parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
                if int(parent) == os.getpid() and state != "Z":
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                    children.append((int(entry.name), command))
    return children
