"""The use of a socket that was closed: the kernel has none to name, and only a program that dies of it is at fault."""

from __future__ import annotations

import _thread
import errno
import os
import time

from socktrace.calls import cpython
from socktrace.calls.facts import error_of
from socktrace.calls.rows import CallRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from socktrace.calls.notes import Notes

_NOW, _PID, _THREAD, _FRAME = time.time_ns, os.getpid, _thread.get_native_id, cpython.frame
"""As they are before a program replaces them."""


class Gone:
    """Remembers which socket of the kernel's a closed or detached object had, and the last use of one.

    Args:
        notes: Where the use is told if the program dies of it.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._had: dict[int, str] = {}  # by the `id` of the object: the identity of what it had
        self._stale: tuple[int, CallRow] | None = None  # the last use: the `id` of its error, and the row

    def went(self, sock: Any, identity: str) -> None:
        """Take note that an object has lost its socket.

        Args:
            sock: The object.
            identity: The kernel's socket, as `Descriptors` names it.
        """
        self._had[id(sock)] = identity

    def came(self, sock: Any) -> None:
        """Take note that an object is a new one, perhaps with the `id` of one that is gone.

        Args:
            sock: The object.
        """
        self._had.pop(id(sock), None)

    def used(self, sock: Any, kind: str, function: str, error: BaseException | None) -> None:
        """Remember a call on an object without a socket. The caller of its method is frame number 3.

        Args:
            sock: The object.
            kind: What the call was to do, as in `Call.name`.
            function: The method.
            error: What it raised.
        """
        identity = self._had.get(id(sock))
        if identity is not None and isinstance(error, OSError) and error.errno == errno.EBADF:
            place, now = self._notes.places.find(_FRAME(3)), _NOW()
            who, where = (_PID(), _THREAD(), identity, -1), (place.path, place.line, place.via)
            row = CallRow(now, now, *who, kind, function.lstrip("_"), *where, error_of(error))
            self._stale = id(error), row

    def died_of(self, error: BaseException | None) -> None:
        """Tell of the last use, if the program or a thread of it dies of that.

        Args:
            error: What nobody caught.
        """
        if self._stale and self._stale[0] == id(error) and getattr(error, "errno", None) == errno.EBADF:
            self._notes.telling.row(self._stale[1])
            self._stale = None
