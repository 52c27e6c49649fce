"""What the witness knows of each open socket, and the row that it writes of each call on one.

Which line made the call is asked here (`places`), and what a row needs to know of the socket's earlier life: where the
program last did something with it, what both ends are called, which library opened it.
"""

from __future__ import annotations

import _thread
import os
import time

from socktrace.calls import cpython
from socktrace.calls.facts import bytes_of, error_of, family_of, name_of, peer_of, type_of
from socktrace.calls.places import called_by
from socktrace.calls.rows import CallRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType
    from typing import Any

    from socktrace.calls.descriptors import Descriptors
    from socktrace.calls.places import Place, Places
    from socktrace.calls.telling import Telling

    Ends = tuple[list[Any] | None, list[Any] | None]
    """The names of a socket's own end and of the other, each as `name_of` returns it."""

PREVIEW = 48
_ROOM = 16 << 20
"""How many bytes are kept of what a process moves. Of what comes later only the first `PREVIEW` of each call are."""
_NOW, _PID, _THREAD, _FRAME = time.time_ns, os.getpid, _thread.get_native_id, cpython.frame
"""As they are before a program replaces them."""
_AGREES = ("answer_challenge", "deliver_challenge")
"""The functions of multiprocessing that agree upon a key, before it hands out a connection."""
_SHORT = 10_000_000
"""Of which time-outs nobody is told, in nanoseconds: who asks so often waits for nobody."""
_OPENS = ("socket", "socketpair", "accept")
_NO_USE = ("collected", "exit", "detach")
"""The rows that tell of no line at which the program used the socket."""


class Life:
    """What is known of one of the kernel's sockets while this process has it.

    Attributes:
        last: Where on the stack something was last done with it.
        bound: The name that bind() or listen() gave it.
        ends: The names of both ends, once they are fixed.
        opened_by: Where libraries stood that opened it: each one's code, and the position in that.
        file: A weak reference to the last file that `makefile` made of it, and where.
        dropped_by: Which finalizer told a transport to close it, as `closer` says.
        is_used: Whether bytes were moved by its descriptor for the program, though a library opened it.
        is_short_lived: Whether a finalizer opened it.
        is_released: Whether a library was told to close it, and will leave it.
        is_unclaimed: Whether it was accepted, and has no object yet.
    """

    __slots__ = (
        *("bound", "dropped_by", "ends", "file", "is_released", "is_short_lived", "is_unclaimed", "is_used", "last"),
        "opened_by",
    )

    def __init__(self) -> None:
        self.last: Place | None = None
        self.bound: list[Any] | None = None
        self.ends: Ends | None = None
        self.opened_by: list[tuple[CodeType, int]] = []
        self.file: tuple[Any, Place] | None = None
        self.dropped_by = ""
        self.is_used = self.is_short_lived = self.is_released = self.is_unclaimed = False


def _forgets(_: BaseException) -> None:
    """Take no note of a time-out."""


class Notes:
    """Writes a row of each call on a socket of this process.

    Args:
        telling: Takes the rows.
        places: Tells whose line made a call.
        descriptors: Tells which socket is behind a descriptor.
    """

    def __init__(self, telling: Telling, places: Places, descriptors: Descriptors) -> None:
        self.telling = telling
        self.places = places
        self.descriptors = descriptors
        self._lives: dict[str, Life] = {}  # by identity
        self._room = _ROOM
        self.timed_out: Callable[[BaseException], None] = _forgets
        """Is told of each time-out that a call meets, unless it was very short."""

    # -- what is known -----------------------------------------------------------------------------------------------

    def own(self, code: CodeType) -> str | None:
        """Return the file of the program's own code, as in `Call.path`; `None` if it is not its own.

        Args:
            code: Any code.
        """
        return self.places.own(code)

    def known(self, fd: Any) -> str | None:
        """Return the identity of the socket that a descriptor is known to have, `None` if it has none.

        Args:
            fd: What the program calls a descriptor.
        """
        try:
            return self.descriptors.known(fd) if type(fd) is int else None
        except Exception as error:
            self.telling.failed(error)
            return None

    def life(self, identity: str) -> Life:
        """Return what is known of a socket, which may be changed.

        Args:
            identity: The kernel's socket, as `Descriptors` names it.
        """
        try:
            return self._lives[identity]
        except KeyError:
            life = self._lives[identity] = Life()
            return life

    def lives(self) -> Iterator[tuple[str, Life]]:
        """Yield the identity of each socket of which something is known, and what that is."""
        yield from [*self._lives.items()]  # other threads open and close meanwhile

    def forget(self, fd: int) -> None:
        """Take note that a descriptor is being closed: what is known of its socket is not true of the next.

        Args:
            fd: The descriptor.
        """
        self._lives.pop(self.descriptors.forget(fd) or "", None)

    def ends(self, sock: Any, identity: str, *, anew: bool = False) -> Ends:
        """Return the names of both ends. Those of a connection are asked for once, or anew.

        Args:
            sock: The socket object.
            identity: The kernel's socket.
            anew: Whether they may have changed since they were last asked for.
        """
        life = self.life(identity)
        if life.ends is not None and not anew:
            return life.ends
        ends = name_of(sock), peer_of(sock)
        life.ends = ends if all(ends) and type_of(sock) == "SOCK_STREAM" else None
        return ends

    # -- what is written ---------------------------------------------------------------------------------------------

    def moved(
        self,
        kind: str,
        function: str,
        fd: int,
        identity: str,
        began: int,
        data: Any,
        result: Any,
        error: BaseException | None,
    ) -> None:
        """Write a row about a call that goes around the methods of sockets.

        Args:
            kind: What it did, as in `Call.name`.
            function: The function, as in `Call.function`.
            fd: The descriptor.
            identity: The kernel's socket, as `Descriptors` names it.
            began: When it began, in nanoseconds since the epoch.
            data: What it sent or received, or received into.
            result: What it returned: a number of bytes, or the bytes.
            error: What it raised, if it did.
        """
        try:
            life = self.life(identity)
            if life.opened_by and not life.is_used and not called_by(_FRAME(2), _AGREES):
                life.is_used = True
            size = None if error is not None else result if isinstance(result, int) else len(result)
            moved = b"" if size is None else bytes_of(data, size)
            self.call(kind, function, fd, identity, began, error=error, size=size, data=moved)
        except Exception as failure:
            self.telling.failed(failure)

    def call(
        self,
        name: str,
        function: str,
        fd: int,
        identity: str,
        began: int,
        *,
        error: BaseException | None = None,
        argument: str = "",
        size: int | None = None,
        data: bytes = b"",
        local: list[Any] | None = None,
        peer: list[Any] | None = None,
        made: str | None = None,
        made_fd: int | None = None,
        tls: bool = False,
        holder: str = "",
        asked: int | None = None,
        sock: Any = None,
        place: Place | None = None,
    ) -> None:
        """Write a row about a call on a socket. The time at which it is entered is when the call ended.

        Every call of every program comes through here, so nothing is put into a dictionary on its way.

        Args:
            name: As in `CallRow`, as what is not named here.
            function: The function as the program wrote it, as in `Call.function`.
            fd: The descriptor.
            identity: The kernel's socket, as `Descriptors` names it.
            began: When the call began, in nanoseconds since the epoch.
            error: What it raised, if it did.
            argument: What of its arguments is worth showing.
            size: How many bytes were moved.
            data: These bytes.
            local: The socket's own address and port.
            peer: Those of the other end.
            made: The identity of the socket that came of it, or of the other half of a pair.
            made_fd: The descriptor of what came of it.
            tls: Whether it encrypts.
            holder: Who has the port.
            asked: How many bytes there were to move, if not all were.
            sock: The socket object, if the row is to say of which family and type it is.
            place: Where it came from, if that is known already; else the stack tells.
        """
        ended = _NOW()
        if error is not None and type(error) is TimeoutError and ended - began > _SHORT:
            self.timed_out(error)
        if place is None:
            life = self._lives.get(identity) or self.life(identity)
            frame = _FRAME(2).f_back  # number 2 stands in the place of what was called
            place = self.places.find(frame, name, life.last)
            if place.line is not None and name not in _NO_USE:
                if place.direct or life.last is None:
                    life.last = place
                if made is not None:
                    self.life(made).last = place
            if place.via and name in _OPENS:
                opened = self.life(made) if name == "accept" and made is not None else life
                opened.opened_by = self.places.library(frame)
        family, kind = ("", "") if sock is None else (family_of(sock), type_of(sock))
        if data:
            data = self._kept(data)
        row = CallRow(
            began, ended, _PID(), _THREAD(), identity, fd, name, function, place.path, place.line, place.via,
            None if error is None else error_of(error), argument, size, data, local, peer, made, made_fd, family, kind,
            tls, holder, False, asked,
        )  # fmt: skip
        self.telling.row(row)

    def _kept(self, data: bytes) -> bytes:
        """Return what is kept of the bytes that a call moved."""
        kept = data[:PREVIEW] if len(data) > self._room else data
        self._room -= len(kept)
        return kept
