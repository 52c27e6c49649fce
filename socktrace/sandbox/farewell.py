"""How a program that goes on is told to end: as Ctrl-C does, then harder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

_STEPS = (
    (0.5, signal.SIGINT),
    (2.0, signal.SIGTERM),
    (1.0, getattr(signal, "SIGKILL", signal.SIGTERM)),
)
"""Each signal, and how many seconds pass before it. A server that ends by itself does so at once when its last client
has gone; one that is told to end gets time to say good-bye to others."""


class Farewell:
    """Tells which signal is due."""

    def __init__(self) -> None:
        self._steps = list(_STEPS)
        self._since: float | None = None

    def due(self, now: float, *, at_once: bool = False) -> int | None:
        """Return the signal that is to be sent now, if one is; the first call begins the first grace.

        Args:
            now: The time that those who are to end had, in seconds.
            at_once: Whether the first grace is left out.
        """
        if self._since is None:
            self._since = now - (self._steps[0][0] if at_once else 0.0)
        if not self._steps or now - self._since < self._steps[0][0]:
            return None
        self._since = now
        return self._steps.pop(0)[1]


def family(pid: int) -> tuple[int, ...]:
    """Return a process and all that descend from it: what a terminal would send Ctrl-C to.

    Args:
        pid: The process.
    """
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return tuple(found)


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parent = parent_of(int(entry.name))
            if parent:
                yield int(entry.name), parent


def parent_of(pid: int) -> int:
    """Return the parent of a process, 0 if it has none or is gone (proc(5), /proc/PID/stat).

    Args:
        pid: The process.
    """
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0
