"""Runs a program as a child of this process, in the host's network: the way of macOS and Windows."""

from __future__ import annotations

import functools
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socktrace.calls.children import inherited
from socktrace.sandbox.job import HOST, Ended, Job, Outcome
from socktrace.sandbox.signals import TICK, pass_on
from socktrace.sandbox.sink import Sink
from socktrace.sandbox.stops import SETTLE, stacks_of, stop

if TYPE_CHECKING:
    import subprocess

_ELSEWHERE = "network namespaces exist on Linux only"


def unsupervised(job: Job, logs: list[Path]) -> Outcome:
    """Run the program in a child of this process, in the host's network. The way of macOS and Windows."""
    import subprocess  # which take a while to load, and Linux needs neither
    import threading

    reason = _ELSEWHERE if job.isolated else HOST
    job.must_be_alone(reason)
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
    sinks = {"stdout": Sink(None), "stderr": Sink(None if job.captured else 2)}
    streams = {"stdout": process.stdout, "stderr": process.stderr}
    pumps = [
        threading.Thread(target=_pump, args=(stream, sinks[name]), daemon=True)
        for name, stream in streams.items()
        if stream
    ]
    for pump in pumps:
        pump.start()
    ended.exit_code = _wait(process, job, stacks_of(log), ended)
    ended.ended = time.time_ns()
    for pump in pumps:
        pump.join(SETTLE)
    for name, sink in sinks.items():
        setattr(ended, name, bytes(sink.kept))
    return Outcome([ended], on_host=True, unseen=[f"packets: not recorded: {reason}"])


def _wait(process: subprocess.Popen[bytes], job: Job, stacks: Path, ended: Ended) -> int | None:
    """Wait for the program to end; return its exit status, `None` if it had to be stopped."""
    import subprocess

    deadline = None if job.timeout is None else time.monotonic() + job.timeout
    while True:
        wait = TICK if deadline is None else min(TICK, max(0.0, deadline - time.monotonic()))
        try:
            return process.wait(wait)
        except KeyboardInterrupt:
            continue  # Windows: the console sent it to the program too
        except subprocess.TimeoutExpired:
            if os.name == "posix" and not job.captured:
                for number in pass_on([process.pid]):
                    ended.take_note(number)
            if deadline is None or time.monotonic() < deadline:
                continue
        if os.name == "posix":
            stop({process.pid: stacks}, with_children=False)
        process.kill()
        process.wait()
        return None


def _pump(source: Any, sink: Sink) -> None:
    while sink.take(source.fileno()):
        pass
    source.close()
