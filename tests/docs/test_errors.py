"""The table of socket errors says what this system and this Python say."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
import socket
import ssl
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitebuild.data.errors import SocketError, read_errors
from sitebuild.data.navigation import heading
from support import website

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

ERRORS = read_errors((website.ROOT / "docs" / "data" / "errors.toml").read_text(encoding="utf-8"))

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


# -- nothing is forgotten ----------------------------------------------------------------------------------------------

EXCUSED = tomllib.loads(Path(__file__).with_name("no_socket_errors.toml").read_text(encoding="utf-8"))
"""What has no entry, by the reason."""


def forgotten(names: Iterable[str], known: Iterable[str], kind: str) -> list[str]:
    """Return the names that neither an entry nor a reason knows."""
    excused = {name for every in EXCUSED[kind].values() for name in every.split()}
    return sorted(set(names) - set(known) - excused)


def exceptions(*modules: ModuleType) -> set[str]:
    """Return the exceptions that modules have for everybody, each as `socket.gaierror`; those of Python bare."""
    found = set()
    for module in modules:
        for name, one in vars(module).items():
            if isinstance(one, type) and issubclass(one, BaseException) and not name.startswith("_"):
                prefix = "" if one.__module__ == "builtins" else f"{one.__module__.split('.')[0]}."
                found.add(prefix + one.__name__)
    return found | {
        "BlockingIOError",
        "BrokenPipeError",
        *(f"Connection{how}Error" for how in ("Aborted", "Refused", "Reset")),
    }


def answered() -> set[str]:
    """Return the exceptions that the entries are of."""
    titles = {one.title.partition(":")[0] for one in ERRORS.values()}
    return {title.replace(".exceptions", "") for title in titles} | {
        name for one in ERRORS.values() for name in one.covers
    }


NAMED = {name for one in ERRORS.values() for name in one.names}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other names")
def test_every_error_number_has_an_entry_or_a_reason() -> None:
    assert forgotten(errno.errorcode.values(), NAMED | {"ENOTSUP"}, "numbers") == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other names")
def test_every_error_of_a_lookup_has_an_entry_or_a_reason() -> None:
    assert forgotten((name for name in dir(socket) if name.startswith("EAI_")), NAMED, "lookups") == []


def test_every_exception_has_an_entry_or_a_reason() -> None:
    assert forgotten(exceptions(socket, ssl, asyncio), answered(), "exceptions") == []


def test_what_was_forgotten_is_found() -> None:
    assert forgotten(["ECONNRESET", "EBOGUS", "EINTR"], NAMED, "numbers") == ["EBOGUS"]
    assert "ECONNRESET" in forgotten(["ECONNRESET"], (), "numbers")
    assert {"socket.gaierror", "ssl.SSLEOFError", "asyncio.IncompleteReadError", "TimeoutError"} <= exceptions(
        socket, ssl, asyncio
    )


@pytest.mark.parametrize("row", table(text()), ids=lambda row: row["name"])
def test_the_entries_have_the_numbers_of_the_table(row: dict[str, str]) -> None:
    (error,) = [one for one in ERRORS.values() if row["name"] in one.names]
    for system, column in (("Linux", "linux"), ("macOS", "darwin"), ("Windows", "win32")):
        assert row[column] == "none" or int(row[column]) in error.errno[system]


# -- the entries -------------------------------------------------------------------------------------------------------


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
