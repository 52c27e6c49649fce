"""Runs one program in a fresh network namespace, with a time limit, and says plainly what could not be isolated.

The isolation is for accuracy, not a jail for hostile code: the program keeps your files and your rights. It gets a
network of its own, in which there is a loopback interface and nothing else, so that what crosses it is the program's
and only the program's.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Protocol

from socktrace import cpython, program

_LINUX = sys.platform.startswith("linux")
_ELSEWHERE = "network namespaces exist on Linux only"
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_CAPABILITY_VERSION_3 = 0x20080522
_SI_KERNEL = 0x80
_TICK = 0.05
"""How many seconds pass between two looks for a signal to hand on. A person who presses Ctrl-C notices no delay below
about 0.1 s, and twenty looks a second cost nothing."""
_SETTLE = 0.5
"""How many seconds what the program set in motion gets to come to rest when it has ended: the last packets, and child
processes that are on their way out. On loopback that takes about a millisecond; the rest is for a busy machine. What
takes longer is a survivor."""
_REST = 0.002
"""How many seconds pass between two looks whether all is at rest. It costs every run half of that, so it is short."""
_REAP = 0.005
"""The same for child processes that are still there, which are rare and end more slowly."""
_LAST_WORDS = 2.0
"""How many seconds at most a program that is stopped at its time limit gets to write down where its threads stand:
`faulthandler` needs about a millisecond once the signal is handled, which may take a busy machine a while."""
_FULL_STOP = 0.05
"""How many seconds without a further word mean that it has written all."""
_CAPTURE_LIMIT = 4 << 20  # bytes of each stream; a program that prints for ever must not fill the memory


class Watcher(Protocol):
    """Something that watches from inside the namespace while the program runs."""

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when there is something to read."""
        ...

    def read(self) -> None:
        """Take in what there is."""
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
        program: The file.
        args: Its arguments.
        timeout: Time limit in seconds, `None` for none.
        isolated: Whether to make a network namespace.
        captured: If true, standard input is empty and what the program prints is kept, not shown; if false all three
            streams pass through (standard error is copied on the way, so that a write to it can be judged).
    """

    program: Path
    args: tuple[str, ...] = ()
    timeout: float | None = 10.0
    isolated: bool = True
    captured: bool = False


@dataclass(slots=True)
class Outcome:
    """What the run left behind.

    Args:
        began: When the program started, in nanoseconds of the system clock.
        ended: When it ended.
        exit_code: Its exit status, negative for a signal; `None` if it was stopped at its time limit.
        stdout: What it printed, if captured.
        stderr: What it wrote to standard error.
        log: What the calls witness wrote.
        stacks: The stacks of its threads when the time limit came.
        processes: Command lines of child processes that outlived it; they have been stopped.
        watched: What the watcher inside the namespace saw; `None` without a namespace.
        unseen: One line for each thing that could not be isolated or witnessed.
    """

    began: int = 0
    ended: int = 0
    exit_code: int | None = None
    stdout: bytes = b""
    stderr: bytes = b""
    log: str = ""
    stacks: str = ""
    processes: tuple[str, ...] = ()
    watched: Any = None
    unseen: list[str] = field(default_factory=list)


def run(job: Job, watcher: Callable[[], Watcher]) -> Outcome:
    """Run a program and return what it left behind.

    Args:
        job: What to run.
        watcher: Called inside the new namespace, before the program starts.

    Raises:
        OSError: The program could not be started at all.
    """
    with tempfile.TemporaryDirectory(prefix="socktrace-") as scratch:
        log = Path(scratch, "calls")
        log.touch()
        with _signals_held(job):
            answer = _in_namespace(job, log, watcher) if job.isolated and _LINUX else _ELSEWHERE
            if isinstance(answer, str):
                reason = answer if job.isolated else "the program used the host's network"
                outcome = _on_host(job, log)
                outcome.unseen.append(f"packets: not recorded: {reason}")
            else:
                outcome = answer
        outcome.log = log.read_text(errors="replace")
        stuck = _stacks(log)
        outcome.stacks = stuck.read_text(errors="replace") if stuck.exists() else ""
        return outcome


# -- on the host's network ---------------------------------------------------------------------------------------------


def _on_host(job: Job, log: Path) -> Outcome:
    """Run the program in a new interpreter. The way of macOS and Windows, and of `--network host`."""
    outcome = Outcome(began=time.time_ns())
    command = [sys.executable, "-m", "socktrace.program", str(log), str(job.timeout or 0), str(job.program), *job.args]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL if job.captured else None,
        stdout=subprocess.PIPE if job.captured else None,
        stderr=subprocess.PIPE,
    )
    kept: dict[str, bytearray] = {"stdout": bytearray(), "stderr": bytearray()}
    pumps = [
        threading.Thread(target=_pump, args=(process.stderr, kept["stderr"], None if job.captured else 2), daemon=True)
    ]
    if job.captured:
        pumps.append(threading.Thread(target=_pump, args=(process.stdout, kept["stdout"], None), daemon=True))
    for pump in pumps:
        pump.start()
    outcome.exit_code = _wait(process, job, _stacks(log))
    outcome.ended = time.time_ns()
    for pump in pumps:
        pump.join(_SETTLE)
    outcome.stdout, outcome.stderr = bytes(kept["stdout"]), bytes(kept["stderr"])
    return outcome


def _stacks(log: Path) -> Path:
    """Return where a program writes down where its threads stand when it is to be stopped."""
    return Path(f"{log}.stuck")


def _wait(process: subprocess.Popen[bytes], job: Job, stacks: Path) -> int | None:
    """Wait for the program to end; return its exit status, `None` if it had to be stopped."""
    deadline = None if job.timeout is None else time.monotonic() + job.timeout
    while True:
        wait = _TICK if deadline is None else min(_TICK, max(0.0, deadline - time.monotonic()))
        try:
            return process.wait(wait)
        except KeyboardInterrupt:
            continue  # Windows: the console sent it to the program too
        except subprocess.TimeoutExpired:
            if os.name == "posix" and not job.captured:
                _pass_on(process.pid)
            if deadline is None or time.monotonic() < deadline:
                continue
        if os.name == "posix":
            _stop(process.pid, stacks)
        process.kill()
        process.wait()
        return None


def _pump(source: Any, kept: bytearray, copy_to: int | None) -> None:
    while chunk := os.read(source.fileno(), 65536):
        if copy_to is not None:
            os.write(copy_to, chunk)
        if len(kept) < _CAPTURE_LIMIT:
            kept += chunk
    source.close()


def _next_signal() -> signal.struct_siginfo | None:
    if hasattr(signal, "sigtimedwait"):
        return signal.sigtimedwait(program.HELD, 0)
    for number in program.HELD & signal.sigpending():  # macOS has no sigtimedwait, and does not tell who sent it
        signal.sigwait({number})
    return None


# -- in a namespace of its own -----------------------------------------------------------------------------------------


def _in_namespace(job: Job, log: Path, watcher: Callable[[], Watcher]) -> Outcome | str:
    """Fork a supervisor that makes the namespace, starts the program in it and sees it out.

    Returns:
        What the supervisor saw, or one line that says why there can be no namespace.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    supervisor = os.fork()
    if supervisor == 0:
        os.close(reading)
        _supervisor(job, log, watcher, writing)
    os.close(writing)
    try:
        answer = _await(reading, supervisor, job)
    finally:
        os.close(reading)
        os.waitpid(supervisor, 0)
    if not answer:
        raise OSError("the run was cut off before it could be recorded")
    result: Outcome | str = pickle.loads(answer)
    return result


def _await(reading: int, supervisor: int, job: Job) -> bytes:
    answer = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(reading, selectors.EVENT_READ)
        while True:
            if not job.captured:
                _pass_on(supervisor)
            if not ready.select(None if job.captured else _TICK):
                continue
            chunk = os.read(reading, 1 << 20)
            if not chunk:
                return bytes(answer)
            answer += chunk


@contextlib.contextmanager
def _signals_held(job: Job) -> Iterator[None]:
    """Keep the signals that are meant for the program from ending this process first."""
    if job.captured or os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, program.HELD)
    try:
        yield
    finally:
        while _next_signal():
            pass  # it came as the program ended
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pass_on(child: int) -> None:
    """Hand a held signal down, unless the terminal sent it: that one went to every process of the group."""
    while received := _next_signal():
        if received.si_code != _SI_KERNEL:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, received.si_signo)


def _supervisor(job: Job, log: Path, watcher: Callable[[], Watcher], writing: int) -> NoReturn:
    status = 1
    try:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        reason = _unshare()
        answer: Outcome | str = reason or _supervise(job, log, watcher, writing)
        payload = pickle.dumps(answer)
        while payload:
            payload = payload[os.write(writing, payload) :]
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _unshare() -> str | None:
    """Move this process into a new network namespace and bring its loopback interface up; say why if that fails."""
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
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            request = struct.pack("16sH14x", b"lo", 0)
            flags = struct.unpack("16sH14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
            fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
    except OSError as error:
        return f"the loopback interface stays down: {error.strerror} (netdevice(7))"
    return None


def _supervise(job: Job, log: Path, watcher: Callable[[], Watcher], writing: int) -> Outcome:
    """Run the program in the namespace that this process is in, and return what it left behind.

    The order matters. The witness listens before the program can send. The program's ends of the pipes are closed here
    as soon as it has its own, or their other ends would never report that it has let go of them. The children that
    outlive it are stopped before the witness is asked whether the network is at rest, because they may still send.

    Args:
        job: What to run.
        log: Where the calls witness of the program writes.
        watcher: Makes the witness of the packets; its absence is noted, not an error.
        writing: The supervisor's pipe to its parent, which the program must not inherit: the parent waits for its end.
    """
    outcome = Outcome()
    try:
        witness: Watcher | None = watcher()
    except OSError as error:
        witness = None
        outcome.unseen.append(f"packets: no packet socket: {error.strerror or error} (packet(7))")
    stderr = os.pipe()
    stdout = os.pipe() if job.captured else None
    outcome.began = time.time_ns()
    child = os.fork()
    if child == 0:
        os.close(writing)
        if witness:
            witness.close()
        _become(job, log, stdout, stderr)
    os.close(stderr[1])
    if stdout:
        os.close(stdout[1])
    sinks: dict[int, tuple[bytearray, int | None]] = {stderr[0]: (bytearray(), None if job.captured else 2)}
    if stdout:
        sinks[stdout[0]] = (bytearray(), None)
    outcome.exit_code = _watch(job, child, witness, sinks, _stacks(log))
    outcome.ended = time.time_ns()
    outcome.processes = _sweep(witness, sinks)
    if witness:
        deadline = time.monotonic() + _SETTLE
        while not witness.settled() and time.monotonic() < deadline:
            time.sleep(_REST)
        witness.read()
        outcome.watched = witness.result()
    outcome.stderr = bytes(sinks[stderr[0]][0])
    if stdout:
        outcome.stdout = bytes(sinks[stdout[0]][0])
    return outcome


def _become(job: Job, log: Path, stdout: tuple[int, int] | None, stderr: tuple[int, int]) -> NoReturn:
    """In the forked child: take the program's place."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(_PR_SET_CHILD_SUBREAPER, 0)
    cpython.forget_finalizers()
    if os.getuid() != 0:
        _drop_capabilities()
    os.dup2(stderr[1], 2)
    if stdout:
        os.dup2(stdout[1], 1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
    for fd in (*stderr, *(stdout or ())):
        os.close(fd)
    # Whoever called may have put streams of its own in their place, as pytest does.
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    program.run(job.program, job.args, log, job.timeout)


def _watch(
    job: Job, child: int, witness: Watcher | None, sinks: dict[int, tuple[bytearray, int | None]], stacks: Path
) -> int | None:
    """Read what comes until the program has ended; return its exit status, `None` if it had to be stopped."""
    deadline = None if job.timeout is None else time.monotonic() + job.timeout
    ending = os.pidfd_open(child)
    with selectors.DefaultSelector() as ready:
        ready.register(ending, selectors.EVENT_READ)
        for fd in sinks:
            ready.register(fd, selectors.EVENT_READ)
        if witness:
            ready.register(witness.fileno(), selectors.EVENT_READ)
        late = False
        while True:
            wait = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not job.captured:
                _pass_on(child)
                wait = _TICK if wait is None else min(wait, _TICK)
            for key, _ in ready.select(wait):
                if key.fd == ending:
                    os.close(ending)
                    _, status = os.waitpid(child, 0)
                    return None if late else os.waitstatus_to_exitcode(status)
                if key.fd in sinks:
                    if not _sink(key.fd, *sinks[key.fd]):
                        ready.unregister(key.fd)
                elif witness:
                    witness.read()
            if deadline is not None and not late and time.monotonic() >= deadline:
                late = True
                _stop(child, stacks)


def _stop(child: int, stacks: Path) -> None:
    """Stop the program, after it has written down where its threads stand."""
    os.kill(child, program.STACKS)
    deadline, before = time.monotonic() + _LAST_WORDS, 0
    while time.monotonic() < deadline:
        time.sleep(_FULL_STOP)
        written = stacks.stat().st_size if stacks.exists() else 0
        if written and written == before:
            break
        before = written
    os.kill(child, signal.SIGKILL)


def _sink(fd: int, kept: bytearray, copy_to: int | None) -> bool:
    chunk = os.read(fd, 65536)
    if copy_to is not None:
        rest = chunk
        while rest:
            rest = rest[os.write(copy_to, rest) :]
    if len(kept) < _CAPTURE_LIMIT:
        kept += chunk
    return bool(chunk)


def _sweep(witness: Watcher | None, sinks: dict[int, tuple[bytearray, int | None]]) -> tuple[str, ...]:
    """Stop the child processes that outlived the program, after a short grace, and read the pipes to their end."""
    deadline = time.monotonic() + _SETTLE
    survivors: tuple[str, ...] = ()
    while _reap():
        if time.monotonic() >= deadline:
            children = _descendants()
            survivors = survivors or tuple(name for _, name in children)
            for pid, _ in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if witness:
            witness.read()
        time.sleep(_REAP)
    for fd, (kept, copy_to) in sinks.items():
        while _sink(fd, kept, copy_to):
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
    children = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == os.getpid():
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                    children.append((int(entry.name), command))
    return children


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _drop_capabilities() -> None:
    """Give back what the user namespace lent, so that the program meets the same rights as outside (capset(2))."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    ctypes.CDLL(None).capset(header, bytes(24))
