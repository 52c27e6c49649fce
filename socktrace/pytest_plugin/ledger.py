"""Which sockets are open, and who opened them: follows the rows of the calls witness, one by one."""

from __future__ import annotations

import os
import stat
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

from socktrace.calls import cpython
from socktrace.calls.rows import CallRow
from socktrace.pytest_plugin.owners import Owner

if TYPE_CHECKING:
    from socktrace.calls.rows import Row

_OPENINGS = ("socket", "socketpair", "adopt", "accept")
_STATED = (*_OPENINGS, "bind", "listen", "connect", "detach")
"""The calls that say what a socket is."""
_SHARED = ("multiprocessing.resource_sharer", "multiprocessing.forkserver", "multiprocessing.resource_tracker")
"""Modules of the library that keep a socket for as long as the process lives, whoever made them begin."""


@dataclass(eq=False, slots=True)
class Held:
    """A socket that was opened while the witness watched.

    Args:
        identity: The kernel's name for it, as the witness gives it.
        owner: To whom it is charged.
        opened: The row of the call that opened it.
        fds: The descriptors that it has.
        told: The rows that say what it is.
        collected: Whether the garbage collector closed it, or a finalizer did.
        is_told: Whether it has been reported.
    """

    identity: str
    owner: Owner
    opened: CallRow
    fds: set[int]
    told: list[CallRow] = field(default_factory=list)
    collected: bool = False
    is_told: bool = False

    @property
    def is_open(self) -> bool:
        """True if one of its descriptors still is this socket: what closed it may be code that nobody watched."""
        return any(_is_socket(fd, self.identity) for fd in self.fds)


class Ledger:
    """Takes the rows of the calls witness in any thread, and keeps what is open of each owner.

    Args:
        session: Whose everything is that is opened before the first test, between tests and by imports.
        owner_of: Returns to whom a thread is charged, given its number in the operating system; `None` if that is
            unknown.
    """

    def __init__(self, session: Owner, owner_of: Callable[[int], Owner | None]) -> None:
        self.session = session
        self.current = session
        self.recorded: list[Row] | None = None
        self._owner_of = owner_of
        self._main = threading.main_thread().native_id
        self._held: dict[str, Held] = {}
        self._collected: list[Held] = []
        self._touched: dict[int, set[str]] = {}
        self._waiting: deque[tuple[Row, Owner]] = deque()
        self._busy = threading.Lock()
        self._is_on = True

    def write(self, row: Row) -> None:
        """Take a row of the witness. The garbage collector may call this in the middle of itself."""
        if not self._is_on:
            return
        if not isinstance(row, dict):
            is_shared = row.name in _OPENINGS and _is_shared(cpython.frame(1))
            owner = self.session if is_shared else self._whose(row.tid)
        elif row["event"] == "lookup":
            owner = self._whose(threading.get_native_id())
        else:
            return
        self._waiting.append((row, owner))
        self._drain()

    def stop(self) -> None:
        """Take no more rows."""
        self._is_on = False

    def charged(self) -> Owner:
        """Return to whom the thread that asks is charged."""
        return self._whose(threading.get_native_id())

    def held(self, owners: Iterable[Owner]) -> list[Held]:
        """Return what some owners have not closed themselves, and is not reported yet, in order of opening."""
        self._drain()
        wanted = set(owners)
        with self._busy:
            for one in [one for one in self._held.values() if one.owner in wanted and not one.is_open]:
                del self._held[one.identity]  # by code that nobody watched
            found = [*self._collected, *self._held.values()]
        return [one for one in found if one.owner in wanted and not one.is_told]

    def is_kept_open(self, one: Held) -> bool:
        """Say whether an accepted socket waits for the other end to close, and that end is somebody else's."""
        accept = one.opened
        if accept.name != "accept" or accept.peer is None:
            return False
        with self._busy:
            others = [other for other in self._held.values() if other.owner is not one.owner]
        rows = [row for other in others for row in other.told if row.name == "connect"]
        return any((row.local, row.peer) == (accept.peer, accept.local) for row in rows)  # a port may have several

    def late(self) -> list[Held]:
        """Return what was collected of owners that are over, and is not reported yet."""
        self._drain()
        return [one for one in self._collected if one.owner.is_over and not one.is_told]

    def is_any_open(self) -> bool:
        """Say whether a socket may be open of somebody who is at fault for it."""
        self._drain()
        return any(not one.owner.is_session for one in [*self._held.values()])

    def forget(self) -> None:
        """Drop what was collected and is reported."""
        self._collected = [one for one in self._collected if not one.is_told and not one.owner.is_session]

    def rows(self) -> list[CallRow]:
        """Return the rows since the test began, and before them what was said earlier of the same sockets."""
        self._drain()
        rows = [row for row in self.recorded or [] if not isinstance(row, dict)]
        used = {identity for row in rows if row.name != "collected" for identity in (row.identity, row.made)}
        rows = [row for row in rows if row.identity in used]  # not what others left to the collector
        known = {id(row) for row in rows}
        named = dict.fromkeys(row.identity for row in rows)
        held = [self._held[identity] for identity in named if identity in self._held]
        return [*(row for one in held for row in one.told if id(row) not in known), *rows]

    def uses(self, thread: int | None) -> bool:
        """Say whether a thread has called, since the last test began, a socket that is still open."""
        touched = self._touched.get(thread or 0, ())
        return any(identity in self._held and self._held[identity].is_open for identity in list(touched))

    def begin(self, owner: Owner, *, recorded: bool) -> None:
        """Charge what comes to a test."""
        self._drain()
        self.current = owner
        self._touched.clear()
        self.recorded = [] if recorded else None

    def _whose(self, thread: int) -> Owner:
        if thread == self._main:
            return self.current
        owner = self._owner_of(thread)
        return self.current if owner is None or owner.is_over else owner

    def _drain(self) -> None:
        """Go through the rows that wait, unless that is being done: by another thread, or further out in this one."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            while self._waiting:
                self._take(*self._waiting.popleft())
        finally:
            self._busy.release()

    def _take(self, row: Row, owner: Owner) -> None:
        if self.recorded is not None:
            self.recorded.append(row)
        if not isinstance(row, dict):
            if row.error in (None, "EINPROGRESS"):
                owner = self._follow(row, owner)
            elif row.identity in self._held:
                owner = self._held[row.identity].owner
            self._touched.setdefault(row.tid, set()).add(row.identity)
        for one in {owner, self.current}:
            if one.demands.watches_calls():
                from socktrace.pytest_plugin.denials import denials  # only who needs it pays for it

                one.denied += denials(row, one, is_own=one is owner)

    def _follow(self, row: CallRow, owner: Owner) -> Owner:
        """Follow a call that succeeded, and return to whom its socket is charged."""
        name, identity = row.name, row.identity
        held = self._held.get(identity)
        if name == "accept":
            # what a library accepts for a server is the server's, whoever runs its loop at the moment
            owner = held.owner if held and row.via else owner
            self._open(row.made, owner, row, row.made_fd)
            return owner
        if name in _OPENINGS:
            if held is None:
                held = self._open(identity, owner, row, row.fd)
            held.fds.add(row.fd)
        if held is None:
            return owner
        if name in _STATED:
            held.told.append(row)
        elif name in ("close", "collected"):
            held.told.append(row)
            held.fds.discard(row.fd)
            if name == "collected":
                held.collected = True
                self._collected.append(held)
            if not held.fds or not held.is_open:
                del self._held[identity]
        return held.owner

    def _open(self, identity: str, owner: Owner, row: CallRow, fd: int) -> Held:
        held = self._held[identity] = Held(identity, owner, row, {fd}, [row])
        owner.sockets += 1
        return held


def _is_shared(frame: FrameType | None) -> bool:
    """Say whether a module is being imported, or opens something for the whole process."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        name = frame.f_globals.get("__name__", "")
        if name in _SHARED:
            return True
        if name.startswith("pluggy."):  # what stands above that is pytest
            return False
        frame = frame.f_back
    return False


def _is_socket(fd: int, identity: str) -> bool:
    try:
        status = os.fstat(fd)
    except OSError:
        return False
    return stat.S_ISSOCK(status.st_mode) and (not identity.isdigit() or str(status.st_ino) == identity)
