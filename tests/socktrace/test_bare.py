"""`socktrace run` changes nothing: what a program sees, prints and ends with is as when Python runs it bare."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipapp
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from socktrace.recording import from_json
from support import batch
from support.batch import Done, Job, Once, asked

if TYPE_CHECKING:
    from socktrace.recording import Recording

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it compares what Linux says of a process, in /proc")

MIRROR = '''
"""Prints what a program can see of how it was started, and of what is there before it imports anything."""
import sys
print("modules", sorted(sys.modules))
print("path", sys.path, len(sys.path_hooks), sorted(sys.path_importer_cache))
print("main", {name: repr(value) for name, value in vars().items()})
print("words", sys.argv, sys.orig_argv[1:], sys.flags, sys.warnoptions, sys._xoptions)
print("hooks", sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__, sys.gettrace())
print("frame", sys._getframe().f_back)
import gc, os
print("gc", gc.get_threshold(), gc.isenabled(), gc.get_freeze_count())
print("place", os.getcwd(), os.umask(0o22), os.nice(0))
print("environ", *sorted(os.environ.items()), sep="\\n")
print("descriptors", [int(fd) for fd in os.listdir("/proc/self/fd") if int(fd) < 200], os.open(os.devnull, os.O_RDONLY))
print("terminals", [os.isatty(fd) for fd in range(3)], [stream.encoding for stream in (sys.stdin, sys.stdout)])
import signal, resource, warnings
handled = {number: signal.getsignal(number) for number in signal.valid_signals()}
print("signals", {number: one for number, one in handled.items() if one != signal.SIG_DFL and number < 32})
print("mask", signal.pthread_sigmask(signal.SIG_BLOCK, []))
print("status", [line for line in open("/proc/self/status") if line.startswith(("SigIgn", "SigBlk", "CapEff", "Uid"))])
print("limits", [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT")])
print("warnings", warnings.filters)
def deep(level):
    try:
        return deep(level + 1)
    except RecursionError:
        return level
print("deep", deep(0))
import pickle, socket, subprocess, threading
class Thing: pass
print("pickle", pickle.dumps(Thing))
print("modules", sorted(sys.modules), sys.meta_path, threading.enumerate())
print("origins", [(one.__file__, one.__spec__, one.__loader__) for one in (socket, subprocess)])
sys.stdout.flush()
look = "env; grep ^Sig[BI] /proc/self/status; for fd in 3 4 5 6 7 8; do [ -e /proc/self/fd/$fd ] && echo has $fd; done"
subprocess.run(["sh", "-c", look])
os.system(look)
child = "import os, sys; print(sorted(os.environ.items()), sys.path, sorted(sys.modules))"
subprocess.run([sys.executable, "-c", child])
print("stdin", sys.stdin.read())
'''
TWICE = """
import json, sys
print(json.__file__.startswith(sys.path[0]), __import__("selectors").VALUE)
import socket
"""
SEARCHES = """
import os, subprocess, sys
look = "import os, sys; print(os.environ.get('PYTHONPATH'), sys.path)"
for path in ("/x:", "", None):
    if path is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = path
    subprocess.run([sys.executable, "-c", look])
"""
THREADS = """
import sys, threading
names = "socket json ssl email http.client asyncio xml.dom.minidom decimal csv logging.config".split()
threads = [threading.Thread(target=__import__, args=[name]) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(sys.modules))
"""
SEARCH = """
import sys
finders = iter(sys.meta_path)  # as the import of another thread that has begun, and has asked all but the last
while getattr(next(finders), "__name__", "") != "FrozenImporter":
    pass
import socket, subprocess, threading
print("left to ask", [finder.__name__ for finder in finders])
"""
AGAIN = """
import os, sys
if len(sys.argv) < 2:
    os.execv(sys.executable, [sys.executable, *sys.argv, "again"])
import socket
print(sys.argv, os.environ.get("SOCKTRACE"))
"""
FILES = {
    "mirror.py": MIRROR,
    "über uns/my mirror.py": MIRROR,
    "folder/__main__.py": MIRROR,
    "package/__init__.py": "",
    "package/part/__init__.py": "import socket",
    "package/part/tool.py": "from . import socket\nfrom .. import part\nprint(__package__, part)\n",
    "zipped/__main__.py": "import helper, sys\nprint(sys.argv, sys.path[0], __file__, helper.__file__)\n1 / 0\n",
    "zipped/helper.py": "import socket\n",
    "shadow/socket.py": "import socket\nprint(socket.socket)\n",
    "shadow/uses.py": TWICE,
    "shadow/selectors.py": "VALUE = 'its own'\n",
    "away/changes.py": "import os\nos.chdir('/')\nprint(open(os.path.dirname(__file__) + '/data.txt').read())\n",
    "away/data.txt": "data",
    "suite.py": "import unittest\nclass Test(unittest.TestCase):\n    def test(self):\n        self.fail()\n",
    "broken.py": "def broken(:\n",
    "searches.py": SEARCHES,
    "threads.py": THREADS,
    "search.py": SEARCH,
    "again.py": AGAIN,
}
FULL = "import sys\nsys.stdout = open('/dev/full', 'w')\nprint('x')"
PROBES: dict[str, tuple[str, ...]] = {
    "a file": ("mirror.py", "-m", "two words", "--strict"),
    "a file with spaces": ("über uns/my mirror.py",),
    "a folder": ("folder", "a"),
    "a module": ("-m", "mirror", "a"),
    "options": ("-OO", "-X", "utf8", "-Werror", "-s", "mirror.py"),
    "development": ("-X", "dev", "-c", "import socket, sys; print(sys.flags, sys.warnoptions); socket.socket()"),
    "an isolated Python": ("-I", "-W", "error", "mirror.py"),
    "no environment": ("-sE", "-m", "mirror"),
    "a safe path": ("-Pm", "package.part.tool"),
    "a module of a package": ("-m", "package.part.tool", "a"),
    "a module in one word": ("-mpackage.part.tool", "a"),
    "a package without a main part": ("-m", "package"),
    "no module": ("-m", "package.nothing"),
    "a zip file": ("app.pyz", "a"),
    "a program named like a module": ("shadow/socket.py",),
    "modules beside it named like others": ("shadow/uses.py",),
    "a file beside it, from elsewhere": ("away/changes.py",),
    "a suite": ("-m", "unittest", "-q", "suite"),
    "another search path": ("searches.py",),
    "modules loaded by threads": ("threads.py",),
    "a search that has begun": ("search.py",),
    "itself again": ("again.py",),
    "little room": ("-c", "import sys; sys.setrecursionlimit(60); import socket"),
    "other finders": ("-c", "import sys; sys.meta_path[:] = sys.meta_path[-3:]; import socket; print(sys.meta_path)"),
    "a profiler": (
        "-c",
        "import cProfile; p = cProfile.Profile(); p.enable(); import socket; p.disable(); print('in')",
    ),
    "a tracer": ("-c", "import sys; sys.settrace(lambda *_: None); import socket; print(sys.gettrace() is None)"),
    "no syntax": ("broken.py",),
    "status": ("-c", "import sys; sys.exit(3)"),
    "status and words": ("-c", "import sys; sys.exit('why')"),
    "status too great": ("-c", "import sys; sys.exit(300)"),
    "exit": ("-c", "import os; os._exit(7)"),
    "an error": ("-c", "import atexit, socket; atexit.register(print, 'bye'); 1 / 0"),
    "an error in a thread": ("-c", "import threading; threading.Thread(target=int, args=('x',)).start()"),
    "endless recursion": ("-c", "def f(): f()\nf()"),
    "an interrupt": ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGINT)"),
    "a signal": ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGUSR2)"),
    "an abort": ("-c", "import os; os.abort()"),
    "a full disk": ("-c", FULL),
    "closed streams": ("-c", "import os; os.closerange(0, 100); import socket; socket.socket().close()"),
    "another program": ("-c", "import os; os.execvp('sh', ['sh', '-c', 'exit 4'])"),
    "no such program": ("-c", "import os, socket; os.execv('/none', ['none'])"),
    "no such program with an environment": ("-c", "import os; os.posix_spawn('/none', ['none'], {})"),
}


@pytest.fixture(scope="session")
def folder(shared: Path, once: Once) -> Path:
    """Give the folder that the programs are in."""

    def make() -> Path:
        place = shared / "bare and traced"
        for name, text in FILES.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        zipapp.create_archive(place / "zipped", place / "app.pyz")
        return place

    return once("folder of the bare and traced", make)


@pytest.fixture(scope="session")
def both(request: pytest.FixtureRequest, folder: Path, once: Once) -> tuple[dict[str, Done], dict[str, Done]]:
    """Give what the programs that are asked about do bare, and traced."""
    chosen = asked(request, "probe")

    def make() -> tuple[dict[str, Done], dict[str, Done]]:
        # The environment that `batch.trace` gives. That of the C library may have more: readline tells it COLUMNS.
        given = (f"{name}={value}" for name, value in os.environ.items() if name != "PYTHONWARNINGS")
        python = ("env", "-i", *given, sys.executable)
        bare = {probe: Job((*python, *PROBES[probe]), str(folder), 120) for probe in chosen}
        options = ("run", "--timeout", "100", "--json")
        traced = {probe: Job((*options, f"{probe}.json", *PROBES[probe]), str(folder), 120) for probe in chosen}
        return batch.run(bare), batch.trace(traced)

    return once("bare and traced", make)


def masked(text: str) -> str:
    """Hide what no two runs have in common.

    A process that glibc's `posix_spawn` has started, as `subprocess` may start one, ignores signals 32 and 33.
    """
    text = re.sub(r"SigIgn:\W*t?[0-9a-f]{9}", "SigIgn:", text)
    text = re.sub(r"0x[0-9a-f]+|started \d+|in \d\.\d+s", "#", text)
    return re.sub(r"(?m)^_=.*\n|\('_', '[^']*'\)", "", text)


def recorded(folder: Path, probe: str) -> Recording:
    return from_json((folder / f"{probe}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("probe", PROBES)
def test_a_program_does_the_same(probe: str, both: tuple[dict[str, Done], dict[str, Done]], folder: Path) -> None:
    bare, traced = both[0][probe], both[1][probe]
    own, report, rest = traced.stderr.partition("socktrace: ")
    assert report, traced.stderr
    out = bare.stdout
    if probe in ("an isolated Python", "no environment"):  # it was given other options, and says so nowhere else
        out = re.sub("(isolated|ignore_environment)=1", r"\1=0", out)
    assert masked(traced.stdout).splitlines() == masked(out).splitlines()
    assert masked(own) == masked(bare.stderr), rest
    assert recorded(folder, probe).exit_code == bare.status


@pytest.mark.parametrize("probe", ["a file", "options"])
def test_the_mirror_is_no_empty_one(probe: str, both: tuple[dict[str, Done], dict[str, Done]]) -> None:
    """What is compared above is there."""
    printed = both[0][probe].stdout
    assert len(printed) > 5000
    assert printed.splitlines()[-1] == "stdin "


@pytest.mark.parametrize("probe", ["a module of a package"])
def test_the_recording_names_the_real_file_of_a_module(
    probe: str, both: tuple[dict[str, Done], dict[str, Done]], folder: Path
) -> None:
    assert both
    assert recorded(folder, probe).program == str(folder / "package/part/tool.py")


def test_modules_beside_a_program_do_not_meet_the_tool(tmp_path: Path) -> None:
    (tmp_path / "inspect.py").write_text("raise SystemExit('this is not for socktrace')", encoding="utf-8")
    command = [sys.executable, "-m", "socktrace", "run", "-c", "print('it runs')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.stdout, done.returncode) == ("it runs\n", 0), done.stderr


SURROUNDINGS = """
mkdir gone; cd gone; rmdir ../gone
umask 027; trap '' INT; ulimit -n 300; exec 4</dev/null 0<&-
"""


def test_what_surrounds_a_program_is_the_same(tmp_path: Path) -> None:
    """The folder has gone, an interrupt is ignored, there are few descriptors, standard input is closed."""
    text = MIRROR.replace("os.getcwd()", "0").replace("sys.stdin.encoding", "0").replace("sys.stdin.read()", "0")
    text = text.replace("(sys.stdin, sys.stdout)", "(sys.stdout,)")
    (tmp_path / "mirror.py").write_text(text, encoding="utf-8")
    words = [sys.executable, str(tmp_path / "mirror.py")]
    bare, traced = (
        subprocess.run(
            ["sh", "-c", f'{SURROUNDINGS}exec "$@"', "sh", words[0], *more, words[1]],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            timeout=60,
        )
        for more in ((), ("-m", "socktrace", "run"))
    )
    assert masked(traced.stdout).splitlines() == masked(bare.stdout).splitlines()
    assert traced.stderr.startswith(bare.stderr + "socktrace: "), traced.stderr


BROKEN = """
import os, sys
from socktrace import cli
from socktrace.sandbox import child, supervisor
kept = os.environ["TMPDIR"]
def fails(*_, **options):
    raise RuntimeError("whatever")
setattr(supervisor if hasattr(supervisor, sys.argv[1]) else child, sys.argv[1], fails)
print(cli.main(["run", "-c", "print('it runs')"]), os.listdir(kept))
"""


@pytest.mark.parametrize(
    ("broken", "status", "why"),
    [
        ("_replace", 2, "not seen: calls: not recorded: no witness came into -c\n"),
        ("inherited", 2, "not seen: calls: not recorded: no witness came into -c\n"),
        ("_supervise", 2, "socktrace: the run was cut off before it could be recorded\n"),
    ],
)
def test_a_child_that_fails_never_goes_on_with_its_parents_work(
    broken: str, status: int, why: str, tmp_path: Path
) -> None:
    command = ["env", f"TMPDIR={tmp_path}", sys.executable, "-c", BROKEN, broken]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == f"{status} []\n", done.stderr
    assert "RuntimeError: whatever" in done.stderr
    assert why in done.stderr


ELSEWHERE = """
import sys
from socktrace import cli, sandbox
sandbox._LINUX = False
sys.exit(cli.main(["run", "--strict", *sys.argv[1:]]))
"""


def test_where_there_are_no_namespaces_it_runs_in_the_network_that_there_is(tmp_path: Path) -> None:
    text = "import signal, socket\nprint(signal.pthread_sigmask(0, []))\nkept = socket.socket()\n"
    (tmp_path / "leaks.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", ELSEWHERE, "leaks.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert (done.stdout, done.returncode) == (f"{signal.pthread_sigmask(signal.SIG_BLOCK, [])}\n", 1)
    assert "not seen: packets: not recorded: network namespaces exist on Linux only\n" in done.stderr
    assert "leaks.py:3: the socket 1 was closed by the end of the process, not by the program" in done.stderr
