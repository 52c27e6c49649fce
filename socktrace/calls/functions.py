"""What stands in the place of functions of `os` and `socket` that work on descriptors, look up names, or end a process.

A descriptor that is not one of the program's sockets is none of the witness's business.
"""

from __future__ import annotations

import os
import socket
import time
from functools import wraps

from socktrace.calls import cpython
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from socktrace.calls.closings import Closings
    from socktrace.calls.notes import Notes

_NOW, _FRAME = time.time_ns, cpython.frame
"""As they are before a program replaces them."""
_MOVES = {"read": "recv", "write": "send", "sendfile": "send"}
"""Which functions of `os` move bytes, and what they do, as in `Call.name`."""
_COPIES = ("dup", "dup2")
_WAITS = ("wait", "waitpid", "wait3", "wait4", "waitid")
_REPLACES = ("execv", "execve")
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")


class Functions:
    """Watches the functions by which a program does something with a socket and not by its methods.

    Args:
        notes: What is known of each socket, and takes the rows.
        closings: Watches the functions that close.
        finish: Is called before the process ends at once.
    """

    def __init__(self, notes: Notes, closings: Closings, finish: Callable[[], None]) -> None:
        self._notes = notes
        self._telling = notes.telling
        self._closings = closings
        self._finish = finish

    def install(self) -> None:
        """Put them in the place of those of `os` and `socket`."""
        cpython.c_module.close = socket.close = self._closings.function("socket.close", socket.close)
        functions: dict[str, Any] = {
            "close": self._closings.function("os.close", os.close),
            "_exit": self._leaving(os._exit),
        }
        for name, kind in _MOVES.items():
            if hasattr(os, name):
                functions[name] = self._moving(kind, f"os.{name}", getattr(os, name))
        for name in _COPIES:
            functions[name] = self._copying(f"os.{name}", getattr(os, name))
        for name in _WAITS:
            if hasattr(os, name):
                functions[name] = self._waiting(getattr(os, name))
        for name in _REPLACES:
            if hasattr(os, name):
                functions[name] = self._telling.told_first(self._replaced, getattr(os, name))
        for name, function in functions.items():
            setattr(os, name, function)
            setattr(cpython.os_module, name, function)
        os.fdopen = self._telling.told_first(self._made_of, os.fdopen)
        for name in _LOOKUPS:
            function = self._telling.told_first(self._looked_up, getattr(cpython.c_module, name))
            setattr(cpython.c_module, name, function)
            if name != "getaddrinfo":  # `socket` has one of its own, which calls it
                setattr(socket, name, function)

    def _leaving(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def _exit(*args: Any, **kwargs: Any) -> Any:
            self._finish()
            original(*args, **kwargs)

        return _exit

    def _moving(self, kind: str, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function that moves bytes by the descriptor that is its first argument."""

        @wraps(original)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                fd = args[0] if args else -1
                identity = self._notes.known(fd)
                if identity is None:
                    return original(*args, **kwargs)
                began = _NOW()
                try:
                    result = original(*args, **kwargs)
                except BaseException as error:
                    self._notes.moved(kind, function, fd, identity, began, None, None, error)
                    raise
                data = args[1] if kind == "send" and len(args) > 1 else result
                self._notes.moved(kind, function, fd, identity, began, data, result, None)
                return result
            except BaseException as error:
                unseen(error)
                raise

        return call

    def _copying(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function that gives a descriptor another number."""

        @wraps(original)
        def copy(*args: Any, **kwargs: Any) -> Any:
            try:
                known = self._notes.known
                identity = known(args[0]) if args else None
                replaced = args[1] if len(args) > 1 and args[1] != args[0] and known(args[1]) else None
                before = None if replaced is None else self._closings.about_to_close(replaced)
                made = original(*args, **kwargs)
                self._closings.closed(function, before)
                if identity is not None and made != args[0]:
                    self._telling.without_harm(self._copied, function, made, identity)
                return made
            except BaseException as error:
                unseen(error)
                raise

        return copy

    def _copied(self, function: str, fd: int, identity: str) -> None:
        self._notes.descriptors.is_copy(fd, identity)
        self._notes.call("adopt", function, fd, identity, _NOW())

    def _waiting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Put a frame around a function that waits for a child, by which a hang is told (`stands`)."""

        @wraps(original)
        def wait(*args: Any, **kwargs: Any) -> Any:
            try:
                return original(*args, **kwargs)
            except BaseException as error:
                unseen(error)
                raise

        return wait

    def _made_of(self, fd: Any = -1, *_: Any, **__: Any) -> None:
        """A file is made of a descriptor, which it will close."""
        identity = self._notes.known(fd)
        if identity is not None:
            self._notes.call("adopt", "os.fdopen", fd, identity, _NOW())

    def _looked_up(self, host: Any = None, *_: Any, **__: Any) -> None:
        if isinstance(host, (str, bytes)):
            name = host if isinstance(host, str) else host.decode(errors="replace")
            place = self._notes.places.find(_FRAME(3), "lookup")
            self._telling.row({"event": "lookup", "name": name, "path": place.path, "line": place.line})

    def _replaced(self, *_: Any, **__: Any) -> None:
        """Another program takes the place of this one."""
        for fd, identity in self._notes.descriptors.still_open().items():
            if not os.get_inheritable(fd):
                self._notes.call("exec", "os.exec", fd, identity, _NOW())
