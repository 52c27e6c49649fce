"""Inside the program: where each of its threads and tasks stands, said at a signal, just before it is stopped.

`faulthandler` writes first, at once and whatever the program is at: it needs no interpreter, and knows only functions
and lines. Then Python's own handler follows, as soon as the interpreter may run it (a blocking call is interrupted for
that and goes on, PEP 475), and says more: what waits for what. Neither needs a thread, and neither raises.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # as `signal` is, but for `enum`, which this process may not need
import faulthandler
import os

from socktrace.calls.descriptors import out_of_the_way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import FrameType

STACKS = _signal.SIGRTMAX - 1 if hasattr(_signal, "SIGRTMAX") else getattr(_signal, "SIGUSR2", _signal.SIGTERM)
"""The signal at which a program writes down where its threads stand, just before it is stopped at its time limit: one
that it will hardly use itself."""
TOLD = b"told\n"
"""The last line of what it writes, if Python's own handler came to an end."""
_OPEN, _PID = os.open, os.getpid
"""As they are before the program replaces them."""
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_PATIENCE = 2.0
"""How many seconds that handler gets, once `faulthandler` has written: it needs a few milliseconds, which may take a
busy machine a while. It is waited for in vain where code that is not written in Python keeps the main thread."""
_LAST_WORDS = 4.0
"""How many seconds at most a program gets for all of it."""


class Stacks:
    """Writes down where the threads and tasks of this process stand.

    A process that the program has forked or started writes to a file of its own, when it is asked, and nothing but
    where its main thread stands.

    Args:
        path: The file to write to.
        stands: Says of each thread and task where it stands, given the innermost frame of the main thread.
        is_child: Whether this is a process that the program has started.
    """

    def __init__(
        self, path: str, stands: Callable[[FrameType | None], Iterable[object]], *, is_child: bool = False
    ) -> None:
        self._path = path
        self._is_child = is_child
        self.file = -1 if is_child else out_of_the_way(_OPEN(path, _FLAGS, 0o600))
        self._stands = stands

    def register(self) -> None:
        """Write at the signal `STACKS`, where there are signals."""
        _signal.signal(STACKS, self._tell)
        if not self._is_child:
            faulthandler.register(STACKS, file=self.file, chain=True)
            os.register_at_fork(after_in_child=self._forked)

    def _forked(self) -> None:
        if not self._is_child:
            self._is_child = True
            faulthandler.unregister(STACKS)

    def _tell(self, _: int, frame: FrameType | None) -> None:
        """Write a line for each thread and task, the main thread first: a dictionary, as Python writes it."""
        if self._is_child:
            self._tell_of_child(frame)
            return
        try:
            text = "".join(f"{row!r}\n" for row in self._stands(frame))
            os.write(self.file, b"\n" + text.encode() + TOLD)
        except Exception:
            os.write(self.file, b"\n" + TOLD)  # what faulthandler wrote has to do

    def _tell_of_child(self, frame: FrameType | None) -> None:
        try:
            row = next(iter(self._stands(frame)))
            file = _OPEN(f"{self._path}.{_PID()}", _FLAGS, 0o600)
            os.write(file, f"{ {**row, 'kind': 'child'}!r}\n".encode() + TOLD)  # type: ignore[dict-item]
        except Exception:
            return  # nobody waits for it long


def catches(pid: int) -> bool:
    """Say whether a process has a handler for the signal `STACKS`, and has not ended (proc(5), /proc/PID/status)."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            status = dict(line.split(":", 1) for line in file)
    except OSError:
        return False
    return "Z" not in status["State"].split()[0] and bool(int(status["SigCgt"], 16) >> (STACKS - 1) & 1)


def is_told(file: Path, since: float) -> bool:
    """Say whether a program has written down all that it will.

    Args:
        file: What it writes to.
        since: For how many seconds it has been asked to.
    """
    written = file.read_bytes() if file.exists() else b""
    return written.endswith(TOLD) or (bool(written) and since > _PATIENCE) or since > _LAST_WORDS
