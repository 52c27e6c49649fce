"""The interpreter that forks: it reads jobs, runs `socktrace` for each in a child, and writes what came of them.

A script of its own, so that nothing of the tests or of pytest is in the children. See `batch.trace`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from socktrace import assembly, cli, output  # noqa: F401 - which a run loads only while its program runs


def serve(jobs: list[dict[str, Any]], at_once: int, folder: Path) -> dict[str, Any] | None:
    """Fork a child for each job. Return the job in the child, `None` in the parent when all children have ended."""
    running: dict[int, int] = {}
    for number, job in enumerate(jobs):
        if len(running) == at_once:
            _await(running, folder)
        child = os.fork()
        if child == 0:
            _enter(job, folder / str(number))
            return job
        running[child] = number
    while running:
        _await(running, folder)
    return None


def _await(running: dict[int, int], folder: Path) -> None:
    child, status = os.wait()
    (folder / f"{running.pop(child)}.status").write_text(str(os.waitstatus_to_exitcode(status)), encoding="ascii")


def _enter(job: dict[str, Any], files: Path) -> None:
    """Give this process the streams, the folder and the time limit of a job."""
    for number, suffix in ((1, "stdout"), (2, "stderr")):
        fd = os.open(files.with_suffix(f".{suffix}"), os.O_WRONLY | os.O_CREAT)
        os.dup2(fd, number)
        os.close(fd)
    os.chdir(job["cwd"])
    signal.setitimer(signal.ITIMER_REAL, job["limit"])  # whose signal ends the process, whatever it waits for


def outcome(files: Path) -> dict[str, Any]:
    """Return what came of a job, as the fields of `batch.Done`."""
    texts = {name: files.with_suffix(f".{name}").read_bytes().decode() for name in ("stdout", "stderr")}
    status = int(files.with_suffix(".status").read_text(encoding="ascii"))
    return {"status": None if status == -signal.SIGALRM else status, **texts}


def main() -> int:
    """Read jobs from standard input, run them, and write what came of them to standard output."""
    work = json.load(sys.stdin)
    output.prepare()
    gc.freeze()
    folder = Path(work["folder"])
    mine = serve(work["jobs"], work["at_once"], folder)
    if mine:
        sys.argv[1:] = mine["words"]
        cli.command()
    json.dump([outcome(folder / str(number)) for number in range(len(work["jobs"]))], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
