"""Whose line it is when a library stands between the program and a call."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from socktrace.calls.places import Places
from socktrace.calls.sleeps import is_time_out, sleepers
from socktrace.recorder import record
from socktrace.recording import Recording

HERE = Path(__file__).parent
LOOP = HERE / "good" / "lines_of_an_event_loop.py"
MARK = re.compile(r"  # (?P<words>[a-z ]+)$")
ROLES = {"server": "accepted", "client": "client", "listener": "listener", "pair": "pair"}


class Chat:
    def heard(self, words: str) -> None: ...


def answer(words: str) -> None: ...


CALLERS = {
    "by a variable": ("def call(given):\n    given()", answer, answer),
    "by an attribute": (
        (
            "class Server:\n    def call(self, given):\n        self.given = given; self.go()\n"
            "    def go(self):\n        self.given(1, 2, 3)\ncall = Server().call"
        ),
        Chat().heard,
        Chat.heard,
    ),
    "of its own function": ("def own(one): ...\ndef call(given):\n    own()", answer, None),
    "of another error": ("def call(given):\n    given(1).anything", answer, None),
}


@pytest.mark.parametrize("case", CALLERS)
def test_a_function_that_a_library_calls_with_other_arguments_is_where_it_failed(case: str) -> None:
    """It stands on no stack: it never began."""
    text, given, blamed = CALLERS[case]
    scope: dict[str, Any] = {}
    exec(compile(text, re.__file__, "exec"), scope)
    with pytest.raises((TypeError, AttributeError)) as raised:
        scope["call"](given)
    error = raised.value.with_traceback(raised.tb.tb_next)
    line = blamed.__code__.co_firstlineno if blamed else None
    assert Places(__file__).raised(error)[1] == line


class App:
    def __init__(self, views: dict[str, Any]) -> None:
        self.views = views


def hello() -> None: ...


APPS: dict[str, tuple[str, dict[str, Any], Any]] = {
    "that is named": ("'hello' did not return", {"answer": answer, "hello": hello}, hello),
    "that is the only one": ("'NoneType' object is not callable", {}, answer),
    "that is of another kind than was said": ("1 validation error", {}, answer),
    "of an error of another kind": ("'hello' is unknown", {"hello": hello}, None),
}


@pytest.mark.parametrize("case", APPS)
def test_a_function_that_gave_a_library_nothing_is_where_it_failed(case: str) -> None:
    """It is on no stack any more: it returned."""
    said, views, blamed = APPS[case]
    scope: dict[str, Any] = {}
    text = "def call(app, given, said):\n    given = None if app.views else given\n    raise TypeError(said)"
    exec(compile(text, re.__file__, "exec"), scope)
    with pytest.raises(TypeError) as raised:
        scope["call"](App(views), answer, said)
    error = raised.value.with_traceback(raised.tb.tb_next)
    assert Places(__file__).raised(error)[1] == (blamed.__code__.co_firstlineno if blamed else None)


SLEEPS = """import asyncio, time
from time import sleep
async def in_a_loop():
    time.sleep(0)  # found
async def by_name():
    sleep(0)  # found
class Serves(asyncio.Protocol):
    def data_received(self, data):
        time.sleep(0)  # found
async def hands_it_on():
    await asyncio.to_thread(time.sleep, 0)
async def as_it_should():
    await asyncio.sleep(0)
def elsewhere():
    time.sleep(0)
"""


def test_of_functions_that_sleep_those_are_found_that_an_event_loop_calls(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(SLEEPS, encoding="utf-8")
    scope: dict[str, Any] = {}
    exec(compile(SLEEPS, program, "exec"), scope)
    places = Places(program)
    found = {line for _, line in sleepers(places.own, places.whole)}
    assert found == {number for number, text in enumerate(SLEEPS.splitlines(), 1) if text.endswith("# found")}


@pytest.mark.parametrize(("error", "told"), [(TimeoutError(), True), (OSError("timed out"), True), (OSError(), False)])
def test_a_time_out_is_known_by_its_name_or_by_what_it_says(error: OSError, told: bool) -> None:
    assert is_time_out(error) == told


@pytest.fixture(scope="module")
def recording() -> Recording:
    return record(LOOP)


def told() -> dict[tuple[str, str], set[int]]:
    """Return what the comments of the program say: the lines to which each kind of call belongs, by role and name."""
    found: dict[tuple[str, str], set[int]] = {}
    for number, line in enumerate(LOOP.read_text(encoding="utf-8").splitlines(), 1):
        if mark := MARK.search(line):
            first, *names = mark["words"].split()
            role = ROLES["listener" if first == "accept" else first]
            for name in names or [first]:
                found.setdefault((role, name), set()).add(number)
    return found


def test_each_call_of_an_event_loop_is_on_the_line_that_it_is_for(recording: Recording) -> None:
    assert recording.exit_code == 0, recording.stderr
    seen: dict[tuple[str, str], set[int]] = {}
    for call in recording.calls:
        role = recording.socket(call.socket).role
        is_end = call.name == "recv" and not call.size  # may come at any time after the words
        if (role, call.name) in told() and not is_end:
            assert call.path == ""
            assert call.line is not None
            seen.setdefault((role, call.name), set()).add(call.line)
    assert seen == told()


def test_the_modules_of_a_zip_file_are_the_programs_own_as_those_of_a_folder_are(tmp_path: Path) -> None:
    (tmp_path / "app.pyz").touch()
    (tmp_path / "app").mkdir()
    for name in ("beside.py", "app/__main__.py", "app/inner.py"):
        (tmp_path / name).touch()
    for program in ("app.pyz", "app"):
        places = Places(tmp_path / program / "__main__.py")
        own = {
            name: places.own(compile("", str(tmp_path / name), "exec"))
            for name in (f"{program}/__main__.py", f"{program}/inner.py", "beside.py", "other.pyz/inner.py")
        }
        assert [*own.values()] == ["", "inner.py", "../beside.py", None], own


def test_the_text_that_a_child_was_given_is_not_the_text_that_its_program_is() -> None:
    code = compile("", "<string>", "exec")
    assert [Places("<string>", inline=is_child).own(code) for is_child in (False, True)] == ["", "-c"]
    assert Places("app.py").own(code) is None
