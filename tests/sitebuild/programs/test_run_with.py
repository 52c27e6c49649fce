"""A snippet says in a comment which words it is recorded with; the recording, the tests and the page keep to them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitebuild.programs import faulty
from sitebuild.programs.store import Store
from socktrace.canonical import differences
from socktrace.recording import from_json, to_json
from socktrace.recording.declarations import declared_arguments
from support.checkout import Checkout, fence, text_of
from support.handmade import recording

ROOT = Path(__file__).parents[3]
PROGRAM = '''\
"""It says what it is told."""

import sys

# socktrace: run with --sample <b> 2
# socktrace: expect no-socket
print(sys.argv[1:])
'''

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


def recorded(root: Path, text: str, *options: str) -> str:
    """Write a snippet and record it; return what the command said."""
    program = root / "snippets/start/told.py"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sitebuild", "record", *options, "start/told.py"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root).stdout


def test_only_a_comment_names_words() -> None:
    assert declared_arguments(PROGRAM) == ("--sample", "<b>", "2")
    assert declared_arguments('text = "# socktrace: run with --sample"\n') == ()
    assert declared_arguments("# socktrace: run with\n# socktrace: running with scissors\n") == ()
    assert declared_arguments("def broken(:\n") == ()


@linux_only
def test_a_snippet_is_recorded_with_its_words(tmp_path: Path) -> None:
    assert recorded(tmp_path, PROGRAM) == "recorded: start/told.py\n1 recorded\n"
    store = Store(tmp_path)
    did = store.load("start/told.py")
    assert did is not None
    assert did.arguments == ("--sample", "<b>", "2")
    assert did.stdout == "['--sample', '<b>', '2']\n"
    assert recorded(tmp_path, PROGRAM, "--check") == "1 current\n"

    store.path("start/told.py").write_text(to_json(replace(did, arguments=())), encoding="utf-8")
    said = recorded(tmp_path, PROGRAM, "--check")
    assert "stale: start/told.py\n" in said
    assert "+arguments: '--sample'\n" in said


@linux_only
def test_without_the_comment_there_are_none(tmp_path: Path) -> None:
    recorded(tmp_path, PROGRAM.replace("# socktrace: run with", "# run with"))
    did = Store(tmp_path).load("start/told.py")
    assert did is not None
    assert (did.arguments, did.stdout) == ((), "[]\n")


@linux_only
def test_mutants_are_run_with_them_too(tmp_path: Path) -> None:
    recorded(tmp_path, PROGRAM + '(ports := ("same", 0))\n')
    command = [sys.executable, str(ROOT / "tests/support/mutants.py"), "start/told.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "start/told.py: line 8, column 20: 0 is 1: survived\n", (
        "without the words it would print something else"
    )


def test_a_recording_without_words_has_no_line_for_them() -> None:
    bare, told = recording(), recording(arguments=("--sample",))
    assert "arguments" not in to_json(bare)
    assert from_json(to_json(bare)) == bare
    assert from_json(to_json(told)) == told
    assert differences(bare, told) == ["--- recorded", "+++ now", "+arguments: '--sample'"]


def test_the_page_shows_the_command_above_what_it_printed(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.snippet("start/told.py", PROGRAM, recording(stdout="hello\n", arguments=declared_arguments(PROGRAM)))
    page = checkout.page(fence("snippet", "start/told.py"))
    assert text_of(page, ".sk-prints .sk-note") == "It was run as python told.py --sample <b> 2"
    assert text_of(page, ".sk-note code") == "python told.py --sample <b> 2"
    checkout.snippet("start/told.py", PROGRAM, recording(stdout="hello\n"))
    assert text_of(checkout.page(fence("snippet", "start/told.py")), ".sk-prints", " ") == "It printed hello"


def test_a_hunt_has_none() -> None:
    did = recording(stderr="no\n", exit_code=1)
    said = [one.message for one in faulty.complaints(did, "# socktrace: wrong failure, stderr, no-socket\n" + PROGRAM)]
    assert "it asks to be run with words, but a hunt shows none" in said
