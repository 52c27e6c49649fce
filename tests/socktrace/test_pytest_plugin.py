"""The plugin for pytest charges each test and fixture with what it left, and nobody with anything else.

The suites in `suites/` say in their own comments what must be found: `# found in WHO: MESSAGE` stands above the line.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from socktrace.pytest_plugin.demands import TOLD
from socktrace.verdict import EVENTS
from support import batch
from support.batch import Once

SUITES = Path(__file__).parent / "suites"
EVERY = "wildcard fixed-port refused beyond-loopback reset"
RUNS: dict[str, tuple[str, ...]] = {
    "compared": ("compared.py",),
    "compared by two workers": ("compared.py", "marked.py", "-n2"),
    "scopes": ("scopes.py",),
    "denied": ("denied.py", "-o", f"socktrace_deny={EVERY}"),
}
OTHERS: dict[str, tuple[str, ...]] = {
    "marker": ("--socktrace", "marked.py"),
    "setting": ("-o", "socktrace=true", "-o", "socktrace_deny=no", "plain.py"),
    "off": ("--strict-markers", "plain.py"),
}
FILES = {
    "marked.py": """
import pytest

@pytest.mark.socktrace(allow=["left-opn"])
def test_it(): pass
""",
    "plain.py": """
import socket, sys

def test_leaks():
    socket.socket()
    found = [name for name in sys.modules if name.startswith("socktrace")]
    assert found == ["socktrace", "socktrace.pytest_plugin"]

def test_asks(socktrace): pass
""",
    "conftest.py": """
def pytest_addoption(parser):
    parser.addoption("--refresh", "--record", action="store_true")
""",
}
FOUND = re.compile(r"^ *# found in (?P<who>.*?): (?P<message>.*)\n(?: *#.*\n)*", re.MULTILINE)
ERROR = re.compile(r"^_+ ERROR at teardown of (.*?) _+\n((?:(?!_{3}|={3}|socktrace:).*\n)*)", re.MULTILINE)
FINDING = re.compile(r"^\w+\.py:(?P<line>\d+): (?P<message>.*)$", re.MULTILINE)
NUMBERS = {r"(?<=[\d.]:)\d+|(?<=port )\d+": "PORT", r"(?<=process )\d+": "PID", re.escape(sys.executable): "PYTHON"}

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="child processes are listed by /proc")


@pytest.fixture(scope="session")
def judged(once: Once, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give what pytest says of each suite, each run in a folder that has nothing of this project."""

    def job(*words: str) -> batch.Job:
        folder = tmp_path_factory.mktemp("suite")
        for path in SUITES.glob("*.py"):
            shutil.copy(path, folder)
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        # the last two load more than all the others
        without = ("-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:examples")
        options = ("-q", *without, "--rootdir", str(folder), "-c", os.devnull, "--color=no")
        return batch.Job((sys.executable, "-m", "pytest", *options, *words), str(folder), 120)

    def all_of_them() -> dict[str, str]:
        jobs = {name: job("--socktrace", *words) for name, words in RUNS.items()}
        jobs |= {name: job(*words) for name, words in OTHERS.items()}
        return {name: done.stdout + done.stderr for name, done in batch.run(jobs).items()}

    return once("suites", all_of_them)


def masked(message: str) -> str:
    for pattern, name in NUMBERS.items():
        message = re.sub(pattern, name, message)
    return message


def wanted(file: str) -> list[tuple[str, int, str]]:
    """Return who is to be blamed, at which line, with which words, as the suite says: at least how they begin."""
    text = (SUITES / file).read_text(encoding="utf-8")
    return sorted((one["who"], text[: one.end()].count("\n") + 1, one["message"]) for one in FOUND.finditer(text))


def found(output: str) -> list[tuple[str, int, str]]:
    return sorted(
        (who, int(one["line"]), masked(one["message"]))
        for who, text in ERROR.findall(output)
        for one in FINDING.finditer(text)
    )


@linux_only
@pytest.mark.parametrize("name", RUNS)
def test_each_is_charged_with_its_own_and_nobody_else(name: str, judged: dict[str, str]) -> None:
    expected, said = wanted(RUNS[name][0]), found(judged[name])
    assert [one[:2] for one in said] == [one[:2] for one in expected], judged[name]
    for (*_, message), (*_, words) in zip(said, expected, strict=True):
        assert message.startswith(words)


@linux_only
@pytest.mark.parametrize(("name", "count"), [("compared", 8), ("compared by two workers", 9)])
def test_one_line_sums_it_up(name: str, count: int, judged: dict[str, str]) -> None:
    assert f"\nsocktrace: {count} tests judged, 6 with findings, 15 sockets\n" in judged[name], judged[name]


def test_a_failing_test_keeps_its_own_failure(judged: dict[str, str]) -> None:
    said = judged["scopes"]
    lines = (SUITES / "scopes.py").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 2) if "# section of" in text)
    section = rf"^-+ Captured socktrace teardown -+\nscopes.py:{line}: the socket was still open$"
    assert re.search(section, said, re.MULTILINE), said
    assert re.search(r"^1 failed, \d+ passed, 1 xfailed, \d+ errors in", said, re.MULTILINE), said


def test_what_lives_as_long_as_the_session_is_a_note(judged: dict[str, str]) -> None:
    notes = re.findall(r"^socktrace: note: scopes.py:\d+: (.*)$", judged["scopes"], re.MULTILINE)
    assert notes == ["a socket of no test was open to the end", "a connecting socket of no test was open to the end"]


def test_a_name_that_is_none_is_a_mistake_of_usage(judged: dict[str, str]) -> None:
    known = "there are: left-open, collected, survivor, "
    last = "socket, reset, refused, beyond-loopback, wildcard, fixed-port"
    error = f"ERROR: marked.py::test_it: the marker socktrace: nothing is called 'left-opn'; {known}"
    assert error in judged["marker"]
    assert f"ERROR: socktrace_allow, socktrace_deny: nothing is called 'no'; {known}" in judged["setting"]
    worker = r"^_+ ERROR at setup of test_it _+\n\[gw\d\] .*\n(.*)"  # which cannot refuse to collect
    assert re.findall(worker, judged["compared by two workers"], re.MULTILINE) == [error.removeprefix("ERROR: ") + last]


def test_without_the_option_it_costs_nothing_and_takes_no_option_of_others(judged: dict[str, str]) -> None:
    assert re.search(r"^1 passed, 1 skipped in", judged["off"], re.MULTILINE), judged["off"]


def test_its_events_are_the_tracers_own() -> None:
    assert set(TOLD) - set(EVENTS) == {"socket"}
