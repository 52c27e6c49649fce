"""Sees programs from their start to their end: whose turn it is, what they write, and who is told to end (Linux)."""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections import deque

from socktrace import kernel
from socktrace.kernel.doors import Lonely, Turn, hint
from socktrace.sandbox.child import Child
from socktrace.sandbox.farewell import Farewell, family
from socktrace.sandbox.job import Job, Watcher
from socktrace.sandbox.patience import Clock
from socktrace.sandbox.signals import TICK, pass_on
from socktrace.sandbox.sink import Sink
from socktrace.sandbox.stops import descendants, stacks_of, stop
from socktrace.sandbox.visits import Book

REST = 0.002
"""How many seconds pass between two looks whether all is at rest. It costs every run half of that, so it is short."""
_SHARE = 2
"""How many times as long as it takes to look whether the next program may start the one before is then left alone: they
may have one processor between them."""


class Stage:
    """Starts one program after the other, and reads what comes until all have ended or have been stopped.

    Args:
        job: What to run.
        children: Its programs.
        witness: The witness of the packets, if there is one.
        book: The visitors' book, if others may join.
        writing: What no program must inherit.
    """

    def __init__(
        self, job: Job, children: list[Child], witness: Watcher | None, book: Book | None, writing: int
    ) -> None:
        self._job, self._children, self._witness, self._book, self._writing = job, children, witness, book, writing
        self._deadline = None if job.timeout is None else time.monotonic() + job.timeout
        self._waiting = deque(children)
        self._sinks: dict[int, Sink] = {}
        self._late = self._is_dismissed = self._is_interrupted = False
        self._last: Child | None = None
        self._turn: Turn | None = None
        self._look = REST
        self._farewell = Farewell()
        self._clock = Clock()
        self._told: list[int] = []  # who is to end
        self._lonely = Lonely(witness.called) if witness and book and len(children) == 1 else None
        self._ready = selectors.DefaultSelector()
        if witness:
            self._ready.register(witness.fileno(), selectors.EVENT_READ)

    def run(self) -> None:
        """See all programs from their start to their end."""
        with self._ready:
            while True:
                now = time.monotonic()
                self._start(now)
                if not self._running and not self._waiting:
                    return
                self._end(now)
                self._tell_where(now)
                self._listen(now)

    @property
    def _running(self) -> list[Child]:
        return [child for child in self._children if child.is_running]

    @property
    def _has_failed(self) -> bool:
        return any(child.done.exit_code for child in self._children)

    def _start(self, now: float) -> None:
        """Start the next program if it is time, and none any more if that time cannot come."""
        if self._late or self._is_interrupted or self._has_failed:
            self._waiting.clear()
        if not self._waiting:
            return
        if self._last and self._turn:
            is_over = self._turn.is_over(self._clock.read(now, [self._last.pid]), self._last.done.exit_code)
            self._look = max(REST, _SHARE * (time.monotonic() - now))
            self._last.serves = self._turn.opened
            if not is_over:
                if not self._last.is_running and not descendants():
                    self._waiting.clear()  # nobody is left who could open a door
                return
        self._turn = Turn(self._turn)
        self._last = self._waiting.popleft()
        self._last.start(self._job, self._let_go)
        if self._witness and self._last is self._children[0]:
            self._witness.begin(self._last.done.began)
        self._sinks |= self._last.sinks
        for fd in (self._last.ending, *self._last.sinks):
            self._ready.register(fd, selectors.EVENT_READ)

    def _let_go(self) -> None:
        """Close in a new process what this one has open for itself."""
        for fd in (self._writing, *self._sinks, *(child.ending for child in self._running)):
            os.close(fd)
        self._ready.close()
        if self._witness:
            self._witness.close()
        if self._book:
            self._book.close()

    def _end(self, now: float) -> None:
        """Tell programs to end if nobody is left whom they serve, and stop them if they are late.

        Whom somebody has told to end by Ctrl-C, it is left to somebody to tell again.
        """
        if self._late:
            return
        is_over = self._is_dismissed or self._has_failed or not self._clients_running
        if not self._waiting and is_over and not self._is_interrupted:
            self._told = self._told or [pid for child in self._running for pid in family(child.pid)]
            had = self._clock.read(now, self._told)
            if (number := self._farewell.due(had, at_once=self._is_dismissed)) is not None:
                if number == signal.SIGINT and not self._job.captured:
                    self._say_why()
                for child in self._running:
                    child.tell_to_end(number)
        elif self._deadline is not None and now >= self._deadline:
            has_visitors = bool(self._book and self._book.visitors())
            if has_visitors and self._job.lenient:
                self._deadline = None
            elif has_visitors and _nobody_talks():
                self._is_dismissed = True
            else:
                self._late = True
                moment = stop({child.pid: stacks_of(child.log) for child in self._running}, with_children=True)
                for child in self._running:
                    child.stopped = moment

    def _say_why(self) -> None:
        """Say why programs are told to end: most of them say it with a traceback, as if they had failed."""
        failed = [child.command.name for child in self._children if child.done.exit_code]
        why = f"{failed[0]} failed" if failed else "nobody is left to be served"
        why = "its time is up, and nobody talks to it" if self._is_dismissed else why
        names = " and ".join(child.command.name for child in self._running)
        told = f"socktrace: {why}: {names} {'is' if len(self._running) == 1 else 'are'} told to end, as by Ctrl-C\n"
        os.write(2, told.encode())

    @property
    def _clients_running(self) -> bool:
        """True while the last program runs, or another one that serves nobody."""
        return any(child is self._children[-1] or not child.serves for child in self._running)

    def _tell_where(self, now: float) -> None:
        """Tell whoever started a server that nobody calls how to reach it."""
        doors = self._lonely.doors(now) if self._lonely else ()
        if doors and not (self._book and self._book.visitors()):
            if self._job.lenient:
                self._deadline = None
            limit = None if self._deadline is None else self._job.timeout
            os.write(2, hint(self._job.commands[0].name, doors, limit).encode())

    def _listen(self, now: float) -> None:
        """Wait once for what comes, and take it."""
        if self._job.is_attended:
            for number in pass_on([child.pid for child in self._running]):
                self._is_interrupted = True
                for child in self._running:
                    child.done.take_note(number)
        endings = {child.ending: child for child in self._running}
        for fd in self._come(now):
            if fd in endings:
                self._ready.unregister(fd)
                endings[fd].see_out(late=self._late)
            elif not self._sinks[fd].take(fd):
                self._ready.unregister(fd)

    def _come(self, now: float) -> list[int]:
        """Wait once for what comes, and return where, but for packets: those are taken, and waited for again.

        There may be thousands a second, and all else that the stage sees to takes longer than to take one.
        """
        pause = self._pause(now)
        until = None if pause is None else now + pause
        while True:
            came = [key.fd for key, _ in self._ready.select(until and max(0.0, until - time.monotonic()))]
            if self._witness and self._witness.fileno() in came:
                came.remove(self._witness.fileno())
                self._witness.read()
                if not came and (until is None or time.monotonic() < until):
                    time.sleep(self._witness.patience)
                    continue
            return came

    def _pause(self, now: float) -> float | None:
        """Return for how many seconds there is nothing to do but to wait for what comes; `None` for ever."""
        pauses = [] if self._deadline is None else [max(0.0, self._deadline - now)]
        pauses += [self._look] if self._waiting else []
        pauses += [TICK] if len(self._children) > 1 or self._job.is_attended else []
        return min(pauses, default=None)


def _nobody_talks() -> bool:
    """Say whether the network holds no connection; what a program keeps for itself, such as a pair, does not count."""
    return all(row.is_door or row.state == "TIME_WAIT" or row.protocol == "unix" for row in kernel.rows())
