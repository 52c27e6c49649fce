"""No single edit of a snippet goes unnoticed, but for those that change nothing; they are listed with their reasons."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import filelock
import pytest

from sitebuild.store import Store
from support.mutants import NotRejected, mutants

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
NAMES = STORE.names()
LIST = Path(__file__).with_name("equivalent_mutants.toml")
EQUIVALENT: dict[str, dict[str, str]] = tomllib.loads(LIST.read_text(encoding="utf-8"))
UNEDITED = {name for name, reasons in EQUIVALENT.items() if "why" in reasons}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")


@pytest.fixture(scope="session")
def found(shared: Path, request: pytest.FixtureRequest) -> tuple[NotRejected, ...]:
    """Run every mutant of the snippets that this run of the tests is about, side by side, once for all workers."""
    said = shared / "mutants.json"
    with filelock.FileLock(f"{said}.lock"):
        if not said.exists():
            of = [
                item.callspec.params["name"]
                for item in request.session.items
                if hasattr(item, "callspec") and item.nodeid.partition("::")[0].endswith("test_mutants.py")
            ]
            names = sorted({*of} & {*NAMES} - UNEDITED)
            command = [sys.executable, str(ROOT / "tests/support/mutants.py"), "--json", str(said), *names]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
            assert said.exists(), done.stderr
    return tuple(NotRejected(**row) for row in json.loads(said.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in UNEDITED])
def test_every_single_edit_is_rejected(name: str, found: tuple[NotRejected, ...]) -> None:
    mine = {one.what: one.why for one in found if one.snippet == name}
    known = EQUIVALENT.get(name, {})
    left = [f"snippets/{name}: {what}: {why}" for what, why in mine.items() if what not in known]
    assert left == [], f"make the snippet show the difference, or give it a time limit of its own; see {LIST.name}"
    gone = [what for what in known if what not in mine]
    assert gone == [], f"{LIST.name}: [{name}]: these are rejected, or not there: remove them"


def test_the_list_names_snippets_and_gives_reasons() -> None:
    assert [name for name in EQUIVALENT if name not in NAMES] == []
    assert [name for name in UNEDITED if len(EQUIVALENT[name]) > 1] == [], "give the one reason, or one for each edit"
    assert [
        name for name, reasons in EQUIVALENT.items() if not all(why.endswith(".") for why in reasons.values())
    ] == []


def test_there_are_edits_of_every_snippet() -> None:
    made = {name: list(mutants(name, STORE.source(name).read_text(encoding="utf-8"))) for name in NAMES}
    assert [name for name, edits in made.items() if not edits and name not in UNEDITED] == []
    twice = [name for name, edits in made.items() if len({edit.what for edit in edits}) < len(edits)]
    assert twice == [], "one name for two edits"
    assert sum(map(len, made.values())) > 900


# -- the controls ------------------------------------------------------------------------------------------------------

SLOW = """\
# socktrace: expect no-socket
import time
time.sleep(1.5)
print({"same": 1}["same"] if 7 else 0)
"""


def run(root: Path, text: str, *options: str) -> list[str]:
    """Make a checkout with one snippet, `start/x.py`, record it, and return what is said of its mutants."""
    program = root / "snippets/start/x.py"
    program.parent.mkdir(parents=True)
    program.write_text(text, encoding="utf-8")
    record = [sys.executable, "-m", "sitebuild", "record", "start/x.py"]
    subprocess.run(record, check=True, capture_output=True, cwd=root)
    command = [sys.executable, str(ROOT / "tests/support/mutants.py"), *options, "start/x.py"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root).stdout.splitlines()


def test_an_edit_that_changes_nothing_is_found_in_a_slow_program(tmp_path: Path) -> None:
    """A program that takes longer than others, or a machine that has much to do, does not reject anything."""
    assert run(tmp_path, SLOW) == [
        "start/x.py: line 4, column 30: 7 is 8: survived",
        "start/x.py: line 4, column 37: 0 is 1: survived",
    ]


def test_an_edit_that_only_hangs_is_not_rejected(tmp_path: Path) -> None:
    text = "# socktrace: expect no-socket\nimport time\ntime.sleep(600 if len('ab') != 2 else 0)\n"
    assert run(tmp_path, text, "--limit", "0.5") == [
        "start/x.py: line 3, column 19: `len('ab') != 2` flipped: inconclusive",
        "start/x.py: line 3, column 12: 600 is 601: survived",
        "start/x.py: line 3, column 39: 0 is 1: inconclusive",
        "start/x.py: line 3, column 32: 2 is 3: inconclusive",
    ]
