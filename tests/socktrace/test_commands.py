"""A command line is read as Python reads its own: which interpreter runs it, and which file that is."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from socktrace import commands
from socktrace.calls.places import is_library

pytestmark = pytest.mark.skipif(os.name != "posix", reason="its scripts have first lines, which Windows does not read")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the command lines are read in, with a folder of scripts that is on the PATH."""
    files = {
        "a.py": "'its text'",
        "-dash.py": "",
        "package/__init__.py": "",
        "package/part.py": "raise SystemExit('this must not be run')",
        "package/__main__.py": "",
        "folder/__main__.py": "",
        "empty/other.py": "",
        "bin/script": f"#!{sys.executable}\n",
        "bin/long": f"#!/bin/sh\n'''exec' '{sys.executable}' \"$0\" \"$@\"\n' '''\n",
        "bin/alone": f"#!{sys.executable} -sE\n",
        "bin/shell": "#!/bin/bash\n",
        "bin/binary": "\0\1",
        "bin/python2.7": '#!/bin/sh\necho \'["python2.7", [], [2, 7], "cpython"]\'\n',
        "bin/python3.99": "#!/bin/sh\necho hello\n",
        "bin/old": "#!/usr/bin/env python2.7\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    with zipfile.ZipFile(tmp_path / "bare.zip", "w") as archive:
        archive.writestr("other.py", "")
    (tmp_path / "bin/python").symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-O", "-X", "utf8", "-I", "-m", "socktrace"])
    return tmp_path


OWN = (sys.executable, "-O", "-X", "utf8")


@pytest.mark.parametrize(
    ("line", "interpreter", "words", "program", "arguments"),
    [
        ("a.py x -m", OWN, "a.py x -m", "a.py", "x -m"),
        ("-B -W error -Xdev a.py", (*OWN, "-B", "-W", "error", "-Xdev"), "a.py", "a.py", ""),
        ("-bc code x", (*OWN, "-b"), "-c code x", None, "x"),
        ("-ccode -c", OWN, "-c code -c", None, "-c"),
        ("-m package.part x", OWN, "-m package.part x", "package/part.py", "x"),
        ("-mpackage", OWN, "-m package", "package/__main__.py", ""),
        ("-Pm package", (*OWN, "-P"), "-m package", None, ""),
        ("-Im package", (*OWN, "-Ps"), "-m package", None, ""),
        ("-E -OIX dev a.py", (*OWN, "-OPsX", "dev"), "a.py", "a.py", ""),
        ("alone x", (sys.executable, "-s"), "bin/alone x", "bin/alone", "x"),
        ("-m nothing.at.all", OWN, "-m nothing.at.all", None, ""),
        ("- x", OWN, "- x", None, "x"),
        ("-- a.py", OWN, "a.py", "a.py", ""),
        ("--check-hash-based-pycs always a.py", (*OWN, "--check-hash-based-pycs", "always"), "a.py", "a.py", ""),
        ("folder x", OWN, "folder x", "folder/__main__.py", "x"),
        ("python -q a.py", (sys.executable, "-q"), "a.py", "a.py", ""),
        ("script x", (sys.executable,), "bin/script x", "bin/script", "x"),
        ("long", (sys.executable,), "bin/long", "bin/long", ""),
        ("bin/script", OWN, "bin/script", "bin/script", ""),
    ],
)
def test_a_line_is_read(
    line: str, interpreter: tuple[str, ...], words: str, program: str | None, arguments: str, place: Path
) -> None:
    found = commands.read(line.split())
    given = " ".join(found.words).replace(f"{place}/", "")
    named = None if found.program is None else os.path.relpath(found.program)
    said = " ".join(found.arguments)
    assert (os.path.basename(found.interpreter[0]), *found.interpreter[1:]) == (
        os.path.basename(interpreter[0]),
        *interpreter[1:],
    )
    assert (given, named, said) == (words, program, arguments)


def test_a_python_is_asked_by_its_path_as_seen_from_here(place: Path) -> None:
    """It is asked in another folder, and `.venv/bin/python` lies in none but this."""
    (place / ".venv").symlink_to(sys.prefix)
    found = commands.read([".venv/bin/python", "a.py"])
    assert os.path.basename(found.interpreter[0]).startswith("python")


def test_what_reads_no_environment_is_told_which_options_it_was_given() -> None:
    assert commands.read(["-sE", "-X", "dev", "a.py"]).instead == ("6", "-O", "-X", "utf8", "-sE", "-X", "dev")
    assert commands.read(["-E", "a.py"]).instead == ("3", "-O", "-X", "utf8", "-E")
    assert commands.read(["-s", "a.py"]).instead is None


@pytest.mark.parametrize(
    ("line", "title", "installed"),
    [
        ("a.py", "a.py", False),
        ("folder", "folder/__main__.py", False),
        ("-m package.part", "package/part.py", False),
        ("-m nothing.at.all", "-m nothing.at.all", False),
        ("-m unittest a.b", "-m unittest", True),
        ("script x", "script", True),
        ("-c code", "-c", False),
        ("-", "-", False),
    ],
)
def test_it_goes_by_the_name_that_it_was_started_by(line: str, title: str, installed: bool, place: Path) -> None:
    found = commands.read(line.split())
    assert (found.title.replace(f"{place}/", ""), found.installed) == (title, installed)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "a command is empty"),
        ("-O", "there is no program after the options of Python"),
        ("-m", "there is nothing after -m"),
        ("-dash.py", "-dash.py is read as an option of Python; to run the file of that name, write ./-dash.py"),
        ("nothing.py", "nothing.py: there is no such file"),
        ("aa.py", "aa.py: there is no such file; did you mean a.py?"),
        ("nowhere/a.py", "nowhere/a.py: there is no such file: there is no folder nowhere"),
        ("empty", "empty: there is no __main__.py in this folder: name a file, or a module with -m"),
        ("bare.zip", "bare.zip: there is no __main__.py in this zip file: name a file, or a module with -m"),
        ("-S a.py", "-S leaves out `site`, by which Python lets the witness in: leave it away"),
        ("-IOS a.py", "-IOS leaves out `site`, by which Python lets the witness in: leave it away"),
        (
            "shell",
            "bin/shell: this is not a Python program (its first line is #!/bin/bash), so it cannot be watched",
        ),
        ("binary", "bin/binary: this is not a Python program (it is no script), so it cannot be watched"),
        ("python3.99 a.py", "python3.99: bin/python3.99 does not answer as Python does, so it cannot be watched"),
        (
            "old",
            "old: it runs with bin/python2.7, which is cpython 2.7; only CPython from 3.11 on can be watched",
        ),
    ],
)
def test_what_cannot_be_run_is_told(line: str, message: str, place: Path) -> None:
    with pytest.raises(OSError) as told:  # noqa: PT011  # the whole message is compared below
        commands.read(line.split())
    said = f"{told.value.filename}: {told.value.strerror}" if told.value.strerror else str(told.value)
    assert said.replace(f"{place}/", "") == message


def test_the_source_is_what_is_run() -> None:
    assert commands.read(["a.py"]).text() == "'its text'"
    assert commands.read(["-c", "print()"]).text() == "print()"
    assert commands.read(["-"]).text() == ""


@pytest.mark.parametrize(
    ("module", "library"), [("unittest/case.py", True), ("site-packages/x.py", True), ("test/test_ftplib.py", False)]
)
def test_the_tests_of_python_itself_are_no_library(module: str, library: bool) -> None:
    assert is_library(os.path.realpath(os.path.join(os.path.dirname(os.__file__), module))) is library
