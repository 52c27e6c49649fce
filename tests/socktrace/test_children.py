"""Each Python that a program starts is watched too, at its own lines; whatever else it starts is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from socktrace.calls.children import _judged, text_of
from socktrace.recording import Recording, from_json
from support import batch
from support.batch import Done, Job

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows starts programs in another way, which is named")

STARTS = """\
import multiprocessing, os, subprocess, sys
from concurrent.futures import ProcessPoolExecutor
import kid

PYTHON = sys.executable

def wait(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def start(kind):
    command = [PYTHON, "kid.py", kind]
    if kind == "run":
        return subprocess.run(command).returncode
    if kind == "environment":
        return subprocess.run(command, env={}).returncode
    if kind == "shell":
        return subprocess.run(f"nice -n 0 {PYTHON} kid.py {kind} >&1", shell=True).returncode
    if kind == "system":
        return os.system(f"exec {PYTHON} kid.py {kind}")
    if kind == "posix_spawn":
        return wait(os.posix_spawn(PYTHON, command, os.environ))
    if kind == "spawnve":
        return os.spawnve(os.P_WAIT, PYTHON, command, {"A": "1"})
    if kind == "execv":
        if not (pid := os.fork()):
            os.execv(PYTHON, command)
        return wait(pid)
    if kind == "pool":
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            return pool.submit(kid.leak, kind).result()
    process = multiprocessing.get_context(kind).Process(target=kid.leak, args=[kind])
    process.start()
    process.join()
    return process.exitcode

if __name__ == "__main__":
    for kind in sys.argv[1:]:
        print(kind, start(kind), flush=True)
"""
KID = """\
import os, socket, sys

def leak(kind):
    print(kind, sorted(os.environ)[:3], sys.path, [name for name in sys.modules if "socktrace" in name], flush=True)
    globals()["kept"] = socket.create_server(("127.0.0.1", 0))
    os.write(2, b"")

if __name__ == "__main__":
    leak(sys.argv[1])
"""
KINDS = (
    "run",
    "environment",
    "shell",
    "system",
    "posix_spawn",
    "spawnve",
    "execv",
    "pool",
    "spawn",
    "forkserver",
    "fork",
)
NOT_WATCHED = """\
import os, subprocess, sys
look = "import os; print([name for name in os.environ if name[:4] in 'PYTHSOCK'])"
subprocess.run([sys.executable, "-I", "-c", look])
subprocess.run([sys.executable, "-Sc", "import sys; print(any('startup' in one for one in sys.path))"])
subprocess.run(["env"], env={"A": "1"})
os.system("env | grep -c startup")
subprocess.run("true; python3 -c 1", shell=True)
"""


def run_both(folder: Path, *words: str) -> tuple[Done, Done, Recording]:
    bare = batch.run({"": Job((sys.executable, *words), str(folder), 120)})[""]
    options = ("run", "--timeout", "100", "--json", "r.json")
    traced = batch.trace({"": Job((*options, *words), str(folder), 120)})[""]
    return bare, traced, from_json((folder / "r.json").read_text(encoding="utf-8"))


def test_a_child_of_any_kind_is_watched_and_notices_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("t")  # a short name, because sockets are to be bound in it
    monkeypatch.setenv("TMPDIR", str(temporary))
    (tmp_path / "starts.py").write_text(STARTS, encoding="utf-8")
    (tmp_path / "kid.py").write_text(KID, encoding="utf-8")
    bare, traced, did = run_both(tmp_path, "starts.py", *KINDS)
    assert traced.stdout == bare.stdout, traced.stderr
    leaked = [call for call in did.calls if call.name in ("exit", "collected") and call.path is None]
    opened = [did.openings[call.socket] for call in leaked]
    assert [(call.path, call.line) for call in opened if call.name == "socket"] == [("kid.py", 5)] * len(KINDS)
    assert len({call.process for call in opened}) == len(KINDS)
    assert did.strangers == ()
    assert "forkserver.py" not in traced.stderr
    assert not list(temporary.glob("socktrace-*"))


def test_a_child_that_cannot_be_watched_is_named(tmp_path: Path) -> None:
    (tmp_path / "starts.py").write_text(NOT_WATCHED, encoding="utf-8")
    bare, traced, did = run_both(tmp_path, "starts.py")
    assert traced.stdout == bare.stdout
    assert [one.split(" ")[1:3] for one in did.strangers] == [
        ["-I", "-c"],
        ["-Sc", "import"],
        [],
        ["-c", "env"],
        ["-c", "true;"],
    ]
    assert traced.stderr.endswith("\nnothing wrong in what was watched\n")


@pytest.mark.parametrize(
    ("line", "is_seen", "alone"),
    [
        ("python x.py", True, True),
        ("/usr/bin/python3.13 -m x", True, True),
        ("pythons x.py", False, True),
        ("grep python x.py", False, True),
        ("env A=1 nice -n 5 python x.py", True, True),
        ("python -W error -X dev x.py -I", True, True),
        ("python -WError::E x.py", True, True),
        ("python -bI x.py", False, True),
        ("python -E -m x", False, True),
        ("python - -S", True, True),
        ("echo a && python x.py", True, False),
        ("curl x; python y.py", True, False),
        ("cat x | grep python", False, False),
        ("", False, True),
    ],
)
def test_a_command_line_is_read_for_a_python(line: str, is_seen: bool, alone: bool) -> None:
    assert _judged(["sh", "-c", line], "/bin/sh") == (is_seen, alone)
    if alone:
        assert _judged(line.split(), "") == (is_seen, True)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["-c", "x = 1", "-c"], "x = 1"),
        (["-cx = 1"], "x = 1"),
        (["-X", "dev", "-W", "error", "-Bcx"], "x"),
        (["-Xdev", "-Werror", "-uc", "W"], "W"),
        (["-c", "from multiprocessing.spawn import spawn_main; spawn_main()"], ""),
        (["-m", "c"], ""),
        (["--check-hash-based-pycs", "always", "-c", "x"], ""),
        (["a.py", "-c", "x"], ""),
        (["-", "-c", "x"], ""),
        (["-c"], ""),
        ([], ""),
    ],
)
def test_the_text_that_a_python_was_given_is_read_off_its_command_line(options: list[str], text: str) -> None:
    assert text_of(["python", *options]) == text
