"""Who closes a socket: the program, the garbage collector, a finalizer, or what is called at the end (`atexit`).

A library may close later, or otherwise, than it was told to: a transport of asyncio in its loop, a pool of urllib3 by a
finalizer, multiprocessing by finalizers of its own. What is decided on here is whom the row names.
"""

from __future__ import annotations

import _thread
import errno
import gc
import os
import sys
import time
from functools import wraps
from types import FunctionType

from socktrace.calls import cpython
from socktrace.calls.facts import fileno_of
from socktrace.calls.files import opened
from socktrace.calls.places import Place, closer, is_own
from socktrace.calls.pools import pool_manager, pooled
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from socktrace.calls.gone import Gone
    from socktrace.calls.notes import Life, Notes

    _Closing = tuple[int, str, Place, str, int, str]
    """What is about to be closed: the descriptor, the identity of its socket, the place, who closes it as `closer` says
    that, when it begins, in nanoseconds since the epoch, and `Life.ends_by`."""

_C = cpython.CSocket
_NOW, _FRAME = time.time_ns, cpython.frame
"""As they are before a program replaces them."""
_BY_FINALIZERS = "multiprocessing"
"""A library that closes by finalizers what it opened for itself, so that the program could not do it."""
_HANDS_OUT = ("multiprocessing/connection.py", "multiprocessing/context.py")
"""Its files with what it opens for the program, which is to close that: `Client()`, `Pipe()`, `Listener.accept()`."""
_NOWHERE = Place(None, None)
_RELEASED = "released"
"""The argument of the end of a process that closes what a library was told to close, and has only let go of."""


class Collected:
    """Stands in the place of a socket's `__del__`.

    Python asks for the method, and the witness learns that the socket is collected; what Python then calls is the
    method written in C, straight from the program's line, which its warning names. A program may ask for the method
    too, but it holds the socket then.

    Args:
        original: The method.
        tell: Is told which socket.
    """

    def __init__(self, original: Any, tell: Callable[[Any], None]) -> None:
        self._original = original
        self._tell = tell
        self._references = 0
        type("Probe", (), {cpython.collect_method: self})()  # is collected at once, and so counts the references

    def __get__(self, sock: Any, kind: Any = None) -> Any:
        if sock is None:
            return self._original
        references = sys.getrefcount(sock)
        self._references = self._references or references
        if isinstance(sock, _C) and (references == self._references or gc.is_finalized(sock)):
            self._tell(sock)
        return self._original.__get__(sock) if isinstance(sock, _C) else int


class Closings:
    """Watches how sockets end.

    Args:
        notes: What is known of each socket, and takes the rows.
        gone: Is told which objects have lost their socket.
        plain: The code of the methods of `socket.socket`.
    """

    def __init__(self, notes: Notes, gone: Gone, plain: frozenset[int]) -> None:
        self._notes = notes
        self._telling = notes.telling
        self._gone = gone
        self._plain = plain
        self._main = _thread.get_ident()
        self._watched_kinds: set[Any] = set()
        self.close = self._method(_C.close)
        """What stands in the place of the method that closes."""

    def forked(self) -> None:
        """Take note that this is a child of the process that it was until now."""
        self._main = _thread.get_ident() if self._main == _thread.get_ident() else 0

    # -- who closes --------------------------------------------------------------------------------------------------

    def about_to_close(self, fd: int) -> _Closing | None:
        """Say what is known of a socket that is about to be closed, and forget it.

        Args:
            fd: Its descriptor. The function that closes it is frame number 1, and its caller number 2.
        """
        try:
            if fd < 0:
                return None
            identity = self._notes.descriptors.identity(fd)
            life = self._notes.life(identity)
            place = self._notes.places.find(_FRAME(2), "close", life.last)
            by = life.dropped_by or closer(_FRAME(2), self._main, self._plain, self._notes.places.own)
            if not by and life.file is not None and cpython.is_finalized(life.file[0], _FRAME(2)):
                by = "__del__"
            if by and self._is_not_to_blame(life, place, by):
                by = ""
            began = _NOW()
            self._notes.forget(fd)
            return fd, identity, place, by, began, life.ends_by
        except Exception as error:
            self._telling.failed(error)
            return None

    def _is_not_to_blame(self, life: Life, place: Place, by: str) -> bool:
        """Say whether a socket that a finalizer closes was none of the program's to close."""
        return (
            (place.via.startswith(_BY_FINALIZERS) and not self._is_handed_out(life))
            or (by == "weakref.finalize" and self._is_lent(life))
            or (by == "__del__" and life.is_short_lived)
            or life.is_released
        )

    def _is_handed_out(self, life: Life) -> bool:
        """Say whether the program itself called what opened a socket of multiprocessing, and used what that gave."""
        codes = [code for code, _ in life.opened_by if not is_own(code)]
        files = [code.co_filename.replace(os.sep, "/") for code in codes]
        return life.is_used and all(file.endswith(("/socket.py", *_HANDS_OUT)) for file in files)

    def _is_lent(self, life: Life) -> bool:
        """Say whether a library opened a socket in a `with` of its own, so that the program could not close it.

        So does `requests.get()`: it closes its session, and leaves the connection to the finalizer of the pool that the
        response still knows.
        """
        return any(cpython.in_with(*where) for where in life.opened_by)

    def closed(self, function: str, before: _Closing | None, error: BaseException | None = None) -> None:
        """Write the row of a socket that was closed.

        Args:
            function: The function that did, as in `Call.function`.
            before: What `about_to_close` said.
            error: What the function raised.
        """
        if before is None:
            return
        fd, identity, place, by, began, ends_by = before
        try:
            name = "exit" if by == "atexit" else "collected" if by else "close"
            ends_by = ends_by if by else ""
            self._notes.call(name, by or function, fd, identity, began, place=place, error=error, holder=ends_by)
        except Exception as failure:
            self._telling.failed(failure)

    def collected(self, sock: Any) -> None:
        """Write the row of a socket that the garbage collector closes.

        Args:
            sock: The object. The line that dropped it is two frames up from here.
        """
        try:
            fd = fileno_of(sock)
            if fd >= 0:
                identity = self._notes.descriptors.identify(fd)
                ends_by = self._notes.life(identity).ends_by
                self._notes.call("collected", "", fd, identity, _NOW(), holder=ends_by)
                self._notes.forget(fd)
        except Exception as error:
            self._telling.failed(error)

    def left_open(self) -> None:
        """Write a row of each socket that is still open at the end of this process."""
        try:
            for fd, identity in self._notes.descriptors.still_open().items():
                life = self._notes.life(identity)
                file, place = opened(life)  # which holds the socket open after close()
                argument = _RELEASED if life.is_released else "makefile" if file is not None else ""
                where = place if place and argument == "makefile" else _NOWHERE
                ends_by = life.ends_by
                self._notes.call("exit", "", fd, identity, _NOW(), place=where, argument=argument, holder=ends_by)
        except Exception as error:
            self._telling.failed(error)

    # -- what closes -------------------------------------------------------------------------------------------------

    def _method(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch the method that closes: the kernel is told, whatever a signal handler of the program's raises."""

        @wraps(original)
        def close(sock: Any, *args: Any, **kwargs: Any) -> None:
            try:
                before = None
                try:
                    before = self.about_to_close(fileno_of(sock)) if isinstance(sock, _C) else None
                except BaseException:
                    before = self.about_to_close(fileno_of(sock))
                    original(sock, *args, **kwargs)
                    self.closed("close", before)
                    raise
                try:
                    original(sock, *args, **kwargs)
                    if before is not None:
                        self._gone.went(sock, before[1])
                    self.closed("close", before)
                except BaseException as error:
                    if isinstance(error, OSError) and error.errno == errno.EBADF:
                        self.closed("close", before, error)
                    elif before is not None and fileno_of(sock) < 0:
                        self._telling.again(self.closed, "close", before)
                    raise
            except BaseException as error:
                unseen(error)
                raise

        return close

    def function(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands in the place of a function that closes a descriptor, which may be one of a socket.

        Args:
            name: What the row calls the function, as in `Call.function`.
            original: The function.
        """

        @wraps(original)
        def close(*args: Any, **kwargs: Any) -> Any:
            try:
                before = known = None
                try:
                    known = self._notes.known(args[0]) if args else None
                    before = self.about_to_close(args[0]) if known else None
                except BaseException:  # of a signal handler of the program's
                    before = self.about_to_close(args[0]) if known or self._notes.known(args[0]) else None
                    original(*args, **kwargs)
                    self.closed(name, before)
                    raise
                result = original(*args, **kwargs)
                try:
                    self.closed(name, before)
                except BaseException:
                    self._telling.again(self.closed, name, before)
                    raise
                return result
            except BaseException as error:
                unseen(error)
                raise

        return close

    # -- what is told to close, and does so later --------------------------------------------------------------------

    def watch_libraries(self) -> None:
        """Watch what is loaded by now of asyncio and urllib3."""
        if "asyncio" in sys.modules:
            self._watch_transports()
        self._watch_pools()

    def _watch_transports(self) -> None:
        """Learn where asyncio's transports are told to close: they do so later, when nothing tells of that any more."""
        for kind, name in cpython.transports():
            if (kind, name) not in self._watched_kinds:
                self._watched_kinds.add((kind, name))
                setattr(kind, name, self._transport_method(vars(kind)[name]))

    def _transport_method(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def method(transport: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                self._told_to_close(transport)
                return original(transport, *args, **kwargs)
            except BaseException as error:
                unseen(error)
                raise

        return method

    def _told_to_close(self, transport: Any) -> None:
        try:
            if transport.is_closing():
                return
            identity = self._notes.descriptors.last(transport.get_extra_info("socket").fileno())
            if identity is not None:
                life = self._notes.life(identity)
                place = self._notes.places.find(_FRAME(2), "close")
                if place.direct and place.line is not None:
                    life.last = place
                if by := closer(_FRAME(2), self._main, self._plain, self._notes.places.own):
                    life.dropped_by = by
        except Exception as error:
            self._telling.failed(error)

    def _watch_pools(self) -> None:
        """Learn which pools of urllib3 are told to close: their finalizers do so later, when no response is left."""
        manager = pool_manager()
        if manager is not None and manager not in self._watched_kinds:
            self._watched_kinds.add(manager)
            manager.clear = self._telling.told_first(self._cleared, manager.clear)

    def _cleared(self, manager: Any) -> None:
        for sock in pooled(manager):
            identity = self._notes.descriptors.last(sock.fileno())
            if identity is not None:
                self._notes.life(identity).is_released = True


def plain_code(kind: type) -> frozenset[int]:
    """Return the `id` of the code of each method of a class.

    Args:
        kind: The class, before any of its methods is watched.
    """
    return frozenset(id(one.__code__) for one in vars(kind).values() if isinstance(one, FunctionType))
