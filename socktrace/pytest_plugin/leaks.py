"""What somebody who has ended left behind: open sockets, threads that serve, child processes. And how to mend it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from socktrace.calls import cpython
from socktrace.calls.places import is_witness
from socktrace.calls.witness import Witness
from socktrace.pytest_plugin.ledger import Held, Ledger
from socktrace.pytest_plugin.owners import Denied, Owner
from socktrace.pytest_plugin.starts import Place, Process, Starts, Thread

if TYPE_CHECKING:
    from socktrace.recording import Socket
    from socktrace.verdict import Finding

GRACE = 0.5
"""How many seconds other threads and child processes get to end, and to close what they serve, after a test has.
Only a test that leaves something behind waits, and only while there is somebody to wait for."""

_SERVING = ("socket", "socketserver", "selectors", "ssl", "asyncio", "http", "multiprocessing.connection", "xmlrpc")
"""Modules and packages of the library in which a thread stands while it waits for what comes from a socket."""
_SHARED = ("multiprocessing.resource_sharer",)
"""Modules whose thread lives as long as the process."""


class Leaks:
    """Says what owners left behind.

    Args:
        ledger: What is open.
        starts: What was started.
        witness: Who writes the rows.
        seen_from: The folder that paths in findings begin at.
    """

    def __init__(self, ledger: Ledger, starts: Starts, witness: Witness, seen_from: Path) -> None:
        self._ledger = ledger
        self._starts = starts
        self._witness = witness
        self._seen_from = seen_from

    def has_anything(self, owner: Owner) -> bool:
        """Say whether an owner has to be looked at: it opened or started something, or did what it must not.

        Also whether there is news of others: what the collector closed, or a child process that nobody saw begin. This
        is all that a test costs that has nothing to do with sockets.

        Args:
            owner: Who has ended.
        """
        return bool(owner.sockets or owner.denied or self._starts.has_any(owner) or self._ledger.late())

    def may_come(self) -> bool:
        """Say whether the garbage collector may still close something of an owner that has ended."""
        return self._ledger.is_any_open()

    def settle(self, owners: Iterable[Owner]) -> None:
        """Wait until some owners have nothing open any more, or nobody is there who could close it, or `GRACE`."""
        deadline = time.monotonic() + GRACE
        wanted = [owner for owner in owners if not owner.is_session]
        while time.monotonic() < deadline and self._is_unsettled(wanted):
            time.sleep(0.005)

    def _is_unsettled(self, owners: list[Owner]) -> bool:
        if self._processes(owners) or self._threads(owners):
            return True
        still_open = any(one.is_open for one in self._left(owners))
        return still_open and (threading.active_count() > 1 or bool(self._starts.processes()))

    def of(self, owner: Owner) -> list[Finding]:
        """Return what an owner left behind and what it did that it must not, and mark it as told.

        Args:
            owner: Who has ended.
        """
        denied = owner.demands.denied
        found: list[Finding] = []
        for one in self._left([owner]):
            event = "collected" if one.collected else "left-open"
            one.is_told = True
            if event in denied:
                found.append(self._finding(owner, event, self._opened(one), *_told(one)))
        if "survivor" in denied:
            found += [self._of_thread(one) for one in self._threads([owner])]
            found += [self._of_process(one) for one in self._processes([owner])]
        found += [self._of_call(owner, one) for one in owner.denied]
        return list(_counted(found))

    def notes(self, session: Owner) -> list[str]:
        """Return what is worth knowing of sockets that were opened outside of any test, and are still open.

        Args:
            session: Whose they are. It is not at fault: a pool of the whole program may live as long as that.
        """
        found = []
        runner = os.path.realpath(sys.argv[0])  # what only that is to blame for, a plugin has opened
        for one in self._ledger.held([session]):
            place = self._opened(one)
            if place is not None and place[0] != runner and not one.collected and not _is_of_a_living_loop(one):
                from socktrace.wording import kind

                what = kind(_described(one))
                found.append(f"{self._shown(place[0])}:{place[1]}: a {what} of no test was open to the end")
        return found

    def late(self) -> dict[Owner, list[Finding]]:
        """Return what the garbage collector closed of owners that had ended, without a word about what was told."""
        found: dict[Owner, list[Finding]] = {}
        for one in self._ledger.late():
            one.is_told = True
            if "collected" in one.owner.demands.denied and not one.owner.is_session:
                finding = self._finding(one.owner, "collected", self._opened(one), *_told(one))
                found.setdefault(one.owner, []).append(finding)
        self._ledger.forget()
        return {owner: list(_counted(findings)) for owner, findings in found.items()}

    def _left(self, owners: list[Owner]) -> list[Held]:
        held = self._ledger.held(owners)
        return [one for one in held if not _is_of_a_living_loop(one) and not self._ledger.is_kept_open(one)]

    def _opened(self, one: Held) -> Place:
        path, line = one.opened.path, one.opened.line
        return (self._witness.whole(path), line) if path is not None and line is not None else None

    def _finding(self, owner: Owner, event: str, place: Place, message: str, fix: str) -> Finding:
        from socktrace.verdict import Finding  # loads all rules: only who has a finding pays for it

        path, line = place or (owner.path, owner.line)
        return Finding(event, self._shown(path), line, message, fix)

    def _shown(self, path: str) -> str:
        shown = os.path.relpath(path, self._seen_from)
        return path if shown.startswith("..") else shown

    def _of_call(self, owner: Owner, one: Denied) -> Finding:
        place = (self._witness.whole(one.place[0]), one.place[1]) if one.place else None
        return self._finding(owner, one.event, place, one.message, one.fix)

    # -- threads and processes ---------------------------------------------------------------------------------------

    def _threads(self, owners: list[Owner]) -> list[Thread]:
        threads = [one for one in self._starts.threads() if one.owner in owners]
        if not threads:
            return []
        kept = {fd for one in self._ledger.held(owners) if self._ledger.is_kept_open(one) for fd in one.fds}
        return [one for one in threads if self._serves(one.ref(), kept)]

    def _serves(self, thread: threading.Thread | None, kept: set[int]) -> bool:
        """Say whether a thread waits for a socket, or is in code of the project and uses one.

        Args:
            thread: The thread.
            kept: The descriptors of sockets that somebody else keeps open: who waits for these is not at fault.
        """
        if thread is None or thread is threading.current_thread():
            return False
        frame = stands = cpython.frame_of(thread)
        if _waits_on(frame) in kept:
            return False
        if self._ledger.uses(thread.native_id) and self._witness.line_of(stands) is not None:
            return True
        serves = False
        while frame is not None:
            name = str(frame.f_globals.get("__name__"))
            if name in _SHARED:
                return False
            serves = serves or is_witness(frame) or _is_in(name, _SERVING)
            frame = frame.f_back
        return serves

    def _processes(self, owners: list[Owner]) -> list[Process]:
        return [one for one in self._starts.processes() if one.owner in owners]

    def _of_thread(self, one: Thread) -> Finding:
        thread = one.ref()
        frame = cpython.frame_of(thread) if thread else None
        stands = self._witness.line_of(frame)
        where = f"; it stands at {self._shown(stands[0])}:{stands[1]}" if stands else ""
        fix = "tell it to stop, then join it"
        while frame is not None:
            name = frame.f_globals.get("__name__")
            if name == "socketserver":
                fix = "call the server's shutdown() and server_close(), then join the thread"
            elif name == "asyncio.base_events":
                fix = "stop the loop with loop.call_soon_threadsafe(loop.stop), join the thread, then close the loop"
            frame = frame.f_back
        name = thread.name if thread else "?"
        message = f"the thread {name!r} was still running{where}"
        return self._finding(one.owner, "survivor", one.place or stands, message, fix)

    def _of_process(self, one: Process) -> Finding:
        command = one.command if len(one.command) <= 60 else f"{one.command[:59]}\u2026"
        message = f"the child process {one.pid} was still running: {command}"
        return self._finding(one.owner, "survivor", one.place, message, "terminate it, then wait for it, or join it")


def _waits_on(frame: FrameType | None) -> int | None:
    """Return the descriptor in whose call a thread stands, if it is in one that the witness watches."""
    while frame is not None and not is_witness(frame):
        frame = frame.f_back
    return frame.f_locals.get("fd") if frame is not None else None


def _is_in(name: str, modules: Iterable[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _is_of_a_living_loop(one: Held) -> bool:
    """Say whether it is one of the pair with which an event loop wakes itself: the loop's own, as long as it lives."""
    via = one.opened.via
    return one.opened.name == "socketpair" and via.startswith("asyncio") and not one.collected


def _described(one: Held) -> Socket:
    """Return what is known of a socket."""
    from socktrace.assembly import assemble

    number = 1 if one.opened.name == "accept" else 0  # the listener's comes first
    # A copy: it is gone through several times, and the garbage collector may close the socket in between.
    return assemble(tuple(one.told), 0).sockets[number]


def _counted(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield equal findings once, with a count: those of one event at one line."""
    alike: dict[tuple[str, str, int | None], list[Finding]] = {}
    for one in found:
        alike.setdefault((one.event, one.path, one.line), []).append(one)
    for first, *others in alike.values():
        yield replace(first, count=1 + len(others)) if others else first


def _told(one: Held) -> tuple[str, str]:
    from socktrace.recording.endings import ENDINGS
    from socktrace.wording import describe

    socket = _described(one)
    what = describe(socket, numbered=False)
    via = one.opened.via
    by = f", opened by {via}," if via else ""
    if one.collected:
        return f"the {what}{by} was {ENDINGS['collected'].words}", _cure(one, socket)
    if any(row.name == "detach" for row in one.told):
        return f"the {what}{by} was still open: nothing closed it after it was detached", "close what it was handed to"
    return f"the {what}{by} was still open", _cure(one, socket)


def _cure(one: Held, socket: Socket) -> str:
    via = one.opened.via
    if one.opened.name == "socketpair" and via.startswith("asyncio"):
        return "close the event loop, or let asyncio.run() do all of it"
    if via.startswith("asyncio"):
        return "close its writer or server, and await wait_closed() before the loop ends"
    if socket.role == "accepted" and via == "socketserver":
        return "let the handlers end, then call server_close()"
    if socket.role == "accepted" and not via:
        return "close what accept() gives: `with connection:` does that on every way out"
    if via:
        return f"close what {via} opened it for: `with` does that on every way out"
    return "close it where it was opened: `with` does that on every way out"
