"""What there is to run, and what it leaves behind. Plain data."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from socktrace.commands import Command
from socktrace.sandbox.visits import Visitor

if TYPE_CHECKING:
    from socktrace.calls.rows import Row

HOST = "the program used the host's network"


class Watcher(Protocol):
    """Something that watches from inside the namespace while the program runs."""

    @property
    def patience(self) -> float:
        """For how many seconds what there is to read may gather."""
        ...

    def begin(self, moment: int) -> None:
        """Take note that the first program was started, in nanoseconds of the system clock."""
        ...

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when there is something to read."""
        ...

    def read(self) -> None:
        """Take in what there is."""
        ...

    def called(self, port: int) -> bool:
        """Say whether a packet came to a port, or from it."""
        ...

    def settled(self) -> bool:
        """Say whether what the program set in motion has come to rest."""
        ...

    def result(self) -> Any:
        """Return what was seen; it must be picklable."""
        ...

    def close(self) -> None:
        """Give up the descriptor."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What to run.

    Args:
        commands: The programs, in order of their start.
        timeout: Time limit in seconds for all of it, `None` for none.
        isolated: Whether to make a network namespace.
        captured: If true, standard input is empty and what the programs print is kept, not shown. If false, all three
            streams of a single program are those of this process; of several, one gets the input, and each
            line of output comes with the name of its program before it.
        copied: Whether a single program's standard error is copied on its way, so that a write to it can be judged. It
            is a pipe then, which a program can notice.
        held: The signals that this process holds back from itself, because they are meant for the program.
        lenient: Whether the time limit is given up once somebody has been told that the program waits for callers, or
            has joined it.
        shown: For each program the descriptors that what it prints is copied to as it comes, though it is captured:
            those of its output and of its errors. Its input and signals are handled then as if it were not.
        late: Called in the process that is to become a program without a new interpreter, when it is watched already:
            takes what it was to become and returns what it becomes, so that a process can be made ready before anybody
            knows what for.
        spared: The descriptors that `late` needs.
        reads: Which of the programs gets the input.
    """

    commands: tuple[Command, ...]
    timeout: float | None = 10.0
    isolated: bool = True
    captured: bool = False
    copied: bool = False
    held: frozenset[int] = frozenset()
    lenient: bool = False
    shown: tuple[tuple[int, int], ...] = ()
    late: Callable[[Command], Command] | None = None
    spared: tuple[int, ...] = ()
    reads: int = -1

    @property
    def is_attended(self) -> bool:
        """Whether somebody watches it, who may type something or press Ctrl-C."""
        return not self.captured or bool(self.shown)

    def copies(self, command: Command) -> tuple[int | None, int | None]:
        """Return where a program's output and its errors are copied to as they come."""
        if self.shown:
            return self.shown[self.commands.index(command)]
        return (None, None) if self.captured else (1, 2)

    def must_be_alone(self, reason: str) -> None:
        """See to it that there is one program only, where there is no network in which several could meet.

        Args:
            reason: Why there is none.

        Raises:
            OSError: There are several.
        """
        if len(self.commands) > 1:
            raise OSError(f"programs that run together need a network of their own: {reason}")


@dataclass(slots=True)
class Ended:
    """What one program left behind.

    Args:
        began: When it was started, in nanoseconds of the system clock; 0 if it was not.
        ended: When it ended.
        exit_code: Its exit status, negative for a signal; `None` if it was stopped at its time limit, or not started.
        stdout: What it printed, if captured.
        stderr: What it wrote to standard error.
        log: The rows of the calls witness.
        stacks: The stacks of its threads when the time limit came.
        signalled: The last signal that told it to end from outside, as in `recording.Program`.
        signalled_at: When the first one did, in nanoseconds of the system clock; 0 if none did.
    """

    began: int = 0
    ended: int = 0
    exit_code: int | None = None
    stdout: bytes = b""
    stderr: bytes = b""
    log: Iterable[Row] = ()
    stacks: str = ""
    signalled: str = ""
    signalled_at: int = 0

    def take_note(self, number: int) -> None:
        """Write down that a signal told it to end."""
        self.signalled = signal.Signals(number).name
        self.signalled_at = self.signalled_at or time.time_ns()


@dataclass(slots=True)
class Outcome:
    """What the run left behind.

    Args:
        programs: What each program left behind, in the order of the job.
        processes: Child processes that outlived them all, by number and command line; they have been stopped.
        visitors: Those that joined the network meanwhile.
        watched: Returns, once, what the watcher inside the namespace saw, as soon as the network is at rest; `None`
            without a watcher.
        blind: Why there was no watcher.
        on_host: Whether the programs ran in the host's network.
        unseen: One line for each thing that could not be isolated or witnessed.
    """

    programs: list[Ended] = field(default_factory=list)
    processes: tuple[tuple[int, str], ...] = ()
    visitors: tuple[Visitor, ...] = ()
    watched: Callable[[], Any] | None = None
    blind: str = ""
    on_host: bool = False
    unseen: list[str] = field(default_factory=list)
