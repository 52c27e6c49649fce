"""No single edit of a snippet goes unnoticed, but for those that change nothing; they are listed with their reasons.

Of each kind of edit one in each file stands for all; `--exhaustive` runs all, and so does the proof of one program.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from support.batch import Once, asked
from support.mutants import EQUIVALENT as LIST
from support.mutants import Mutant, Tried, mutants, one_of_each_kind, reasons

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
NAMES = STORE.names()


EQUIVALENT = reasons(LIST.read_text(encoding="utf-8"))
UNEDITED = {name for name, reasons in EQUIVALENT.items() if "why" in reasons}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


@pytest.fixture(scope="session")
def every(request: pytest.FixtureRequest) -> bool:
    """Say whether each mutant is run: with `--exhaustive`, and where one program is proven alone."""
    options = request.config.option
    return bool(options.exhaustive or options.only)


@pytest.fixture(scope="session")
def tried(request: pytest.FixtureRequest, once: Once, every: bool) -> tuple[Tried, ...]:
    """Give what came of the mutants of the snippets that are asked about; all of them run side by side."""
    words = () if every else ("--few",)
    return once("mutants", lambda: run(ROOT, *words, *asked(request, "name")))


def run(root: Path, *words: str) -> tuple[Tried, ...]:
    """Run the command in a checkout and return what it found."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "tried.json")
        command = [sys.executable, str(ROOT / "tests/support/mutants.py"), "--json", str(said), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
        assert said.exists(), done.stderr
        return tuple(Tried(**row) for row in json.loads(said.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in UNEDITED])
def test_every_single_edit_is_rejected(name: str, tried: tuple[Tried, ...], every: bool) -> None:
    mine = {one.what: one.outcome for one in tried if one.snippet == name}
    known = EQUIVALENT.get(name, {})
    left = [
        f"snippets/{name}: {what}: {outcome}"
        for what, outcome in mine.items()
        if outcome != "rejected" and what not in known
    ]
    assert left == [], f"make the snippet show the difference, or give it a time limit of its own; see {LIST.name}"
    gone = [what for what in known if mine.get(what, "rejected" if every else "not tried") == "rejected"]
    assert gone == [], f"{LIST.name}: [{name}]: these are rejected, or not there: remove them"


def test_the_list_names_snippets_and_gives_reasons() -> None:
    assert [name for name in EQUIVALENT if name not in NAMES] == []
    assert [name for name in UNEDITED if len(EQUIVALENT[name]) > 1] == [], "give the one reason, or one for each edit"
    assert [
        name for name, reasons in EQUIVALENT.items() if not all(why.endswith(".") for why in reasons.values())
    ] == []


def test_there_are_edits_of_every_snippet() -> None:
    made = {name: list(mutants(STORE, name)) for name in NAMES}
    assert [name for name, edits in made.items() if not edits and name not in UNEDITED] == []
    twice = [name for name, edits in made.items() if len({edit.what for edit in edits}) < len(edits)]
    assert twice == [], "one name for two edits"
    assert sum(map(len, made.values())) > 900
    few = {name: one_of_each_kind(edits, EQUIVALENT.get(name, {})) for name, edits in made.items()}
    assert {name: {one.kind for one in edits} for name, edits in few.items()} == {
        name: {one.kind for one in edits} for name, edits in made.items()
    }
    assert sum(map(len, few.values())) < sum(map(len, made.values())) * 0.6, "so many that the choice is not worth it"


def test_an_edit_that_changes_nothing_stands_for_its_kind_only_where_all_of_the_kind_change_nothing() -> None:
    edits = {"first": "flipped", "second": "flipped", "third": "returns nothing"}
    made = [Mutant("a.py", kind, what, {}, "a.py", 0, print) for what, kind in edits.items()]
    assert [one.what for one in one_of_each_kind(made, {"first", "third"})] == ["second", "third"]


def test_a_reason_may_be_one_of_newer_pythons_only() -> None:
    text = """["a.py"]\n"edit" = { since = "3.12", why = "It waits." }"""
    assert reasons(text, (3, 11)) == {"a.py": {}}
    assert reasons(text, (3, 13)) == {"a.py": {"edit": "It waits."}}
    assert reasons(text.replace(" }", ', before = "3.13" }'), (3, 13)) == {"a.py": {}}


# -- the controls ------------------------------------------------------------------------------------------------------

SLOW = """\
# socktrace: expect no-socket
import time
time.sleep(1.5)
print({"same": 1}["same"] if 7 else 0)
"""


def edited(root: Path, text: str, *options: str) -> list[tuple[str, str]]:
    """Make a checkout with one snippet, record it, and return what is said of its mutants that are not rejected."""
    program = root / "snippets/start/x.py"
    program.parent.mkdir(parents=True)
    program.write_text(text, encoding="utf-8")
    record = [sys.executable, "-m", "sitebuild", "record", "start/x.py"]
    subprocess.run(record, check=True, capture_output=True, cwd=root)
    tried = run(root, *options, "start/x.py")
    return [(one.what, one.outcome) for one in tried if one.outcome != "rejected"]


def test_an_edit_that_changes_nothing_is_found_in_a_slow_program(tmp_path: Path) -> None:
    """A program that takes longer than others, or a machine that has much to do, does not reject anything."""
    assert edited(tmp_path, SLOW) == [
        ("line 4, column 30: 7 is 8", "survived"),
        ("line 4, column 37: 0 is 1", "survived"),
    ]


def test_an_edit_that_only_hangs_is_not_rejected(tmp_path: Path) -> None:
    text = "# socktrace: expect no-socket\nimport time\nif len('ab') != 2:\n    time.sleep(600)\n"
    assert edited(tmp_path, text, "--limit", "3") == [
        ("line 3, column 4: `len('ab') != 2` flipped", "inconclusive"),
        ("line 3, column 17: 2 is 3", "inconclusive"),
        ("line 4, column 16: 600 is 601", "survived"),
    ]
