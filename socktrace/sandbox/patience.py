"""How long others have had time for something, on a machine that may have much else to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


class Clock:
    """Tells the time that some processes had: it stands still for as long as one is ready to run and has no processor.

    Linux says how long that was (/proc/PID/task/TID/schedstat, where it was built with `CONFIG_SCHED_INFO`). Elsewhere
    this is a clock as any other.
    """

    def __init__(self) -> None:
        self._lost = 0
        self._known: dict[Path, int] = {}

    def read(self, now: float, pids: Iterable[int]) -> float:
        """Return the time, less what was lost for want of a processor since it was first asked for.

        Args:
            now: The time, in seconds.
            pids: The processes; others may be named each time.
        """
        waits = dict(_waits(pids))
        self._lost += max((wait - self._known.get(task, wait) for task, wait in waits.items()), default=0)
        self._known = waits
        return now - self._lost / 1e9


def _waits(pids: Iterable[int]) -> Iterator[tuple[Path, int]]:
    """Yield each thread, and for how many nanoseconds it was ready and waited for a processor."""
    for pid in pids:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                yield task, int((task / "schedstat").read_text(encoding="ascii").split()[1])
        except (OSError, ValueError, IndexError):
            continue  # it has just ended, or the kernel does not count
