"""Runs programs under a process that makes their network and sees them out (Linux)."""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
import select
import shlex
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from socktrace.sandbox.child import Child
from socktrace.sandbox.job import HOST, Job, Outcome, Watcher
from socktrace.sandbox.linux import EXIT, PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl, unshare
from socktrace.sandbox.signals import TICK, pass_on
from socktrace.sandbox.stage import REST, Stage
from socktrace.sandbox.stops import SETTLE, sweep
from socktrace.sandbox.visits import Book


def supervised(
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
    reason: str = HOST
    if job.isolated:
        outcome = _under_supervisor(job, logs, watcher, beside, after)
        if isinstance(outcome, Outcome):
            outcome.unseen += [f"packets: not recorded: {outcome.blind}"] if outcome.blind else []
            return outcome
        reason = outcome
    job.must_be_alone(reason)
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
    while not select.select([reading], [], [], TICK)[0]:
        if job.is_attended:
            pass_on([supervisor])
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


def _supervisor(job: Job, logs: list[Path], watcher: Callable[[bool], Watcher], writing: int) -> NoReturn:
    status = 1
    try:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        reason = unshare() if job.isolated else None
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
        EXIT(status)


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
    children = [Child(command, log) for command, log in zip(job.commands, logs, strict=True)]
    Stage(job, children, witness, book, writing).run()
    outcome.programs = [child.done for child in children]
    outcome.processes = sweep(witness, {fd: sink for child in children for fd, sink in child.sinks.items()})
    if book:
        outcome.visitors = book.visitors()
        book.close()
    for child in children:
        for name, fd in child.streams.items():
            setattr(child.done, name, bytes(child.sinks[fd].kept))
    return outcome, witness


def _seen(witness: Watcher) -> Any:
    """Return what a watcher saw, when the network has come to rest."""
    deadline = time.monotonic() + SETTLE
    while not witness.settled() and time.monotonic() < deadline:
        time.sleep(REST)
    witness.read()
    return witness.result()
