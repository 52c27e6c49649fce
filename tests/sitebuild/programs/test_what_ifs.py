"""What-ifs: an edit applies once, changes something, and its run breaks the rules that it says, and no others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitebuild.checks.site import problems
from sitebuild.programs import what_ifs
from sitebuild.programs.store import Store
from socktrace.recording import Declaration, Recording
from socktrace.verdict import Finding
from support.checkout import GLOSSARY, SOURCES, Checkout
from support.eras import SAYS_AN_ABRUPT_END, marked
from support.handmade import recording
from support.website import ROOT

NAMES = Store(ROOT).what_ifs()
ERAS = {
    "servers/each_shakes_hands.py:in-accept": SAYS_AN_ABRUPT_END,
    "servers/over_tls.py:no-goodbye": SAYS_AN_ABRUPT_END,
    "servers/over_tls.py:no-goodbye-and-told": SAYS_AN_ABRUPT_END,
}
FILE = "snippets/a/made.what-ifs.toml"
GONE = "it no longer applies: snippets/a/made.py has no such line: "
ORDER = "it no longer applies: the lines of snippets/a/made.py no longer stand in this order"
PROGRAM = '"""One."""\n\ntwo = 2\nthree = two\n\nthree = two\nprint(three)\n'

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


@linux_only
@pytest.mark.parametrize("name", marked(NAMES, ERAS))
def test_recording_is_current_and_breaks_what_it_says(name: str, checked: dict[str, str]) -> None:
    assert not checked[name], checked[name]


# -- the file ----------------------------------------------------------------------------------------------------------


def edit(*lines: str, **more: str) -> what_ifs.WhatIf:
    text = "\n".join(["[told]", "edit = '''", *lines, "'''", *(f"{key} = {value}" for key, value in more.items())])
    return what_ifs.read("a/made.py", text)["told"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a what-if has an edit, written as git diff shows it"),
        ("edit = '-a'\nwhy = 'x'\n", "unknown key why; known: edit, breaks, mends"),
        ("edit = ' a'\n", "the edit changes nothing; begin a line that goes with -, and a new one with +"),
        ("edit = 'a'\n", "the line 'a' of the edit begins with none of - and + and a blank"),
        ("edit = '-a'\nbreaks = 'reset'\n", 'breaks is a list of events, such as ["failure"]'),
        ("edit = '-a'\nbreaks = ['hang']\n", "a what-if may not hang; give the program's waits a limit of their own"),
    ],
)
def test_a_wrong_what_if_says_where_and_what(text: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole message is compared
        what_ifs.read("a/made.py", f"\n[told]\n{text}")
    assert str(caught.value) == f"{FILE}:2: told: {said}"


def test_a_wrong_file_says_where_and_what() -> None:
    with pytest.raises(ValueError, match=rf"^{FILE}: Expected '\]' at the end of a table declaration \(at line 1, "):
        what_ifs.read("a/made.py", "[told\n")
    with pytest.raises(ValueError, match=f"^{FILE}:1: Told: a what-if is named by small letters, digits and hyphens"):
        what_ifs.read("a/made.py", "[Told]\nedit = '-a'\n")


def test_an_event_that_there_is_not_is_told() -> None:
    with pytest.raises(ValueError, match="told: nothing is called 'resett'; name one of: failure, hang, stderr"):
        edit("-a", breaks='["resett"]')


# -- the edit ----------------------------------------------------------------------------------------------------------


def test_an_edit_replaces_leaves_out_and_adds() -> None:
    lines = what_ifs.edited(
        edit("-two = 2", "+two = 3", "@@", " ", "-three = two", " print(three)", "+print()"), PROGRAM
    )
    assert what_ifs.text_of(lines) == '"""One."""\n\ntwo = 3\nthree = two\n\nprint(three)\nprint()\n'
    assert [(line.mark, line.number) for line in lines if line.mark != " "] == [("-", 3), ("+", 0), ("-", 6), ("+", 0)]


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (("-four = 4",), 3, f"{GONE}four = 4; the nearest is line 3: two = 2"),
        (("-x",), 3, f"{GONE}x; write a line that it has"),
        ((" two = 2", "-print(tree)"), 4, f"{GONE}print(tree); the nearest is line 7: print(three)"),
        (("- print(three)",), 3, f"{GONE}print(three); the nearest is line 7, with all its blanks: print(three)"),
        (("-three = two",), 3, "it applies 2 times, at the lines 4 and 6; add the line before or after it"),
        (("-two = 2", "-print(three)"), 3, f"{ORDER}: two = 2"),
        (("+two = 3",), 3, "an edit that only adds needs the line before or after, with a blank in front of it"),
        (("-two = 2", "+two = 2  # the same"), 1, "it changes nothing that Python sees"),
        (("-two = 2", "+two = (2"), 1, "what it makes is no program: '(' was never closed, line 3"),
        (("-print(three)", "@@", "-two = 2"), 5, "its places are not in the order of the program, or overlap"),
    ],
)
def test_an_edit_that_does_not_apply_or_changes_nothing_is_told(lines: tuple[str, ...], line: int, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole message is compared
        what_ifs.edited(edit(*lines), PROGRAM)
    assert str(caught.value) == f"{FILE}:{line}: told: {said}"


def test_the_line_of_a_what_if_is_that_of_its_head_and_the_line_of_an_edit_its_own() -> None:
    text = "# [told]\n[first]\nedit = '-two = 2'\n\n[told]\nbreaks = []\nedit = '''-two = 2\n[told]\n-gone\n'''\n"
    with pytest.raises(ValueError, match=rf"^{FILE}:5: told: the line '\[told\]' of the edit begins with none"):
        what_ifs.read("a/made.py", text)
    found = what_ifs.read("a/made.py", text.replace("\n[told]\n-", "\n [told]\n-"))
    assert [(one.line, one.hunks[0][0].told) for one in found.values()] == [(2, 3), (5, 7)]


# -- the rules ---------------------------------------------------------------------------------------------------------


def said(what_if: what_ifs.WhatIf, did: Recording) -> list[str]:
    return [one.message for one in what_ifs.complaints(what_if, did)]


DECLARED = (Declaration("reset", 1), Declaration("no-socket", 2))
CLEAN = recording(declarations=DECLARED[1:])
FAILED = recording(declarations=DECLARED[1:], exit_code=1, stderr="ValueError: three\n")
FAILURE = "it exited with status 1: ValueError: three"


def test_a_run_that_breaks_what_it_says_may_be_shown() -> None:
    assert said(edit("-a", breaks='["failure"]'), FAILED) == []
    assert said(edit("-a"), CLEAN) == []


def test_a_run_that_breaks_another_rule_than_it_says_is_told() -> None:
    assert said(edit("-a", breaks='["reset"]'), FAILED) == [
        "told: it says to break 'reset', but that did not happen",
        FAILURE,
    ]


def test_a_run_that_breaks_a_rule_and_does_not_say_so_is_told() -> None:
    (one,) = what_ifs.complaints(edit("-a"), FAILED)
    assert one.message == FAILURE
    assert one.fix.endswith(f'; or, if that is the point of the edit, say so in {FILE}:1: told: breaks = ["failure"]')
    (one,) = what_ifs.complaints(
        edit("-a", breaks='["no-socket"]'), recording(exit_code=1, stderr="ValueError: three\n")
    )
    assert one.fix.endswith('breaks = ["no-socket", "failure"]')
    both = what_ifs.complaints(edit("-a"), recording(exit_code=1, stderr="ValueError: three\n"))
    assert len(both) == 2
    assert all('"failure"' in one.fix and '"no-socket"' in one.fix for one in both)


def test_a_run_that_breaks_nothing_though_it_says_so_is_told() -> None:
    assert said(edit("-a", breaks='["failure", "no-socket"]'), CLEAN) == [
        "told: it says to break 'failure', but that did not happen",
        "told: it says to break 'no-socket', which the program itself declares",
    ]


def test_a_run_in_which_what_the_program_declares_does_not_happen_says_so() -> None:
    did = recording(declarations=DECLARED)
    (one,) = what_ifs.complaints(edit("-a"), did)
    assert str(one) == f"{FILE}:1: told: the program's own 'reset' did not happen\n    say so: mends = [\"reset\"]"
    assert said(edit("-a", mends='["reset"]'), did) == []
    assert said(edit("-a", mends='["reset", "no-socket", "stderr"]'), did) == [
        "told: it says to mend 'no-socket', but that still happens",
        "told: it says to mend 'stderr', which the program does not declare",
    ]


@pytest.mark.parametrize(
    ("path", "line", "message", "place"),
    [
        ("snippets/a/made.py", 1, "a", "snippets/a/made.py:1: a"),
        ("snippets/a/made.py", 2, "a", f"{FILE}:5: a"),
        ("snippets/a/made.py", 3, "as in line 2", "snippets/a/made.py:3: as in line 2 (lines as the edit counts them)"),
        ("snippets/a/made.py", None, "a", "snippets/a/made.py: a"),
        ("snippets/y.py", 3, "a", "snippets/y.py:3: a"),
    ],
)
def test_what_is_found_is_told_at_the_line_that_one_edits(
    path: str, line: int | None, message: str, place: str
) -> None:
    changed = edit(" a = 1", "-b = 2", "+b = 3")
    found = Finding("failure", path, line, message, "mend it")
    (told,) = what_ifs.placed(changed, "a = 1\nb = 2\nc = 3\n", [found])
    assert str(told).splitlines()[0] == place


def test_a_run_that_was_stopped_is_never_shown() -> None:
    did = recording(exit_code=None, declarations=DECLARED[1:], stuck=(7,))
    assert said(edit("-a"), did) == ["it was still running when its time limit came; it stood at line 7"]


# -- the command and the pages -----------------------------------------------------------------------------------------

EDITS = """\
[no-listener]
edit = '''
-            print("then the end:", accepted.recv(1024))
'''

[leaves-it-open]
edit = '''
-        with client, listener.accept()[0] as accepted:
+        with client:
+            accepted = listener.accept()[0]
'''
breaks = ["collected"]

[gone]
edit = '''
-        client.close()
'''

[idle]
edit = '''
-    socket.setdefaulttimeout(5)  # seconds
+    socket.setdefaulttimeout(5)
'''

[no-fault]
edit = '''
-            client.sendall(b"question")
+            client.sendall(b"query")
'''
breaks = ["reset"]
"""


@linux_only
def test_the_command_records_what_ifs_and_names_each_fault(tmp_path: Path) -> None:
    program = Path("snippets/sockets/half_close.py")
    (tmp_path / program).parent.mkdir(parents=True)
    shutil.copy(ROOT / program, tmp_path / program)
    edits = (tmp_path / program).with_suffix(".what-ifs.toml")
    edits.write_text(EDITS, encoding="utf-8")
    ended, output = record(tmp_path)
    place = "    snippets/sockets/half_close.what-ifs.toml"
    name = "sockets/half_close.py"
    gone = f"it no longer applies: snippets/{name} has no such line: client.close(); the nearest is line "
    gone += '15: client.sendall(b"question")'
    mend = "    mend the what-if, then run: uv run python -m sitebuild record sockets/half_close.py"
    assert (ended, output.splitlines()) == (1, [
        f"recorded: {name}:no-listener",
        f"recorded: {name}:leaves-it-open",
        f"unclean: {name}:gone",
        f"{place}:16: gone: {gone}",
        f"{mend}:gone",
        f"unclean: {name}:idle",
        f"{place}:19: idle: it changes nothing that Python sees",
        f"{mend}:idle",
        f"unclean: {name}:no-fault",
        f"{place}:25: no-fault: it says to break 'reset', but that did not happen",
        "        remove 'reset' from breaks, or edit the program so that it does",
        f"{mend}:no-fault",
        f"recorded: {name}",
        "3 recorded, 3 unclean",
    ])  # fmt: skip

    kept = tmp_path / "docs/recordings/sockets/half_close.leaves-it-open.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace("question", "quest"), encoding="utf-8")
    assert record(tmp_path, "--check", f"{name}:leaves-it-open", f"{name}:no-listener")[1].endswith(
        "1 current, 1 stale\n"
    )
    assert record(tmp_path, name)[1].endswith("2 current, 1 recorded, 3 unclean\n"), "a program with its what-ifs"
    edits.unlink()
    assert record(tmp_path)[1].splitlines() == [
        "removed: docs/recordings/sockets/half_close.leaves-it-open.json",
        "removed: docs/recordings/sockets/half_close.no-listener.json",
        "1 current, 2 removed",
    ]


def record(root: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "sitebuild", "record", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return done.returncode, done.stdout + done.stderr


def test_an_unknown_what_if_suggests_one() -> None:
    with pytest.raises(
        LookupError, match=r"^unknown what-if shutdwn of sockets/last_descriptor_closes.py; did you mean shutdown\?$"
    ):
        Store(ROOT).resolve("sockets/last_descriptor_closes:shutdwn")


def test_a_file_without_its_program_is_told(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.write("docs/data/glossary.toml", GLOSSARY)
    checkout.write("docs/data/sources.toml", SOURCES)
    checkout.write("snippets/a/lost.what-ifs.toml", EDITS)
    told = "snippets/a/lost.what-ifs.toml:1: there is no snippet a/lost.py; rename the file or remove it"
    assert told in problems(tmp_path)
    assert record(tmp_path) == (2, f"sitebuild: {told}\n")
