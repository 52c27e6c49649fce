"""Runs programs in a fresh network namespace, with a time limit, and says plainly what could not be isolated.

Of several, each is started when the one before it listens. The kernel's own tables tell: nobody connects to find out.

The isolation is for accuracy, not a jail for hostile code: the program keeps your files and your rights. It gets a
network of its own, in which there is a loopback interface and nothing else, so that what crosses it is the program's
and only the program's.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import pickle
import select
import selectors
import shlex
import signal
import socket
import struct
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, Protocol

from socktrace import kernel
from socktrace.calls import cpython, stacks
from socktrace.calls.children import inherited
from socktrace.calls.log import read
from socktrace.commands import Command
from socktrace.kernel.doors import Lonely, Turn, hint
from socktrace.sandbox.farewell import Farewell, family
from socktrace.sandbox.patience import Clock
from socktrace.sandbox.visits import Book, Visitor

if TYPE_CHECKING:
    import subprocess

    from socktrace.calls.rows import Row

_LINUX = sys.platform.startswith("linux")
_ELSEWHERE = "network namespaces exist on Linux only"
_HOST = "the program used the host's network"
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1
_SIOCADDRT, _RTF_UP = 0x890B, 0x1
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CAPABILITY_VERSION_3 = 0x20080522
_SI_KERNEL = 0x80
_TICK = 0.05
"""How many seconds pass between two looks for a signal to hand on. A person who presses Ctrl-C notices no delay below
about 0.1 s, and twenty looks a second cost nothing."""
_SETTLE = 0.5
"""How many seconds what the program set in motion gets to come to rest when it has ended: the last packets, and child
processes that are on their way out. On loopback that takes about a millisecond. What takes longer is a survivor; a
process that waits for a processor meanwhile has more time."""
_REST = 0.002
"""How many seconds pass between two looks whether all is at rest. It costs every run half of that, so it is short."""
_SHARE = 2
"""How many times as long as it takes to look whether the next program may start the one before is then left alone: they
may have one processor between them."""
_REAP = 0.005
"""The same for child processes that are still there, which are rare and end more slowly."""
_FULL_STOP = 0.01
"""How many seconds pass between two looks whether a program that is to be stopped has said where it stands."""
_CHILDREN = 8
"""How many children of a program are asked that, at most."""
_HELD = frozenset({signal.SIGINT, signal.SIGTERM})
"""The signals that are meant for the program."""
_EXIT = os._exit
"""As it is before it is watched."""
_CAPTURE_LIMIT = 4 << 20  # bytes of each stream; a program that prints for ever must not fill the memory


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


@contextlib.contextmanager
def run(
    job: Job,
    watcher: Callable[[bool], Watcher],
    meanwhile: Callable[[], None] | None = None,
    again: Callable[[], None] | None = None,
) -> Iterator[Outcome]:
    """Run programs and yield what they left behind.

    It takes some milliseconds until the network is at rest and has been read, and then until the kernel has taken it
    down. What is done in the block need not wait for that; its end does.

    Args:
        job: What to run.
        watcher: Called before the first program starts, inside the new namespace and with true, or with false in the
            host's network.
        meanwhile: Called in this process while they run, where another one sees to them.
        again: Called then after that, again and again.

    Raises:
        OSError: A program could not be started at all, or several have no network of their own to meet in.
    """
    if not all(command.interpreter for command in job.commands):
        import socktrace.program  # noqa: F401  # once for all programs that are forks of this process
    with contextlib.ExitStack() as after:
        scratch = after.enter_context(tempfile.TemporaryDirectory(prefix="socktrace-"))
        logs = [Path(scratch, f"calls-{number}") for number in range(len(job.commands))]
        for log in logs:
            log.mkdir()
        with _signals_held(job) as held:
            job = replace(job, held=held)
            beside = meanwhile or _nothing, again or _nothing
            outcome = _supervised(job, logs, watcher, beside, after) if _LINUX else _unsupervised(job, logs)
        for ended, log in zip(outcome.programs, logs, strict=True):
            ended.log = rows = read(log)
            outcome.unseen += [f"calls: not all could be kept: {reason}" for reason in rows.reasons]
            if rows.lost:
                outcome.unseen.append(
                    f"bytes: {rows.lost:,} calls that only moved bytes, or found nothing to do yet, are not kept; "
                    "those before and after them are"
                )
            stuck = _stacks(log)
            found = sorted(log.parent.glob(f"{stuck.name}*"), key=lambda file: (len(file.name), file.name))
            ended.stacks = "".join(file.read_text(errors="replace") for file in found)
        yield outcome


def _nothing() -> None:
    """Do nothing while programs run."""


# -- without a supervisor ----------------------------------------------------------------------------------------------


def _must_be_alone(job: Job, reason: str) -> None:
    """See to it that there is one program only, for there is no network in which several could meet.

    Raises:
        OSError: There are several.
    """
    if len(job.commands) > 1:
        raise OSError(f"programs that run together need a network of their own: {reason}")


def _unsupervised(job: Job, logs: list[Path]) -> Outcome:
    """Run the program in a child of this process, in the host's network. The way of macOS and Windows."""
    import subprocess  # which take a while to load, and Linux needs neither
    import threading

    reason = _ELSEWHERE if job.isolated else _HOST
    _must_be_alone(job, reason)
    (command,), (log,) = job.commands, logs
    ended = Ended(began=time.time_ns())
    interpreter = command.interpreter or (sys.executable,)
    process = subprocess.Popen(
        [*interpreter, *command.words],
        env=inherited(os.environ, str(log), command.code, instead=command.instead),
        stdin=subprocess.DEVNULL if job.captured else None,
        stdout=subprocess.PIPE if job.captured else None,
        stderr=subprocess.PIPE if job.captured or job.copied else None,
        preexec_fn=(  # noqa: PLW1509  # no other thread is there yet
            functools.partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, job.held) if job.held else None
        ),
    )
    sinks = {"stdout": _Sink(None), "stderr": _Sink(None if job.captured else 2)}
    streams = {"stdout": process.stdout, "stderr": process.stderr}
    pumps = [
        threading.Thread(target=_pump, args=(stream, sinks[name]), daemon=True)
        for name, stream in streams.items()
        if stream
    ]
    for pump in pumps:
        pump.start()
    ended.exit_code = _wait(process, job, _stacks(log), ended)
    ended.ended = time.time_ns()
    for pump in pumps:
        pump.join(_SETTLE)
    for name, sink in sinks.items():
        setattr(ended, name, bytes(sink.kept))
    return Outcome([ended], on_host=True, unseen=[f"packets: not recorded: {reason}"])


def _stacks(log: Path) -> Path:
    """Return where a program writes down where its threads stand when it is to be stopped."""
    return Path(f"{log}.stuck")


def _wait(process: subprocess.Popen[bytes], job: Job, stacks: Path, ended: Ended) -> int | None:
    """Wait for the program to end; return its exit status, `None` if it had to be stopped."""
    import subprocess

    deadline = None if job.timeout is None else time.monotonic() + job.timeout
    while True:
        wait = _TICK if deadline is None else min(_TICK, max(0.0, deadline - time.monotonic()))
        try:
            return process.wait(wait)
        except KeyboardInterrupt:
            continue  # Windows: the console sent it to the program too
        except subprocess.TimeoutExpired:
            if os.name == "posix" and not job.captured:
                for number in _pass_on([process.pid]):
                    ended.take_note(number)
            if deadline is None or time.monotonic() < deadline:
                continue
        if os.name == "posix":
            _stop({process.pid: stacks})
        process.kill()
        process.wait()
        return None


def _pump(source: Any, sink: _Sink) -> None:
    while sink.take(source.fileno()):
        pass
    source.close()


@dataclass(slots=True)
class _Sink:
    """Takes what a program writes to a stream.

    Args:
        copy_to: The descriptor that gets a copy, if one does.
        prefix: What stands before each line of the copy.
        kept: What came, up to a limit.
        rest: The beginning of a line whose end has not come.
    """

    copy_to: int | None
    prefix: bytes = b""
    kept: bytearray = field(default_factory=bytearray)
    rest: bytes = b""

    def take(self, fd: int) -> bool:
        """Read once; say whether there may be more."""
        chunk = os.read(fd, 65536)
        if self.copy_to is not None:
            self._copy(chunk, self.copy_to)
        if len(self.kept) < _CAPTURE_LIMIT:
            self.kept += chunk
        return bool(chunk)

    def _copy(self, chunk: bytes, target: int) -> None:
        if self.prefix:
            *lines, self.rest = (self.rest + chunk).split(b"\n") if chunk else (self.rest, b"") if self.rest else (b"",)
            chunk = b"".join(self.prefix + line + b"\n" for line in lines)
        while chunk:
            chunk = chunk[os.write(target, chunk) :]


def _next_signal() -> signal.struct_siginfo | None:
    if hasattr(signal, "sigtimedwait"):
        return signal.sigtimedwait(_HELD, 0)
    for number in _HELD & signal.sigpending():  # macOS has no sigtimedwait, and does not tell who sent it
        signal.sigwait({number})
    return None


# -- under a supervisor ------------------------------------------------------------------------------------------------


def _supervised(
    job: Job,
    logs: list[Path],
    watcher: Callable[[bool], Watcher],
    beside: tuple[Callable[[], None], Callable[[], None]],
    after: contextlib.ExitStack,
) -> Outcome:
    """Run the programs under a supervisor, in a network of their own if there can be one, else in the host's.

    Args:
        job: What to run.
        logs: Where the calls witness of each program writes.
        watcher: Makes the witness of the packets.
        beside: What this process does while they run: at first, and then again and again.
        after: What is to be done when all is over.
    """
    reason: str = _HOST
    if job.isolated:
        outcome = _under_supervisor(job, logs, watcher, beside, after)
        if isinstance(outcome, Outcome):
            outcome.unseen += [f"packets: not recorded: {outcome.blind}"] if outcome.blind else []
            return outcome
        reason = outcome
    _must_be_alone(job, reason)
    outcome = _under_supervisor(replace(job, isolated=False), logs, watcher, beside, after)
    assert isinstance(outcome, Outcome)
    outcome.on_host = True
    own = "only those of its own sockets on the loopback interface were recorded"
    told = f"{own}: {reason}" if outcome.watched else f"not recorded: {reason}; {outcome.blind}"
    outcome.unseen = [f"packets: {told}", *outcome.unseen]
    return outcome


def _under_supervisor(
    job: Job,
    logs: list[Path],
    watcher: Callable[[bool], Watcher],
    beside: tuple[Callable[[], None], Callable[[], None]],
    after: contextlib.ExitStack,
) -> Outcome | str:
    """Fork a supervisor that makes the namespace, starts the programs in it and sees them out.

    Returns:
        What the supervisor saw, or one line that says why there can be no namespace.
    """
    reading, writing = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    supervisor = os.fork()
    if supervisor == 0:
        os.close(reading)
        _supervisor(job, logs, watcher, writing)
    os.close(writing)
    after.callback(os.waitpid, supervisor, 0)
    answers = after.enter_context(os.fdopen(reading, "rb"))
    at_first, again = beside
    at_first()
    while not select.select([reading], [], [], _TICK)[0]:
        if job.is_attended:
            _pass_on([supervisor])
        again()
    result: Outcome | str = _next(answers)
    if isinstance(result, Outcome) and not result.blind:
        result.watched = functools.partial(_next, answers)
    return result


def _next(answers: BinaryIO) -> Any:
    """Return the next part of what a supervisor tells.

    Raises:
        OSError: It was killed, or could not tell.
    """
    try:
        return pickle.load(answers)
    except (EOFError, pickle.UnpicklingError):
        raise OSError("the run was cut off before it could be recorded") from None


@contextlib.contextmanager
def _signals_held(job: Job) -> Iterator[frozenset[int]]:
    """Keep the signals that are meant for the program from ending this process first.

    Yields:
        Those that were not held before.
    """
    if not job.is_attended or os.name != "posix":
        yield frozenset()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield _HELD - before
    finally:
        while _next_signal():
            pass  # it came as the program ended
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pass_on(children: Iterable[int]) -> list[int]:
    """Hand the held signals down, unless the terminal sent them: those went to every process of the group.

    Returns:
        What came.
    """
    came = []
    while received := _next_signal():
        came.append(received.si_signo)
        if received.si_code != _SI_KERNEL:
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, received.si_signo)
    return came


def _supervisor(job: Job, logs: list[Path], watcher: Callable[[bool], Watcher], writing: int) -> NoReturn:
    status = 1
    try:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        reason = _unshare() if job.isolated else None
        with contextlib.ExitStack() as after:
            outcome, witness = (reason, None) if reason else _supervise(job, logs, watcher, writing, after)
            with open(writing, "wb") as answers:
                pickle.dump(outcome, answers)
                answers.flush()
                if witness:
                    pickle.dump(_seen(witness), answers)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _EXIT(status)


def _unshare() -> str | None:
    """Move this process into a new network namespace and give it a loopback interface; say why if that fails."""
    import fcntl  # absent on Windows, which never comes here

    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) != 0:
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
            return f"no network namespace: {os.strerror(ctypes.get_errno())} (unshare(2))"
        try:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        except OSError as error:
            return f"no user namespace: {error.strerror} (user_namespaces(7))"
    name = ctypes.create_string_buffer(b"lo")
    groups, mask = (struct.pack("HH4s8x", socket.AF_INET, 0, bytes([first, 0, 0, 0])) for first in (224, 240))
    # struct rtentry (linux/route.h). Without a way to the groups of IPv4 none can be joined (ip(7), ENODEV).
    route = struct.pack("L16s16x16sHhLPhPLLH0L", 0, groups, mask, _RTF_UP, 0, 0, 0, 0, ctypes.addressof(name), 0, 0, 0)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            request = struct.pack("16sH14x", b"lo", 0)
            flags = struct.unpack("16sH14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
            fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
            with contextlib.suppress(OSError):  # a kernel that is not Linux, such as gVisor's, may know no such thing
                fcntl.ioctl(control, _SIOCADDRT, route)
    except OSError as error:
        return f"the loopback interface stays down: {error.strerror} (netdevice(7))"
    return None


def _supervise(
    job: Job,
    logs: list[Path],
    watcher: Callable[[bool], Watcher],
    writing: int,
    after: contextlib.ExitStack,
) -> tuple[Outcome, Watcher | None]:
    """Run the programs in the namespace that this process is in, and return what they left behind, and who watched.

    The order matters. The witness listens before a program can send. A program's ends of the pipes are closed here
    as soon as it has its own, or their other ends would never report that it has let go of them. The children that
    outlive all are stopped before the witness is asked whether the network is at rest, because they may still send.

    Args:
        job: What to run.
        logs: Where the calls witness of each program writes.
        watcher: Makes the witness of the packets; its absence is noted, not an error.
        writing: The supervisor's pipe to its parent, which the programs must not inherit: the parent waits for its end.
        after: What is to be done when the parent has its answer.
    """
    outcome = Outcome()
    witness: Watcher | None = None
    try:
        witness = watcher(job.isolated)
        after.callback(witness.close)
    except PermissionError:
        outcome.blind = "to read them there takes CAP_NET_RAW (capabilities(7))"
    except OSError as error:
        outcome.blind = f"no packet socket: {error.strerror or error} (packet(7))"
    book = (
        None
        if job.captured or not job.isolated
        else Book([(one.name, shlex.join(one.words)) for one in job.commands], str(logs[0]), job.commands[0].code)
    )
    children = [_Child(command, log) for command, log in zip(job.commands, logs, strict=True)]
    _Stage(job, children, witness, book, writing).run()
    outcome.programs = [child.done for child in children]
    outcome.processes = _sweep(witness, {fd: sink for child in children for fd, sink in child.sinks.items()})
    if book:
        outcome.visitors = book.visitors()
        book.close()
    for child in children:
        for name, fd in child.streams.items():
            setattr(child.done, name, bytes(child.sinks[fd].kept))
    return outcome, witness


def _seen(witness: Watcher) -> Any:
    """Return what a watcher saw, when the network has come to rest."""
    deadline = time.monotonic() + _SETTLE
    while not witness.settled() and time.monotonic() < deadline:
        time.sleep(_REST)
    witness.read()
    return witness.result()


@dataclass(slots=True)
class _Child:
    """A program that was started, or is going to be.

    Args:
        command: What it is.
        log: Where its calls witness writes.
        done: What is known of its end.
        pid: Its process id, 0 before its start.
        stopped: When it was stopped at the time limit, as in `Ended.ended`; 0 if it was not.
        ending: What becomes readable when it has ended.
        serves: Whether it opened a door for others, as far as the next program had to know.
        streams: Where its `stdout` and `stderr` can be read, unless they pass through.
        sinks: What takes them.
    """

    command: Command
    log: Path
    done: Ended = field(default_factory=Ended)
    pid: int = 0
    stopped: int = 0
    ending: int = -1
    serves: bool = False
    streams: dict[str, int] = field(default_factory=dict)
    sinks: dict[int, _Sink] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """True from its start to its end."""
        return self.pid != 0 and not self.done.ended

    def start(self, job: Job, let_go: Callable[[], None]) -> None:
        """Fork the process that becomes the program.

        Args:
            job: What it belongs to.
            let_go: Closes in the new process what the supervisor has open for itself.
        """
        alone, reads = len(job.commands) == 1, self.command is job.commands[job.reads]
        pipes = {}
        if job.captured or not alone:
            pipes = {"stdout": os.pipe(), "stderr": os.pipe()}
        elif job.copied:
            pipes = {"stderr": os.pipe()}
        self.done.began = time.time_ns()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                let_go()
                _become(self.command, self.log, job, pipes, reads=reads and job.is_attended)
            except BaseException:  # of ours: what the program raises does not come here
                sys.excepthook(*sys.exc_info())
            finally:
                _EXIT(127)  # whatever goes wrong, what stands in this process's frames is its parent's to do
        self.ending = os.pidfd_open(self.pid)
        name = b"" if alone or job.shown else f"{self.command.name} | ".encode()
        out, errors = job.copies(self.command)
        for target, stream in ((errors, "stderr"), (out, "stdout")):
            if stream in pipes:
                reading, writing = pipes[stream]
                os.close(writing)
                self.streams[stream] = reading
                self.sinks[reading] = _Sink(target, name)

    def tell_to_end(self, number: int) -> None:
        """Send it a signal, and its children, as the terminal does when somebody presses Ctrl-C.

        Args:
            number: The signal.
        """
        if select.select([self.ending], [], [], 0)[0]:
            return  # it has just ended by itself
        self.done.take_note(number)
        for pid in family(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def see_out(self, *, late: bool) -> None:
        """Take note that it has ended; what its end does to the network comes after that moment."""
        self.done.ended = self.stopped or time.time_ns()
        os.close(self.ending)
        _, status = os.waitpid(self.pid, 0)
        self.done.exit_code = None if late else os.waitstatus_to_exitcode(status)


def _become(command: Command, log: Path, job: Job, pipes: dict[str, tuple[int, int]], *, reads: bool) -> NoReturn:
    """In the forked child: take the program's place.

    Args:
        command: The program.
        log: Where its calls witness writes.
        job: What it belongs to.
        pipes: What stands in for its `stdout` and `stderr`.
        reads: Whether it gets the standard input; if not, that is empty.
    """
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(_PR_SET_CHILD_SUBREAPER, 0)
    cpython.forget_finalizers()
    if os.getuid() != 0:
        _drop_capabilities()
    for number, stream in ((2, "stderr"), (1, "stdout")):
        if stream in pipes:
            os.dup2(pipes[stream][1], number)
    if not reads:
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
    if command.interpreter:
        _replace(command, log, job)
    # This process's descriptors are not for the program, whose own begin at 3.
    lowest = 3
    for fd in sorted(job.spared):
        os.closerange(lowest, fd)
        lowest = fd + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))
    # Whoever called may have put streams of its own in their place, as pytest does.
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    from socktrace.program import Watch

    watch = Watch(log, job.timeout)
    if job.late:
        command = job.late(command)
        for fd in job.spared:
            os.close(fd)
    if job.held:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, job.held)
    assert command.program
    watch.run(command.program, command.arguments)


def _replace(command: Command, log: Path, job: Job) -> NoReturn:
    """In the forked child: start the interpreter, with what this process was given, and nothing that it made of it.

    Descriptors close by themselves: Python makes none that a new program would inherit (PEP 446).
    """
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # which Python ignores, and the new one would inherit that
        signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # one that was held comes in the next line
    signal.pthread_sigmask(signal.SIG_UNBLOCK, job.held)
    environ = inherited(os.environ, str(log), command.code, instead=command.instead)
    try:
        os.execve(command.interpreter[0], [*command.interpreter, *command.words], environ)
    except OSError as error:
        os.write(2, f"socktrace: {command.interpreter[0]}: {error.strerror}\n".encode())
        _EXIT(127)


class _Stage:
    """Starts one program after the other, and reads what comes until all have ended or have been stopped.

    Args:
        job: What to run.
        children: Its programs.
        witness: The witness of the packets, if there is one.
        book: The visitors' book, if others may join.
        writing: What no program must inherit.
    """

    def __init__(
        self, job: Job, children: list[_Child], witness: Watcher | None, book: Book | None, writing: int
    ) -> None:
        self._job, self._children, self._witness, self._book, self._writing = job, children, witness, book, writing
        self._deadline = None if job.timeout is None else time.monotonic() + job.timeout
        self._waiting = deque(children)
        self._sinks: dict[int, _Sink] = {}
        self._late = self._is_dismissed = self._is_interrupted = False
        self._last: _Child | None = None
        self._turn: Turn | None = None
        self._look = _REST
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
    def _running(self) -> list[_Child]:
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
            self._look = max(_REST, _SHARE * (time.monotonic() - now))
            self._last.serves = self._turn.opened
            if not is_over:
                if not self._last.is_running and not _descendants():
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
                moment = _stop({child.pid: _stacks(child.log) for child in self._running})
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
            for number in _pass_on([child.pid for child in self._running]):
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
        pauses += [_TICK] if len(self._children) > 1 or self._job.is_attended else []
        return min(pauses, default=None)


def _nobody_talks() -> bool:
    """Say whether the network holds no connection; what a program keeps for itself, such as a pair, does not count."""
    return all(row.is_door or row.state == "TIME_WAIT" or row.protocol == "unix" for row in kernel.rows())


def _stop(programs: dict[int, Path]) -> int:
    """Stop programs, after they have written down where their threads stand.

    Args:
        programs: By its process id, where each writes that.

    Returns:
        When they were stopped, in nanoseconds of the system clock.
    """
    for pid in programs:
        os.kill(pid, stacks.STACKS)
    began = time.monotonic()
    for file in programs.values():
        while not stacks.is_told(file, time.monotonic() - began):
            time.sleep(_FULL_STOP)
    if _LINUX:
        _ask_children(programs)
    moments = []
    for fatal in (signal.SIGSTOP, signal.SIGKILL):  # none may go on because another has ended
        for pid in programs:
            os.kill(pid, fatal)
        moments.append(time.time_ns())
    return moments[0]


def _ask_children(programs: dict[int, Path]) -> None:
    """Let the children of programs write down where they stand, if they do so soon: one may be what another waits for.

    Args:
        programs: By its process id, where each program writes that.
    """
    asked = {child: Path(f"{file}.{child}") for pid, file in programs.items() for child in _asked(pid)}
    clock, until = Clock(), time.monotonic() + _SETTLE
    while not all(stacks.is_told(file, 0.0) for file in asked.values()) and clock.read(time.monotonic(), asked) < until:
        time.sleep(_FULL_STOP)


def _asked(pid: int) -> Iterator[int]:
    for child in [one for one in family(pid)[1:] if stacks.catches(one)][:_CHILDREN]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, stacks.STACKS)
            yield child


def _sweep(witness: Watcher | None, sinks: dict[int, _Sink]) -> tuple[tuple[int, str], ...]:
    """Stop the child processes that outlived the programs, after a short grace, and read the pipes to their end."""
    clock, deadline = Clock(), time.monotonic() + _SETTLE
    survivors: tuple[tuple[int, str], ...] = ()
    while _reap():
        children = _descendants()
        if clock.read(time.monotonic(), [pid for pid, _ in children]) >= deadline:
            survivors = survivors or tuple(children)
            for pid, _ in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if witness:
            witness.read()
        time.sleep(_REAP)
    for fd, sink in sinks.items():
        while sink.take(fd):
            pass
        os.close(fd)
    return survivors


def _reap() -> bool:
    """Collect ended children (orphans come to this process, a subreaper); say whether any is still running."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True


def _descendants() -> list[tuple[int, str]]:
    """Return the children of this process, orphans among them, that have not ended: their ids and command lines."""
    children = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                state, parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
                if int(parent) == os.getpid() and state != "Z":
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                    children.append((int(entry.name), command))
    return children


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _drop_capabilities() -> None:
    """Give back what the user namespace lent, so that the program meets the same rights as outside (capset(2))."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    ctypes.CDLL(None).capset(header, bytes(24))
