"""Every snippet does what its recording says, as a module and copied out; no single edit of it goes unnoticed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from sitebuild.store import MEND, Store
from socktrace.declarations import declared_arguments
from support.mutants import mutants, survivors

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
NAMES = STORE.names()

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
every_snippet = pytest.mark.parametrize("name", NAMES)

# What -X dev makes asyncio say of a step that took long. It tells how busy the machine was, nothing of the program.
SLOW = re.compile(r"^Executing <.*> took \d+\.\d+ seconds\n", re.MULTILINE)


def python(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "dev", "-W", "error", *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=30)
    done.stderr = SLOW.sub("", done.stderr)
    return done


def declared_words(name: str) -> tuple[str, ...]:
    return declared_arguments(STORE.source(name).read_text(encoding="utf-8"))


def recorded_output(name: str) -> str:
    recording = STORE.load(name)
    assert recording, f"snippets/{name} was never recorded: {MEND} {name}"
    return recording.stdout


def test_a_busy_machine_is_not_blamed_on_the_program() -> None:
    program = (
        "import asyncio, sys, time\n"
        "async def main():\n"
        "    time.sleep(0.2)\n"
        "    print('mine', file=sys.stderr)\n"
        "asyncio.run(main())\n"
    )
    assert python("-c", program).stderr == "mine\n"


def test_there_are_snippets() -> None:
    assert len(NAMES) >= 14


@pytest.fixture(scope="session")
def checked(shared: Path) -> str:
    """Give what the command says of all recordings; one interpreter runs every snippet, once for all workers."""
    said = shared / "recordings.txt"
    with filelock.FileLock(f"{said}.lock"):
        if not said.exists():
            command = [sys.executable, "-m", "sitebuild", "record", "--check", *NAMES]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
            said.write_text(done.stdout + done.stderr, encoding="utf-8")
    return said.read_text(encoding="utf-8")


def complaints(said: str, name: str) -> list[str]:
    """Return what the command says of one snippet: a line such as `stale: start/x.py`, and what is indented below."""
    return re.findall(rf"^\w+: {re.escape(name)}\n(?:[ ].*\n)*", said, re.MULTILINE)


@linux_only
@every_snippet
def test_recording_is_current_and_clean(name: str, checked: str) -> None:
    assert complaints(checked, name) == []


@linux_only
def test_every_recording_is_checked(checked: str) -> None:
    counts = checked.splitlines()[-1]
    assert sum(int(count) for count in re.findall(r"\d+", counts)) == len(NAMES), checked


def test_what_is_said_of_one_snippet_is_found() -> None:
    said = "stale: a/x.py\n    -1\n    +2\nunclean: b/y.py\n    why\n7 current, 1 stale, 1 unclean\n"
    assert complaints(said, "a/x.py") == ["stale: a/x.py\n    -1\n    +2\n"]
    assert complaints(said, "b/y.py") == ["unclean: b/y.py\n    why\n"]
    assert complaints(said, "x.py") == complaints(said, "c/z.py") == []


@linux_only
def test_no_recording_is_orphaned() -> None:
    assert [str(path) for path in STORE.orphans()] == [], f"their snippets are gone; {MEND} removes them"


@linux_only
@every_snippet
def test_module_prints_what_is_recorded(name: str) -> None:
    done = python("-m", "snippets." + name.removesuffix(".py").replace("/", "."), *declared_words(name))
    assert (done.returncode, done.stdout, done.stderr) == (0, recorded_output(name), "")


@linux_only
@every_snippet
def test_copied_file_prints_what_is_recorded(name: str, tmp_path: Path) -> None:
    copy = tmp_path / Path(name).name
    copy.write_bytes(STORE.source(name).read_bytes())
    done = python(copy, *declared_words(name), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, recorded_output(name), "")


@linux_only
@every_snippet
def test_words_that_a_snippet_is_run_with_matter(name: str) -> None:
    if declared_words(name):
        done = python(STORE.source(name))
        assert done.stdout != recorded_output(name), f"snippets/{name} prints the same without: {declared_words(name)}"


def test_importing_a_snippet_does_nothing() -> None:
    modules = ["snippets." + name.removesuffix(".py").replace("/", ".") for name in NAMES]
    program = (
        "import importlib, socket, sys, threading, asyncio, concurrent.futures\n"
        "def refuse(event, args):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(refuse)\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
        "assert threading.active_count() == 1\n"
    )
    done = python("-c", program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@linux_only
@every_snippet
def test_every_single_edit_is_rejected(name: str) -> None:
    assert list(survivors(STORE, name)) == []


@linux_only
def test_an_edit_that_changes_nothing_is_found(tmp_path: Path) -> None:
    """The control: recorded within a test as outside of it, a program and its edit tell the same story."""
    program = tmp_path / "snippets/start/same.py"
    program.parent.mkdir(parents=True)
    program.write_text('# socktrace: expect no-socket\nprint(("same", 0) and 1)\n', encoding="utf-8")
    command = [sys.executable, "-m", "sitebuild", "record", "start/same.py"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert list(survivors(Store(tmp_path), "start/same.py", timeout=20)) == ["start/same.py: line 2: port fixed"]


def test_there_are_edits_to_reject() -> None:
    texts = {name: STORE.source(name).read_text(encoding="utf-8") for name in NAMES}
    made = {name: len(list(mutants(text))) for name, text in texts.items()}
    few = [name for name, count in made.items() if count < 2]
    assert [name for name in few if "# socktrace: expect no-socket" not in texts[name]] == []
    assert sum(made.values()) > 100


@every_snippet
def test_snippet_keeps_the_house_rules(name: str) -> None:
    path = STORE.source(name)
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    claim = (ast.get_docstring(tree) or "").partition("\n")[0]
    where = f"snippets/{name}:"
    assert claim.endswith("."), f"{where}1: begin the docstring with the claim, in one sentence"
    assert path.stem not in sys.stdlib_module_names, f"{where}1: the name hides a module of the standard library"
    assert not re.search(r"\d", path.stem), f"{where}1: name it by what it shows, not by a number"
    # frames, a server and three clients: the program that grew; and a tool that reads three systems, to be taken home
    most = {"hardware/my_ports.py": 340}.get(name, 60 if "/many_by_" in name else 50)
    assert len(source.splitlines()) <= most, f"{where}{most}: one idea; make it shorter"
    for number, line in enumerate(source.splitlines(), 1):
        assert len(line) <= 68, f"{where}{number}: longer than 68 columns"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            first = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
            assert first.partition(".")[0] in sys.stdlib_module_names, f"{where}{node.lineno}: standard library only"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert ast.get_docstring(node), f"{where}{node.lineno}: say what {node.name}() does"
        if isinstance(node, ast.Call):
            assert not ast.unparse(node.func).endswith("sleep"), (
                f"{where}{node.lineno}: wait for an event, not for time"
            )
    assert "main" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    guard = tree.body[-1]
    assert isinstance(guard, ast.If), f"{where}{guard.lineno}: end with the __name__ guard"
    assert ast.unparse(guard.test) == "__name__ == '__main__'"
