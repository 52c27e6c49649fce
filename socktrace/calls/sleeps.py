"""Which of the program's own functions sleep in an event loop, which does nothing else meanwhile.

They are looked for only when a time-out has ended the program: whoever sleeps tells nobody, and to watch each sleep
would show in the program.
"""

from __future__ import annotations

import gc
import os
import time
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType
    from typing import Any

_SLEEP, _OPEN, _READ, _CLOSE = time.sleep, os.open, os.read, os.close
"""As they are before a program, or a library that replaces what waits, puts others in their place."""
_IN_LOOP = 0x80 | 0x200  # CO_COROUTINE, CO_ASYNC_GENERATOR
_SERVERS = ("tornado.", "asyncio.", "twisted.")
"""The libraries whose event loop calls the methods of classes that are made of theirs."""
_MOST = 1 << 20
"""How many bytes of a file are read at most."""


def is_time_out(error: BaseException) -> bool:
    """Say whether an error tells that something took too long."""
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    return "Timeout" in names or "TooSlow" in names or "timed out" in str(error)


def sleepers(own: Callable[[CodeType], str | None], whole: Callable[[str], str]) -> Iterator[tuple[str, int]]:
    """Yield the file and line of each function of the program's that sleeps, and that an event loop calls.

    Args:
        own: As `Places.own`.
        whole: As `Places.whole`.
    """
    for one in gc.get_objects():
        if type(one) is FunctionType and _sleeps(one) and _is_in_loop(one) and (path := own(one.__code__)) is not None:
            line = _line(one.__code__, whole(path))
            if line:
                yield path, line


def _sleeps(function: FunctionType) -> bool:
    """Say whether a function has `time.sleep`, by what it goes by in its module, and no other's in its place."""
    names, known = function.__code__.co_names, function.__globals__
    if "sleep" not in names:
        return False
    return known.get("sleep") is _SLEEP or (time.sleep is _SLEEP and any(known.get(name) is time for name in names))


def _is_in_loop(function: FunctionType) -> bool:
    if function.__code__.co_flags & _IN_LOOP:
        return True
    made: Any = function.__globals__.get(function.__qualname__.partition(".")[0])
    return isinstance(made, type) and any(kind.__module__.startswith(_SERVERS) for kind in made.__mro__)


def _line(code: CodeType, file: str) -> int:
    """Return the line of the call, as its text tells; 0 if the function only hands on what sleeps, as to a thread."""
    last = max(line or 0 for _, _, line in code.co_lines())
    try:
        descriptor = _OPEN(file, os.O_RDONLY)
        try:
            lines = _READ(descriptor, _MOST).split(b"\n")
        finally:
            _CLOSE(descriptor)
    except OSError:
        return 0
    for number in range(code.co_firstlineno, last + 1):
        text = b"".join(lines[number - 1 : number]).partition(b"#")[0]
        if b"time.sleep(" in text or (b"sleep(" in text and b".sleep(" not in text):
            return number
    return 0
