"""Runs programs under both witnesses and returns what they saw."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from socktrace import kernel, sandbox
from socktrace.commands import Ran, warm
from socktrace.kernel.endpoints import Leftover
from socktrace.packets import headers
from socktrace.packets.tap import Captured, Tap
from socktrace.packets.thinning import Thinning
from socktrace.packets.wire import Wire

if TYPE_CHECKING:
    from socktrace.assembly import Text
    from socktrace.packets.decoder import Decoder
    from socktrace.recording import Packet, Recording

_PACKETS, _LANDMARKS, _LAST_PACKETS = 120_000, 240_000, 1_000
"""How many packets are kept: of the first, of these and those that open or end a connection, and of the last. One takes
about 700 bytes; a program that sends for ever must not fill the memory."""


def record(
    program: Path,
    args: tuple[str, ...] = (),
    *,
    name: str | None = None,
    timeout: float | None = 10.0,
    isolated: bool = True,
    captured: bool = True,
) -> Recording:
    """Run a program and return what it did.

    Args:
        program: The file to run.
        args: Its arguments.
        name: The name it goes by in the recording; its path as given by default.
        timeout: Time limit in seconds, `None` for none.
        isolated: Whether to run it in a network namespace of its own; without one, packets are not recorded.
        captured: Whether its output is kept (true) or goes where this process's own goes (false).

    Raises:
        OSError: The program cannot be read or started.
    """
    command = Ran(warm(program, args), name or "")
    with recorded_together([command], timeout=timeout, isolated=isolated, captured=captured) as recording:
        return recording


def record_together(programs: Sequence[Ran], *, timeout: float | None = 10.0) -> Recording:
    """Run programs as `recorded_together` does, and return what they did when all is cleared away.

    Args:
        programs: The programs, in order of their start.
        timeout: Time limit in seconds for all of it, `None` for none.

    Raises:
        OSError: A program cannot be read or started.
    """
    with recorded_together(programs, timeout=timeout) as recording:
        return recording


@contextlib.contextmanager
def recorded_together(
    programs: Sequence[Ran],
    *,
    timeout: float | None = 10.0,
    isolated: bool = True,
    captured: bool = True,
    lenient: bool = False,
    copied: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Recording]:
    """Run programs in one network, each as soon as the one before it listens, and yield what they did.

    The kernel takes the network down while the block goes on, and the end of the block waits for that.

    Args:
        programs: The programs, in order of their start.
        timeout: Time limit in seconds for all of it, `None` for none.
        isolated: Whether to run them in a network namespace of their own; several need one.
        captured: Whether their output is only kept (true) or shown too (false).
        lenient: Whether the time limit is given up for a server that waits for callers, as in `sandbox.Job`.
        copied: Whether a single program's standard error is copied on its way, so that it can be judged.
        meanwhile: Called while they run, where another process sees to them.

    Raises:
        OSError: A program cannot be read or started.
    """
    commands = tuple(one.command for one in programs)
    sources = [command.text() for command in commands]

    def known() -> Known:
        if meanwhile:
            meanwhile()
        return Known(programs, sources)

    job = sandbox.Job(commands, timeout, isolated, captured, copied=copied, lenient=lenient)
    with _recorded(job, known) as recording:
        yield recording


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the programs of a job while it goes on.

    Args:
        programs: The programs, in order of their start.
        sources: Their texts.
        began: When the first one was begun, in nanoseconds of the system clock, if it stood by before: see `Job.late`.
    """

    programs: Sequence[Ran]
    sources: Sequence[str]
    began: int = 0


def record_job(job: sandbox.Job, known: Callable[[], Known]) -> Recording:
    """Do a job under both witnesses and return what its programs did.

    Args:
        job: The job.
        known: Called while it goes on, or after it where no other process sees to it: returns what its programs are.

    Raises:
        OSError: A program cannot be started.
    """
    with _recorded(job, known) as recording:
        return recording


@contextlib.contextmanager
def _recorded(job: sandbox.Job, known: Callable[[], Known]) -> Iterator[Recording]:
    found: list[tuple[Known, list[Text], Decoder]] = []
    wire = Wire()

    def meanwhile() -> None:
        from socktrace.assembly import Text  # these take as long to load as a small program takes to run
        from socktrace.packets.decoder import Decoder

        one = known()
        found.append((one, [Text.read(source) for source in one.sources], Decoder()))

    def again() -> None:
        one, _, decoder = found[-1]
        decoder.take(wire.read(), one.began or wire.began)

    with contextlib.closing(wire), sandbox.run(job, partial(_Watch, wire), meanwhile, again) as outcome:
        from socktrace.assembly import put_together

        if not found:
            meanwhile()
        one, texts, decoder = found[-1]
        if one.began:
            outcome.programs[0].began = one.began

        def packets() -> tuple[Packet, ...]:
            again()
            return decoder.packets

        yield put_together(one.programs, texts, outcome, packets)


class _Watch:
    """Watches a network from inside: its loopback interface and, if it is the program's alone, its tables.

    Args:
        wire: Takes the packets: the first ones as they come, and when all is over what is kept of the later ones.
        isolated: Whether the network is the program's alone.
    """

    def __init__(self, wire: Wire, isolated: bool) -> None:
        self._wire = wire
        self._isolated = isolated
        self._is_quiet = False
        self._tap = Tap()
        self._written = 0
        self._kept: list[Captured] = []
        self._full = ""
        self._take = Thinning(
            self._kept.append,
            lambda one: headers.is_landmark(one.head),
            first=_PACKETS,
            last=_LAST_PACKETS,
            most=_LANDMARKS,
        )

    @property
    def patience(self) -> float:
        return self._tap.patience

    def begin(self, moment: int) -> None:
        try:
            self._wire.began = moment
        except OSError as error:
            self._full = error.strerror or str(error)

    def fileno(self) -> int:
        return self._tap.fileno()

    def read(self) -> None:
        came = self._tap.drain()
        self._is_quiet = not came
        for one in came:
            self._take(one)
        self._hand_over(_PACKETS - self._written)

    def _hand_over(self, most: int) -> None:
        """Write the first of those that are kept, in order; what comes when there are many need not come in order."""
        if ready := self._kept[: max(0, most)]:
            del self._kept[: len(ready)]
            self._written += len(ready)
            try:
                self._wire.write(ready)
            except OSError as error:
                self._full = error.strerror or str(error)

    def called(self, port: int) -> bool:
        return any(port in headers.ports(one.head) for one in (*self._wire.read(), *self._kept))

    def settled(self) -> bool:
        if self._isolated:
            return kernel.at_rest()
        self.read()
        return self._is_quiet

    def result(self) -> tuple[tuple[Leftover, ...], tuple[str, ...]]:
        """Return what is left in the tables, and what could not be seen or kept."""
        while self._isolated and not self._is_quiet:
            self.read()
        self._take.finish()
        self._kept.sort(key=lambda one: one.at)
        self._hand_over(len(self._kept))
        unseen = []
        if lost := self._tap.lost():
            unseen.append(f"packets: {lost:,} were lost, because they came faster than they could be kept")
        if self._full:
            unseen.append(f"packets: not all could be kept: {self._full}")
        if missing := self._take.missing:
            those = "" if self._take.missed else ", and all that open or end a connection"
            count = self._written + missing
            unseen.append(
                f"packets: of {count:,} the first {_PACKETS:,} and the last {_LAST_PACKETS:,} are kept{those}"
            )
        return kernel.tables() if self._isolated else (), tuple(unseen)

    def close(self) -> None:
        self._tap.close()
