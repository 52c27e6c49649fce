"""Runs programs in a fresh network namespace, with a time limit, and says plainly what could not be isolated.

Of several, each is started when the one before it listens. The kernel's own tables tell: nobody connects to find out.

The isolation is for accuracy, not a jail for hostile code: the program keeps your files and your rights. It gets a
network of its own, in which there is a loopback interface and nothing else, so that what crosses it is the program's
and only the program's.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from socktrace.calls.log import read
from socktrace.sandbox.job import Ended, Job, Outcome, Watcher
from socktrace.sandbox.signals import signals_held
from socktrace.sandbox.stops import stacks_of
from socktrace.sandbox.supervisor import supervised
from socktrace.sandbox.unsupervised import unsupervised

__all__ = ["Ended", "Job", "Outcome", "Watcher", "run"]

_LINUX = sys.platform.startswith("linux")


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
        with signals_held(job) as held:
            job = replace(job, held=held)
            beside = meanwhile or _nothing, again or _nothing
            outcome = supervised(job, logs, watcher, beside, after) if _LINUX else unsupervised(job, logs)
        for ended, log in zip(outcome.programs, logs, strict=True):
            ended.log = rows = read(log)
            outcome.unseen += [f"calls: not all could be kept: {reason}" for reason in rows.reasons]
            if rows.lost:
                outcome.unseen.append(
                    f"bytes: {rows.lost:,} calls that only moved bytes, or found nothing to do yet, are not kept; "
                    "those before and after them are"
                )
            stuck = stacks_of(log)
            found = sorted(log.parent.glob(f"{stuck.name}*"), key=lambda file: (len(file.name), file.name))
            ended.stacks = "".join(file.read_text(errors="replace") for file in found)
        yield outcome


def _nothing() -> None:
    """Do nothing while programs run."""
