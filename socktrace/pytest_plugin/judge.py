"""The hooks of pytest that judge: each test when it has ended, each longer fixture when it was torn down."""

from __future__ import annotations

import gc
import inspect
import re
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from socktrace.calls.witness import Witness, present
from socktrace.pytest_plugin import belongings
from socktrace.pytest_plugin.demands import Demands, UnknownEventError
from socktrace.pytest_plugin.leaks import Leaks
from socktrace.pytest_plugin.ledger import Ledger
from socktrace.pytest_plugin.owners import Owner
from socktrace.pytest_plugin.reports import Leak, Reports
from socktrace.pytest_plugin.starts import Starts

if TYPE_CHECKING:
    from socktrace.pytest_plugin.witnessed import Witnessed

_XUNIT = re.compile(r"^_(?:xunit|unittest)_(\w+?)_fixture_")
"""How pytest calls the fixtures that it makes of `setup_module`, `setUpClass` and so on."""


@dataclass(eq=False, slots=True)
class _Run:
    """One run of a test.

    Args:
        owner: To whom what it opens is charged.
        began: When it began, in nanoseconds of the system clock.
        names: What its class and its module had when it began, as `belongings.names` gives it.
        failed: Whether it failed already, by itself.
        sockets: How many sockets were opened by all that were judged at its end.
        found: Whether something was found.
        others: What was found, at its end, of others.
    """

    owner: Owner
    began: int
    names: belongings.Names
    failed: bool = False
    sockets: int = 0
    found: bool = False
    others: list[dict[str, Any]] = field(default_factory=list)


class Judge:
    """Charges sockets, threads and processes to tests and fixtures, and judges these.

    Args:
        config: The configuration of this run of pytest.

    Raises:
        pytest.UsageError: A setting names what is no event.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        try:
            asked = {name: config.getini(f"socktrace_{name}") for name in ("allow", "deny")}
            self._demands = Demands().changed(**asked)
        except UnknownEventError as error:
            raise pytest.UsageError(f"socktrace_allow, socktrace_deny: {error}") from None
        self._session = Owner("the session", "", str(config.rootpath), is_session=True)
        self._starts = Starts()
        self._ledger = Ledger(self._session, self._starts.owner_of)
        watching = present()
        witness = watching or Witness(self._ledger.write, None)
        self._witness = witness
        self._leaks = Leaks(self._ledger, self._starts, witness, config.invocation_params.dir)
        self._fixtures: dict[pytest.FixtureDef[Any], Owner] = {}
        self._due: list[Owner] = []
        self._run: _Run | None = None
        self._names: belongings.Names = {}
        self._reports = Reports(config)
        self._starts.install(self._ledger.charged, witness.line_of)
        if watching:
            watching.share(self._ledger.write)
        else:
            witness.install()

    def witnessed(self) -> Witnessed:
        """Return what the test that runs can ask of its own run."""
        from socktrace.pytest_plugin.witnessed import Witnessed  # loads all that draws

        run = self._run
        assert run is not None
        return Witnessed(Path(run.owner.path), run.began, self._witness.whole, self._ledger.rows)

    # -- collection --------------------------------------------------------------------------------------------------

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuse a marker that names what is no event."""
        for item in items if not hasattr(self._config, "workerinput") else ():  # there, the test itself says so
            self._demanded(item)

    def pytest_collection_finish(self) -> None:
        """Note what the project's modules have before the first test."""
        self._names = belongings.names(belongings.modules(self._config.rootpath))

    def _demanded(self, node: pytest.Item | pytest.Collector) -> Demands:
        demands = self._demands
        for mark in reversed(list(node.iter_markers("socktrace"))):
            unknown = ", ".join([*map(repr, mark.args), *(set(mark.kwargs) - {"allow", "deny"})])
            try:
                if unknown:
                    raise UnknownEventError(f"it takes allow=[...] and deny=[...], not {unknown}")
                demands = demands.changed(**mark.kwargs)
            except UnknownEventError as error:
                raise pytest.UsageError(f"{node.nodeid}: the marker socktrace: {error}") from None
        return demands

    # -- fixtures that live longer than a test -----------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        """Charge a fixture of a wider scope with what it opens."""
        if fixturedef.scope == "function":
            return (yield)
        owner = self._fixtures[fixturedef] = self._fixture(fixturedef, request)
        before, self._ledger.current = self._ledger.current, owner
        try:
            return (yield)
        finally:
            self._starts.processes()
            self._ledger.current = before
            fixturedef.addfinalizer(lambda: self._enter(owner))  # the last that is added is called first

    def _enter(self, owner: Owner) -> None:
        self._ledger.current = owner

    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let a fixture that is torn down be judged when the test is at whose end that happened."""
        owner = self._fixtures.pop(fixturedef, None)
        if owner is not None:
            self._ledger.current = self._run.owner if self._run else self._session
            self._due.append(owner)

    def _fixture(self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Owner:
        code = getattr(inspect.unwrap(fixturedef.func), "__code__", None)
        path, line = (code.co_filename, code.co_firstlineno) if code else (str(request.path), None)
        name = _XUNIT.sub(r"\1 of ", fixturedef.argname)
        if name == fixturedef.argname:
            name = f"the {fixturedef.scope} fixture '{name}'"
        root = self._config.rootpath
        base = Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else request.node.nodeid
        return Owner(name, f"{base}::{fixturedef.argname}", path, line, self._demanded(request.node))

    # -- tests -------------------------------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Charge a test with what is opened from now on."""
        demands, mistake = self._demands, ""
        try:
            demands = self._demanded(item)
        except pytest.UsageError as error:  # in a worker of pytest-xdist, where collection does not say so
            mistake = str(error)
        _, line, name = item.location
        owner = Owner(name, item.nodeid, str(item.path), None if line is None else line + 1, demands)
        self._run = _Run(owner, time.time_ns(), belongings.names(_holders(item)))
        self._ledger.begin(owner, recorded="socktrace" in getattr(item, "fixturenames", ()))
        result = yield
        if mistake:
            pytest.fail(mistake, pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Judge a test, and the fixtures that were torn down with it."""
        try:
            result = yield
        except BaseException:
            self._add_section(item, self._judged(item))
            raise
        found = self._judged(item)
        if found and self._run and self._run.failed:
            self._add_section(item, found)
        elif found:
            raise Leak(found, pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Note whether a test failed by itself, and send with its last report what was found."""
        report = yield
        run = self._run
        if run is not None and call.when == "teardown":
            self._reports.attach(report, run.sockets, found=run.found, others=run.others)
            self._run = None
        elif run is not None:
            run.failed = run.failed or report.failed or hasattr(report, "wasxfail")
        return report

    def _add_section(self, item: pytest.Item, found: str) -> None:
        if found:
            item.add_report_section("teardown", "socktrace", found)

    def _judged(self, item: pytest.Item) -> str:
        """Judge who has ended, and return what is to be said of the test."""
        run = self._run
        if run is None:
            return ""
        due, self._due = [*self._due, run.owner], []
        if len(due) == 1 and not self._leaks.has_anything(run.owner):
            run.owner.is_over = True
            self._ledger.current = self._session
            return ""
        self._hand_on(due, item, run)
        self._leaks.settle(due)
        found = {owner: self._leaks.of(owner) for owner in due}
        for owner in due:
            owner.is_over = True
            run.sockets += owner.sockets
        self._ledger.current = self._session
        own = found.pop(run.owner)
        run.found = bool(own)
        found |= self._leaks.late()
        run.others = [self._reports.entry(owner, findings) for owner, findings in found.items() if findings]
        return "\n".join(map(str, own))

    def _hand_on(self, due: list[Owner], item: pytest.Item, run: _Run) -> None:
        """Charge what belongs to something that lives on, such as a pool of connections, to that."""
        left = [one for one in self._ledger.held(due) if not one.collected]
        processes = [one for one in self._starts.processes() if one.owner in due]
        if not left and not processes:
            return
        for owner, root in self._roots(item, run):
            descriptors, numbers = belongings.reached(root)
            for socket in left:
                if socket.fds & descriptors:
                    socket.owner = owner
            for process in processes:
                if process.pid in numbers:
                    process.owner = owner

    def _roots(self, item: pytest.Item, run: _Run) -> Iterator[tuple[Owner, object]]:
        for fixturedef, owner in self._fixtures.items():
            if fixturedef.cached_result is not None:
                yield owner, fixturedef.cached_result[0]
        holders = _holders(item)
        for module in belongings.modules(self._config.rootpath):
            for value in belongings.kept(module, self._names, is_test=module in holders):
                yield self._session, value
        for holder in holders:
            for value in belongings.kept(holder, run.names, is_test=True):
                yield self._session, value

    # -- the end -----------------------------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, Any, Any]:
        """Look, after the last test, what was left to the garbage collector."""
        try:
            return (yield)
        finally:
            if self._leaks.may_come():
                gc.collect()
            others = [self._reports.entry(owner, findings) for owner, findings in self._leaks.late().items()]
            self._reports.end(others, self._leaks.notes(self._session))
            self._reports.report_others()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what came with a report, from this process or from a worker of pytest-xdist."""
        self._reports.take(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker of pytest-xdist sends at its end."""
        self._reports.take_end(node)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the summary."""
        for line in self._reports.summary():
            terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        """Watch no more. The witness stays, and writes to nobody."""
        self._starts.stop()
        self._ledger.stop()


def _holders(item: pytest.Item) -> list[object]:
    """Return the class and the module of a test, as far as it has them."""
    return [one for one in (getattr(item, "cls", None), getattr(item, "module", None)) if one is not None]
