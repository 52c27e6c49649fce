"""Where a run's seconds went, file by file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 12
"""So many files are shown; the others are one row."""


class Seconds:
    """A plugin that shows, at the end of a run, where its seconds went. Workers' seconds are added up."""

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        stats = terminalreporter.stats.values()
        reports = [report for some in stats for report in some if isinstance(report, pytest.TestReport)]
        if len({report.nodeid for report in reports}) > 1:
            terminalreporter.section("where the seconds went")
            for line in table(reports):
                terminalreporter.write_line(line)


def table(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return the lines of a table: for each file its tests and the seconds that they took.

    Args:
        reports: Of each test's setup, call and teardown.
    """
    tests: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for report in reports:
        file = report.nodeid.partition("::")[0]
        tests[file] += report.when == "teardown"
        took[file] += report.duration  # type: ignore[assignment]
    order = sorted(took, key=lambda file: -took[file])
    rows = [([file], file) for file in order[:SHOWN]]
    if order[SHOWN:]:
        rows.append((order[SHOWN:], f"{len(order) - SHOWN} other files"))
    rows.append((order, "sum"))
    lines = [f"{'tests':>7} {'seconds':>8}"]
    for files, name in rows:
        count, seconds = (sum(column[file] for file in files) for column in (tests, took))
        lines.append(f"{count:7} {seconds:8.1f}  {name}")
    return lines
