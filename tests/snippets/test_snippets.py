"""Every snippet does what its recording says, as a module and copied out, and keeps the house rules."""

from __future__ import annotations

import ast
import dataclasses
import re
import shlex
import sys
from pathlib import Path

import pytest

from sitebuild.programs.store import MEND, Store
from socktrace.recording import Recording
from socktrace.recording.chosen import printed
from socktrace.recording.declarations import declared_arguments
from support import batch
from support.batch import Done, Job, Once, asked
from support.eras import SAYS_AN_ABRUPT_END, marked

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
NAMES = STORE.names()
PAIRS = [name for name in NAMES if len(STORE.files(name)) > 1]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
ERAS = {"errors/tls_ends_too_early.py": SAYS_AN_ABRUPT_END}
every_snippet = pytest.mark.parametrize("name", marked(NAMES, ERAS))

STRICTLY = (sys.executable, "-X", "dev", "-W", "error")
ALONE = ("-I", "-S")
"""These leave a program nothing to import from but the standard library and its own folder."""

# What -X dev makes asyncio say of a step that took long. It tells how busy the machine was, nothing of the program.
SLOW = re.compile(r"^Executing <.*> took \d+\.\d+ seconds\n", re.MULTILINE)


def without_slowness(done: Done) -> Done:
    """A program may log to its standard output."""
    return dataclasses.replace(done, stdout=SLOW.sub("", done.stdout), stderr=SLOW.sub("", done.stderr))


def module(name: str) -> str:
    return "snippets." + name.removesuffix(".py").replace("/", ".")


def declared_words(name: str) -> tuple[str, ...]:
    return declared_arguments(STORE.source(name).read_text(encoding="utf-8"))


OWN_NETWORK = ("unshare", "--user", "--map-root-user", "--net", "bash", "-c")
"""On the host's network hundreds of ports are in TIME-WAIT, after other tests: a program that binds the port that
connect() chose for it can meet one of these."""
ONE_TERMINAL = 'ip link set lo up && exec "$@"'
# The first command in the background; the second when /proc/net/tcp has a socket that listens (proc(5): state 0A). A
# server that stays is stopped by Ctrl-C, which only a shell with jobs lets through to the background.
TWO_TERMINALS = r"""
ip link set lo up
set -m
$1 >first & server=$!
set +m
until grep -q ' 00000000:0000 0A ' /proc/net/tcp; do kill -0 $server || exit 9; sleep 0.02; done
$2 >second && $3 $server && wait $server && cat first && printf '\f' && cat second
"""


def started(name: str, folder: Path, words: dict[str, tuple[str, ...]]) -> Job:
    """Return the job that runs a snippet as a reader does, a pair in two terminals, in a network of its own.

    Args:
        name: The snippet.
        folder: Where a pair is started.
        words: What starts each of its files.
    """
    if len(words) == 1:
        return Job((*OWN_NETWORK, ONE_TERMINAL, "bash", *words[name]), str(folder))
    commands = [shlex.join(one) for one in words.values()]
    stop = "kill -INT" if "KeyboardInterrupt" in STORE.source(name).read_text(encoding="utf-8") else "true"
    return Job((*OWN_NETWORK, TWO_TERMINALS, "bash", *commands, stop), str(folder))


def recorded(name: str) -> Recording:
    recording = STORE.load(name)
    assert recording, f"snippets/{name} was never recorded: {MEND} {name}"
    return recording


def prints_what_is_recorded(name: str, done: Done) -> bool:
    """Say whether a run went well and printed what is recorded, but for numbers that the kernel chose."""
    return (done.status, done.stderr) == (0, "") and bool(printed(recorded(name)).fullmatch(done.stdout))


def test_a_busy_machine_is_not_blamed_on_the_program() -> None:
    program = (
        "import asyncio, sys, time\n"
        "async def main():\n"
        "    time.sleep(0.2)\n"
        "    print('mine', file=sys.stderr)\n"
        "asyncio.run(main())\n"
    )
    done = batch.run({"slow": Job((*STRICTLY, "-c", program), str(ROOT))})["slow"]
    assert without_slowness(done) == Done(0, "", "mine\n") != done


def test_there_are_snippets() -> None:
    assert len(NAMES) >= 130


@linux_only
@every_snippet
def test_recording_is_current_and_clean(name: str, checked: dict[str, str]) -> None:
    assert not checked[name], checked[name]


@linux_only
def test_no_recording_is_orphaned() -> None:
    assert [str(path) for path in STORE.orphans()] == [], f"their snippets are gone; {MEND} removes them"


@pytest.fixture(scope="session")
def copied_out(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[str, Done]:
    """Give what comes of a copy of each snippet that is asked about, run where nothing of the project is."""

    def make() -> dict[str, Done]:
        jobs = {}
        for name in asked(request, "name"):
            folder = shared / "copied" / name.removesuffix(".py")
            folder.mkdir(parents=True)
            for file in STORE.files(name):
                (folder / Path(file).name).write_bytes(STORE.source(file).read_bytes())
            words = {file: (*STRICTLY, *ALONE, Path(file).name, *declared_words(file)) for file in STORE.files(name)}
            jobs[name] = started(name, folder, words)
        return batch.run(jobs)

    return once("copied_out", make)


@linux_only
@every_snippet
def test_copied_file_prints_what_is_recorded(name: str, copied_out: dict[str, Done]) -> None:
    done = without_slowness(copied_out[name])
    assert prints_what_is_recorded(name, done), done


@linux_only
def test_a_copy_cannot_lean_on_the_project(tmp_path: Path) -> None:
    (tmp_path / "leans.py").write_text("import snippets.sockets.echo\n", encoding="utf-8")
    done = batch.run({"leans": Job((*STRICTLY, *ALONE, "leans.py"), str(tmp_path))})["leans"]
    assert done.status == 1
    assert done.stderr.splitlines()[-1].startswith(
        "ModuleNotFoundError: No module named 'snippets'"
    )  # 3.15 adds a hint


@linux_only
@pytest.mark.parametrize("name", {name.rpartition("/")[0]: name for name in NAMES}.values())
def test_module_prints_what_is_recorded(name: str, tmp_path: Path) -> None:
    """One of each folder: what a copy does alone, a module does if it can be imported, which is tested of all."""
    (tmp_path / "snippets").symlink_to(ROOT / "snippets")  # the two terminals leave files
    words = {file: (*STRICTLY, "-m", module(file), *declared_words(file)) for file in STORE.files(name)}
    done = batch.run({name: started(name, tmp_path, words)})[name]
    assert prints_what_is_recorded(name, without_slowness(done)), done


@linux_only
@pytest.mark.parametrize("name", [name for name in NAMES if declared_words(name)])
def test_words_that_a_snippet_is_run_with_matter(name: str) -> None:
    done = batch.run({name: Job((*STRICTLY, str(STORE.source(name))), str(ROOT))})[name]
    assert done.stdout != recorded(name).stdout, f"snippets/{name} prints the same without: {declared_words(name)}"


@every_snippet
def test_snippet_says_what_it_shows(name: str) -> None:
    where = f"snippets/{name}:"
    said = "the __init__.py of its folder" if name in PAIRS else "the docstring"
    assert STORE.claim(name).endswith("."), f"{where}1: begin {said} with the claim, in one sentence"


@every_snippet
def test_snippet_keeps_the_house_rules(name: str) -> None:
    for file in STORE.files(name):
        _keeps_the_house_rules(file, name in PAIRS)


LONG = {
    "hardware/my_ports.py": 340,
    "many/interrupt_cancels_the_server.py": 55,
    "many/asyncio_server/server.py": 30,
    "servers/several/server.py": 21,
    "servers/web/server.py": 19,
}
"""A tool that reads three systems, to be taken home; a server with its client and its Ctrl-C; two to be taken home,
whose functions must say what they are given; and one whose answer is five lines of text."""


def _keeps_the_house_rules(name: str, of_a_pair: bool) -> None:
    path = STORE.source(name)
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    where = f"snippets/{name}:"
    assert path.stem not in sys.stdlib_module_names, f"{where}1: the name hides a module of the standard library"
    assert not re.search(r"\d", path.stem), f"{where}1: name it by what it shows, not by a number"
    # servers that grew, with all their clients
    most = LONG.get(name, 70 if "/many_by_" in name else 130 if name.startswith("servers/") else 50)
    assert len(source.splitlines()) <= most, f"{where}{most}: one idea; make it shorter"
    if of_a_pair:  # two stand side by side, with the wire between them
        assert len(source.splitlines()) <= LONG.get(name, 15), f"{where}15: as short as a pair must be"
    for number, line in enumerate(source.splitlines(), 1):
        wide = 42 if of_a_pair else 68
        assert len(line) <= wide, f"{where}{number}: longer than {wide} columns"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            first = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
            assert first.partition(".")[0] in sys.stdlib_module_names, f"{where}{node.lineno}: standard library only"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert ast.get_docstring(node), f"{where}{node.lineno}: say what {node.name}() does"
        if isinstance(node, ast.Call):
            waits = (
                ast.unparse(node.func).endswith("sleep") and ast.unparse(node) != "asyncio.sleep(0)"
            )  # gives way only
            assert not waits, f"{where}{node.lineno}: wait for an event, not for time"
    if of_a_pair:
        return
    assert "main" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    guard = tree.body[-1]
    assert isinstance(guard, ast.If), f"{where}{guard.lineno}: end with the __name__ guard"
    assert ast.unparse(guard.test) == "__name__ == '__main__'"
