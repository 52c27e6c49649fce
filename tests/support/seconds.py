"""Where a run's seconds went, file by file: what someone waits for, and what the processors work."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

WORKED = "core_seconds"
SHOWN = 12
"""So many files are shown; the others are one row."""


class Seconds:
    """A plugin that measures each file's tests and, at the end of a run, shows where its seconds went.

    A second of work counts where it is done: in this process, in its children, or in those that are still running, as a
    browser is. Those cannot be seen but on Linux.
    """

    def __init__(self) -> None:
        self._so_far = 0.0

    def pytest_collection_finish(self) -> None:
        self._so_far = worked()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.when == "teardown":
            now = worked()
            report.user_properties.append((WORKED, now - self._so_far))
            self._so_far = now
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        stats = terminalreporter.stats.values()
        reports = [report for some in stats for report in some if isinstance(report, pytest.TestReport)]
        if len({report.nodeid for report in reports}) > 1:
            terminalreporter.section("where the seconds went")
            for line in table(reports):
                terminalreporter.write_line(line)


def worked() -> float:
    """Return the seconds of processor time that this process and its descendants have used, as far as can be seen."""
    times = os.times()
    ended = times.user + times.system + times.children_user + times.children_system
    return ended + sum(map(_of_living, _children(os.getpid())))


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()]
    except OSError:  # it has ended, or this is not Linux
        return []


def _of_living(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(_of_living, _children(pid)))


def table(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return the lines of a table: for each file its tests, the seconds they took and the work they made.

    Args:
        reports: Of each test's setup, call and teardown.
    """
    tests: Counter[str] = Counter()
    took: Counter[str] = Counter()
    work: Counter[str] = Counter()
    for report in reports:
        file = report.nodeid.partition("::")[0]
        tests[file] += report.when == "teardown"
        took[file] += report.duration  # type: ignore[assignment]
        work[file] += sum(value for name, value in report.user_properties if name == WORKED)  # type: ignore[misc]
    order = sorted(took, key=lambda file: -max(took[file], work[file]))
    rows = [([file], file) for file in order[:SHOWN]]
    if order[SHOWN:]:
        rows.append((order[SHOWN:], f"{len(order) - SHOWN} other files"))
    rows.append((order, "sum"))
    lines = [f"{'tests':>7} {'seconds':>8} {'core-s':>7}"]
    for files, name in rows:
        count, seconds, cores = (sum(column[file] for file in files) for column in (tests, took, work))
        lines.append(f"{count:7} {seconds:8.1f} {cores:7.1f}  {name}")
    return lines
