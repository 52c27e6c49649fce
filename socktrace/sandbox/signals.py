"""Signals that come to this process and are meant for the program (Ctrl-C)."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable, Iterator

from socktrace.sandbox.job import Job

TICK = 0.05
"""How many seconds pass between two looks for a signal to hand on. A person who presses Ctrl-C notices no delay below
about 0.1 s, and twenty looks a second cost nothing."""
_SI_KERNEL = 0x80
_HELD = frozenset({signal.SIGINT, signal.SIGTERM})
"""The signals that are meant for the program."""


@contextlib.contextmanager
def signals_held(job: Job) -> Iterator[frozenset[int]]:
    """Keep the signals that are meant for the program from ending this process first.

    Yields:
        Those that were not held before.
    """
    if not job.is_attended or os.name != "posix":
        yield frozenset()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield _HELD - before
    finally:
        while _next_signal():
            pass  # it came as the program ended
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def pass_on(children: Iterable[int]) -> list[int]:
    """Hand the held signals down, unless the terminal sent them: those went to every process of the group.

    Returns:
        What came.
    """
    came = []
    while received := _next_signal():
        came.append(received.si_signo)
        if received.si_code != _SI_KERNEL:
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, received.si_signo)
    return came


def _next_signal() -> signal.struct_siginfo | None:
    if hasattr(signal, "sigtimedwait"):
        return signal.sigtimedwait(_HELD, 0)
    for number in _HELD & signal.sigpending():  # macOS has no sigtimedwait, and does not tell who sent it
        signal.sigwait({number})
    return None
