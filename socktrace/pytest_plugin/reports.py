"""How findings get into pytest's reports: through the workers of pytest-xdist too."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from socktrace.pytest_plugin.owners import Owner

if TYPE_CHECKING:
    from socktrace.verdict import Finding

_ATTACHED = "socktrace"
"""The attribute of a report, and the name in what a worker of pytest-xdist sends at its end, that carries ours."""


class Leak(pytest.fail.Exception):  # type: ignore[name-defined, misc]
    """What a test fails with that left something behind."""


Leak.__module__ = "builtins"  # so that it is reported by its name alone, as pytest's own failures are


class Reports:
    """Counts what was judged, and reports what was found of others than the test that runs.

    A worker of pytest-xdist may report only of the test that it runs. What it found of others goes with that report.

    Args:
        config: The configuration of this run of pytest.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._judged: set[str] = set()
        self._found: set[str] = set()
        self._others: list[tuple[dict[str, Any], Any]] = []
        self._fixtures: set[str] = set()
        self._sockets = 0
        self._notes: list[str] = []

    def entry(self, owner: Owner, findings: Sequence[Finding]) -> dict[str, Any]:
        """Return what is reported of somebody, as plain data.

        Args:
            owner: Whom it is about.
            findings: What was found, at least one.
        """
        path = os.path.relpath(owner.path, self._config.rootpath)
        location = [path, None if owner.line is None else owner.line - 1, owner.name]
        return {"nodeid": owner.nodeid, "location": location, "text": "\n".join(map(str, findings))}

    def attach(self, report: pytest.TestReport, sockets: int, *, found: bool, others: list[dict[str, Any]]) -> None:
        """Let the last report of a test carry what was found at its end.

        Args:
            report: The report.
            sockets: How many sockets were opened by those that were judged.
            found: Whether something was found of itself.
            others: What was found of others.
        """
        setattr(report, _ATTACHED, {"sockets": sockets, "found": found, "others": others})

    def take(self, report: pytest.TestReport) -> None:
        """Take what came with a report."""
        attached = getattr(report, _ATTACHED, None)
        if attached is None or self._is_worker():
            return
        self._judged.add(report.nodeid)
        self._sockets += attached["sockets"]
        if attached["found"]:
            self._found.add(report.nodeid)
        self._others += [(entry, getattr(report, "node", None)) for entry in attached["others"]]

    def end(self, others: list[dict[str, Any]], notes: list[str]) -> None:
        """Report what was found after the last test.

        Args:
            others: What was found of tests and fixtures.
            notes: What is worth knowing.
        """
        if self._is_worker():
            output = self._config.workeroutput  # type: ignore[attr-defined]
            output[_ATTACHED] = {"others": others, "notes": notes}
        else:
            self._notes += notes
            self._others += [(entry, None) for entry in others]

    def take_end(self, node: Any) -> None:
        """Take what a worker sent at its end; one that crashed sent nothing."""
        attached = getattr(node, "workeroutput", {}).get(_ATTACHED)
        if attached is not None:
            self._notes += attached["notes"]
            self._others += [(entry, node) for entry in attached["others"]]

    def summary(self) -> list[str]:
        """Return the lines at the end."""
        from socktrace.wording import plural

        line = f"socktrace: {plural(len(self._judged), 'test')} judged, {len(self._found)} with findings"
        if self._fixtures:
            line += f" and {plural(len(self._fixtures), 'fixture')} too"
        notes = [f"socktrace: note: {note}" for note in dict.fromkeys(self._notes)]
        return [*notes, f"{line}, {plural(self._sockets, 'socket')}"]

    def _is_worker(self) -> bool:
        return hasattr(self._config, "workerinput")

    def report_others(self) -> None:
        """Report what was found of others, each once: a fixture may have been made by each worker."""
        for entry, node in self._others:
            nodeid = entry["nodeid"]
            if nodeid in self._fixtures:
                continue
            (self._found if nodeid in self._judged else self._fixtures).add(nodeid)
            try:
                raise Leak(entry["text"], pytrace=False)
            except Leak:
                shown = pytest.ExceptionInfo.from_current().getrepr(style="value")
            path, line, name = entry["location"]
            report = pytest.TestReport(nodeid, (path, line, name), {}, "failed", shown, "teardown")
            if node is not None:
                report.node = node  # type: ignore[attr-defined] # as pytest-xdist does with what comes from a worker
            self._config.hook.pytest_runtest_logreport(report=report)
