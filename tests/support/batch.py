"""Runs many programs at once, so that those which wait do not let the processors wait."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import filelock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pytest

K = TypeVar("K")
T = TypeVar("T")

AT_ONCE = 2 * (os.cpu_count() or 1)
"""Most programs here wait more than they work."""


@dataclass(frozen=True)
class Job:
    """One run of a program.

    Args:
        words: The command, or what is written after `socktrace`.
        cwd: The folder it is run in.
        limit: After so many seconds it is killed.
    """

    words: tuple[str, ...]
    cwd: str
    limit: float = 30.0


@dataclass(frozen=True)
class Done:
    """What came of it.

    Args:
        status: Its exit status, negative for a signal; `None` if it was killed at its limit.
        stdout: What it printed.
        stderr: What it wrote to standard error.
    """

    status: int | None
    stdout: str
    stderr: str


def run(jobs: Mapping[K, Job]) -> dict[K, Done]:
    """Run the command of each job."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return dict(zip(jobs, threads.map(_run, jobs.values()), strict=True))


def _run(job: Job) -> Done:
    try:
        done = subprocess.run(job.words, capture_output=True, check=False, cwd=job.cwd, timeout=job.limit)
    except subprocess.TimeoutExpired as late:
        return Done(None, (late.stdout or b"").decode(), (late.stderr or b"").decode())
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def trace(jobs: Mapping[K, Job], under: Sequence[str] = ()) -> dict[K, Done]:
    """Run `socktrace` with the words of each job, in a fork of one interpreter that has imported what it needs.

    That interpreter has no thread, no socket, and nothing of pytest. What `socktrace` is as a process of its own, its
    streams and signals, are proven elsewhere.

    Args:
        jobs: What to run.
        under: A command that runs all of it, such as strace.
    """
    command = [*under, sys.executable, str(Path(__file__).with_name("warm.py"))]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    with tempfile.TemporaryDirectory() as folder:
        work = json.dumps({"folder": folder, "at_once": AT_ONCE, "jobs": [asdict(job) for job in jobs.values()]})
        done = subprocess.run(command, input=work, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return {name: Done(**one) for name, one in zip(jobs, json.loads(done.stdout), strict=True)}


@dataclass(frozen=True)
class Once:
    """Makes things once for all workers of a run: who asks first makes it, the others wait and get the same.

    Args:
        folder: Which all workers share.
    """

    folder: Path

    def __call__(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns, or has returned to another worker under this name."""
        file = self.folder / f"{name}.pickle"
        with filelock.FileLock(f"{file}.lock"):
            if not file.exists():
                file.write_bytes(pickle.dumps(make()))
        made: T = pickle.loads(file.read_bytes())
        return made


def asked(request: pytest.FixtureRequest, argument: str) -> tuple[str, ...]:
    """Return what the chosen tests ask a fixture about, so that it does no more than that.

    Args:
        request: The fixture's.
        argument: The name under which each test that asks gets its own, a program's name for example.
    """
    asking = [item for item in request.session.items if _asks(item, request)]
    chosen = {str(item.callspec.params[argument]) for item in asking if hasattr(item, "callspec")}
    return tuple(sorted(chosen))


def _asks(item: pytest.Item, request: pytest.FixtureRequest) -> bool:
    """Say whether a test asks this very fixture: another module may have one of the same name."""
    info = getattr(item, "_fixtureinfo", None)
    known = list(info.name2fixturedefs.get(request.fixturename, [])) if info else []
    return known[-1:] == [getattr(request, "_fixturedef", None)]
