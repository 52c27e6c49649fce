"""What the recorder needs of CPython's private parts. No other module of this package touches one.

A private part may change with any release. Each name below says what it is for and what it must do; its test, of the
same name, says whether it still does on the Python that runs the tests.
"""

from __future__ import annotations

import _socket
import atexit
import sys
import threading
import weakref
from collections.abc import Iterable
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

c_module: Any = _socket
"""The part of `socket` that is written in C. `socket.socketpair` looks its own `socketpair` up here when it is called,
so that what is put in its place sees every pair that is made."""

CSocket = _socket.socket
"""The class below `socket.socket`. Its methods make the calls of the operating system, and work on any socket object,
whatever stands in their place in `socket.socket`. `fileno` is -1 from the moment when the descriptor is closed."""

accept_method = "_accept"
"""The method of `CSocket` that `socket.socket.accept` calls. It returns a descriptor and an address."""

close_method = "_real_close"
"""The method of `socket.socket` that closes the descriptor: once `close` was called and no file that `makefile` made is
open any more. `close` itself only counts."""

collect_method = "__del__"
"""The method of `CSocket` that the garbage collector calls, and that then closes the descriptor."""

frame = sys._getframe
"""Returns the frame of the caller that many levels up. `inspect` has a public way, which builds a list of all levels
and reads their source: too slow for every call on a socket."""


def about_to_run(loop: object) -> Iterable[object] | None:
    """Return what an event loop of `asyncio` will call when it runs next; `None` of what is no such loop."""
    asyncio = sys.modules.get("asyncio.base_events")
    if asyncio is None or not isinstance(loop, asyncio.BaseEventLoop):
        return None
    return list(loop._ready)


def frame_of(thread: threading.Thread) -> FrameType | None:
    """Return where another thread stands; `None` if it has ended. There is no public way to ask that of a thread."""
    return sys._current_frames().get(thread.ident or 0)


def join_threads() -> None:
    """Wait for the threads that are not daemons, as the interpreter does before it runs the functions of `atexit`."""
    threading._shutdown()  # type: ignore[attr-defined]


def run_exit_functions() -> None:
    """Run the functions that were registered with `atexit`, the last one first, each once.

    The interpreter would do so only after the recorder has written down what is still open.
    """
    atexit._run_exitfuncs()


def forget_finalizers() -> None:
    """Drop every `weakref.finalize` of this process, so that none runs at its end.

    A forked child inherits those of its parent, such as the removal of temporary folders that the parent still uses.
    """
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]


def speaks_tls(sock: Any) -> bool:
    """Say whether an `ssl.SSLSocket` encrypts what it sends: before it is connected and after `unwrap` it does not."""
    return sock._sslobj is not None


def interpreter_flags() -> list[str]:
    """Return the options that give another interpreter the settings of this one: `-O`, `-X dev`, `-W error`, ..."""
    import subprocess  # this module is loaded into programs too, which may have no use for that one

    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    return flags


def options_of(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """Return what each option of a command line does, by the option's name."""
    return parser._option_string_actions
