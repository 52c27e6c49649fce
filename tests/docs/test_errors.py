"""The table of socket errors says what this system and this Python say."""

from __future__ import annotations

import errno
import json
import os
import re
import sys

import pytest

from sitebuild.data.errors import SocketError, read_errors
from sitebuild.data.navigation import heading
from support import website

ROW = re.compile(
    r"\| (?P<words>[^|<]+)<br>`(?P<name>E\w+)`(?:<br>`(?P<kind>\w+)`)? "
    r"\| (?P<linux>\d+) \| (?P<darwin>\d+) \| (?P<win32>\d+|none) \|"
)
PLAIN = re.compile(r"\| \w[^|]*<br>.*\|")


def table(page: str) -> list[dict[str, str]]:
    """Return the rows of the table of errors; the systems are named as in `sys.platform`."""
    lines = [line for line in page.splitlines() if PLAIN.fullmatch(line)]
    found = [ROW.fullmatch(line) for line in lines]
    assert None not in found, f"a row cannot be read: {lines[found.index(None)]}"
    return [match.groupdict(default="OSError") for match in found if match]


def mistakes(rows: list[dict[str, str]]) -> list[str]:
    """Return what is wrong in the column of the system that this test runs on."""
    return [f"{row['name']}: {wrong}" for row in rows if (wrong := mistake(row))]


def mistake(row: dict[str, str]) -> str:
    """Return what is wrong in a row, and what would be right."""
    windows = sys.platform == "win32"
    number: int | None = getattr(errno, ("WSA" if windows else "") + row["name"], None)
    if row[sys.platform] != ("none" if number is None else str(number)):
        return f"{row[sys.platform]} instead of {number}"
    if number is None or windows:  # Windows has words of its own, and Python makes the class from another number
        return ""
    words, kind = os.strerror(number), type(OSError(number, "")).__name__
    if row["kind"] != kind:
        return f"{row['kind']} instead of {kind}"
    return f"{row['words']!r} instead of {words!r}" if sys.platform == "linux" and row["words"] != words else ""


def text() -> str:
    return (website.ROOT / "docs" / "sockets" / "errors.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform not in ("linux", "darwin", "win32"), reason="the table has no column for this system")
def test_the_table_is_right_here() -> None:
    assert mistakes(table(text())) == []


def test_every_name_is_there_once() -> None:
    names = [row["name"] for row in table(text())]
    assert len(names) >= 23
    assert len(set(names)) == len(names)


def test_windows_counts_like_macos() -> None:
    """The page says so: both keep the numbers of BSD, Windows with 10000 added."""
    rows = [row for row in table(text()) if row["win32"] != "none"]
    assert [row["name"] for row in rows if int(row["win32"]) != int(row["darwin"]) + 10000] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("| Broken pipe<br>`EPIPE`<br>`BrokenPipeError` | 33 | 32 | none |", "EPIPE: 33 instead of 32"),
        (
            "| Torn pipe<br>`EPIPE`<br>`BrokenPipeError` | 32 | 32 | none |",
            "EPIPE: 'Torn pipe' instead of 'Broken pipe'",
        ),
        ("| Broken pipe<br>`EPIPE` | 32 | 32 | none |", "EPIPE: OSError instead of BrokenPipeError"),
        ("| Broken pipe<br>`EPIP`<br>`BrokenPipeError` | 32 | 32 | none |", "EPIP: 32 instead of None"),
    ],
)
def test_a_wrong_row_is_found(row: str, message: str) -> None:
    assert mistakes(table(row)) == [message]


# -- the entries -------------------------------------------------------------------------------------------------------

ERRORS = read_errors((website.ROOT / "docs" / "data" / "errors.toml").read_text(encoding="utf-8"))


def test_a_page_about_one_error_has_its_title() -> None:
    docs = website.ROOT / "docs"
    titles = {one.page: heading(docs / one.page) for one in ERRORS.values() if not one.anchor}
    assert titles == {one.page: one.title for one in ERRORS.values() if not one.anchor}


def unprinted(error: SocketError, printed: str) -> str:
    """Return what a program should have printed and has not: the title of its entry without a module's name."""
    title = error.prints or re.sub(r"^(?:\w+\.)+(?=\w+:)", "", error.title)
    return "" if title in printed else title


@pytest.mark.parametrize("error", [one for one in ERRORS.values() if one.program], ids=lambda one: one.id)
def test_the_message_is_what_its_program_printed(error: SocketError) -> None:
    file = website.ROOT / "docs" / "recordings" / error.program
    recorded = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    printed = recorded["stdout"] if file.suffix == ".py" else json.dumps(recorded)
    assert unprinted(error, printed) == ""


def test_a_message_that_no_program_printed_is_found() -> None:
    error = ERRORS["ECONNRESET"]
    assert unprinted(error, "x\nConnectionResetError: [Errno 104] Connection reset by peer\n") == ""
    assert unprinted(error, "Connection reset by peer") == error.title
