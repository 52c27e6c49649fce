"""The calls witness against an independent one, strace; and what it sees where the kernel has no /proc to ask."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitebuild.programs.store import Store
from socktrace.assembly import assemble
from socktrace.calls.log import read
from socktrace.recording import Recording, from_json
from socktrace.verdict import judge
from support import batch
from support.batch import Job, Once, asked
from support.cover import cover
from support.handmade import empty

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
GOOD = ("echo_by_socketserver", "chat_by_selectors", "datagrams_connected", "six", "unix_by_path", "file_sent")
STORE = Store(ROOT)

needs_strace = pytest.mark.skipif(
    sys.platform != "linux" or STRACE is None, reason="strace, the independent witness, is not here"
)

# 1234 accept4(3<socket:[9]>, {...}, [16], SOCK_CLOEXEC) = 4<socket:[10]>
SYSCALL = re.compile(
    r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<args>.*)\) += (?P<result>-?\d+)(?:<[^>]*>)?(?: (?P<errno>E\w+))?"
)
RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)$")
NAMES = {
    "socket": "socket",
    "bind": "bind",
    "listen": "listen",
    "accept4": "accept",
    "connect": "connect",
    "sendto": "send",
    "sendmsg": "send",
    "sendfile": "send",
    "recvfrom": "recv",
    "recvmsg": "recv",
    "shutdown": "shutdown",
    "close": "close",
}
SO_ERROR = re.compile(r"^(?P<fd>\d+)<.*SO_ERROR, ?\[(?P<errno>E\w+)\]")
IS_SOCKET = re.compile(r"^\d+<socket:")

STARTED = re.compile(r'(?P<pid>\d+) +execve\("[^"]*", \[(?P<words>.*)\], .* = 0$')
MADE = re.compile(r"(?P<parent>\d+) +(?:clone3?|v?fork)\(.* = (?P<child>\d+)$")

NEVER_LEFT_PYTHON = ("TimeoutError", "OverflowError", "TypeError", "OSError")  # the last one where it has no number

Event = tuple[str, int | None, str | None]
Straced = tuple[str, list[str]]
"""What socktrace said of a program, and what strace saw of it."""


def whole_lines(text: str) -> list[str]:
    """Join the lines that strace splits when another thread's call comes in between."""
    started: dict[str, str] = {}
    lines = []
    for line in text.splitlines():
        pid = line.split(maxsplit=1)[0]
        resumed = RESUMED.match(line)
        if line.endswith("<unfinished ...>"):
            started[pid] = line.removesuffix("<unfinished ...>").rstrip()
        elif resumed:
            lines.append(started.pop(pid) + resumed["rest"])
        else:
            lines.append(line)
    return lines


def of_each(programs: Sequence[str], lines: list[str]) -> dict[str, list[str]]:
    """Return what each program and its children did, and nothing of what was done by the processes that record.

    Args:
        programs: As they were named to socktrace, which starts each in a process of its own.
        lines: What strace wrote of all.
    """
    parents: dict[str, str] = {}
    starts: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        if made := MADE.match(line):
            parents[made["child"]] = made["parent"]
        elif started := STARTED.match(line):
            named = {program for program in programs if f'"{program}"' in started["words"]}
            for program in named - {program for program, _ in starts.values()}:
                starts[started["pid"]] = program, number

    def owner(pid: str) -> str:
        while pid not in starts and pid in parents:
            pid = parents[pid]
        return starts[pid][0] if pid in starts else ""

    found: dict[str, list[str]] = {"": [], **{program: [] for program in programs}}
    for number, line in enumerate(lines):
        pid = line.split(maxsplit=1)[0]
        if number > starts.get(pid, ("", -1))[1]:
            found[owner(pid)].append(line)
    return found


def without_the_librarys(lines: list[str], kinds: set[str]) -> list[str]:
    """Leave out the sockets that the C library opens for itself: to look up and sort addresses, to list the interfaces.

    Args:
        lines: What strace wrote.
        kinds: The families and types of the program's own sockets.
    """
    kept: list[str] = []
    lives: dict[str, list[str]] = {}
    for line in lines:
        match = SYSCALL.match(line)
        if match and match["name"] == "socket" and not match["errno"]:
            lives[match["result"]] = [line]
            continue
        fd = match["args"].split("<")[0].split(",")[0] if match else ""
        if fd not in lives:
            kept.append(line)
            continue
        lives[fd].append(line)
        asks_for_a_name = any("/nscd/" in one for one in lives[fd])
        is_foreign = any(kind in lives[fd][0] for kind in ("AF_NETLINK", "SOCK_DGRAM") if kind not in kinds)
        if not (asks_for_a_name or is_foreign):
            kept += lives.pop(fd)
        elif match and match["name"] == "close":
            del lives[fd]
    return kept + [line for life in lives.values() for line in life]


def seen_by_strace(lines: list[str]) -> dict[int, list[Event]]:
    """Return what happened to each descriptor, from its first socket call on."""
    seen: dict[int, list[Event]] = defaultdict(list)
    for line in lines:
        match = SYSCALL.match(line)
        if not match or match["name"] not in (*NAMES, "socketpair", "getsockopt"):
            continue
        outcome = SO_ERROR.match(match["args"]) if match["name"] == "getsockopt" else None
        if match["name"] == "getsockopt":
            if outcome:  # how a connect() that went on in the background has ended
                seen[int(outcome["fd"])][-1] = ("connect", None, outcome["errno"])
            continue
        if match["name"] == "socketpair":
            for fd in re.findall(r"(\d+)<socket:", match["args"]):
                seen[int(fd)].append(("socketpair", None, None))
            continue
        name, error = NAMES[match["name"]], match["errno"]
        if error == "EAGAIN":
            continue
        if error == "EINPROGRESS":  # connect() goes on in the background, and the caller waits for it
            error = None
        if name == "socket":
            if not error and re.search("AF_(INET|UNIX|NETLINK)", match["args"]):
                seen[int(match["result"])].append(("socket", None, None))
            continue
        fd = int(match["args"].split("<")[0].split(",")[0])
        if name == "close" and not IS_SOCKET.match(match["args"]):
            continue
        size = int(match["result"]) if name in ("send", "recv") and not error else None
        seen[fd].append((name, size, error))
    return seen


def seen_by_calls(recording: Recording) -> dict[int, list[Event]]:
    seen: dict[int, list[Event]] = defaultdict(list)
    for call in recording.calls:
        begun = call.name == "connect" and call.error in ("EINPROGRESS", "TimeoutError")
        if call.name in ("detach", "adopt", "exit") or (call.error in ("EAGAIN", *NEVER_LEFT_PYTHON) and not begun):
            continue
        error = None if begun else call.error
        seen[call.fd].append((call.name, call.size if call.name in ("send", "recv") else None, error))
    return seen


def used_at_once(recording: Recording) -> set[int]:
    """Return the descriptors on which one thread made a call while another's was under way."""
    calls = recording.calls
    return {a.fd for a in calls for b in calls if a.fd == b.fd and a.thread != b.thread and a.at <= b.at <= a.until}


def uncomparable(recording: Recording) -> set[int]:
    """Return the descriptors of which the calls cannot tell all.

    A sendall() that times out does not say how much it sent, and a program that begins a connect() without waiting asks
    later how it ended, by a call that is not recorded. OpenSSL reads and writes what it makes of a program's words.
    """
    cut_short = {call.fd for call in recording.calls if call.name == "send" and call.error == "TimeoutError"}
    begun = {
        call.fd for call in recording.calls if call.error == "EINPROGRESS" and not call.via
    }  # asyncio asks at once
    sealed = {call.fd for call in recording.calls if call.function.startswith("ssl.")}
    return cut_short | begun | sealed


def merged(events: list[Event]) -> list[Event]:
    """Add up neighbouring sends, since one sendall() may take several system calls."""
    out: list[Event] = []
    for name, size, error in events:
        if out and name == "send" and out[-1][0] == "send" and not error and not out[-1][2]:
            out[-1] = ("send", (out[-1][1] or 0) + (size or 0), None)
        else:
            out.append((name, size, error))
    return out


def kinds(recording: Recording | None) -> frozenset[object]:
    """Return the kinds of a recording's calls: by function, outcome, library that made it, family and type."""
    if recording is None:
        return frozenset()
    sockets = {socket.id: (socket.family, socket.type) for socket in recording.sockets}
    return frozenset((call.function, call.error, call.via, sockets[call.socket]) for call in recording.calls)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let few snippets, which make every kind of call that any of them makes, stand for all."""
    if "witnessed" in metafunc.fixturenames:
        every = metafunc.config.getoption("exhaustive")
        names = STORE.names() if every else cover({name: kinds(STORE.load(name)) for name in STORE.names()})
        programs = [*(f"snippets/{name}" for name in names), *(f"tests/socktrace/good/{name}.py" for name in GOOD)]
        metafunc.parametrize("witnessed", programs)


def test_those_that_stand_for_all_make_every_kind_of_call() -> None:
    made = {name: kinds(STORE.load(name)) for name in STORE.names()}
    chosen = cover(made)
    assert frozenset().union(*(made[name] for name in chosen)) == frozenset().union(*made.values())
    assert len(chosen) < len(made) / 3, "so many that the choice is not worth its while"


def kept(folder: Path, program: str) -> Path:
    return folder / f"straced-{program.replace('/', '-')}.json"


@pytest.fixture(scope="session")
def straced(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[str, Straced]:
    """Give what one strace sees of each program that is asked about; socktrace leaves the recordings in `shared`."""

    def make() -> dict[str, Straced]:
        log, programs = shared / "strace", asked(request, "witnessed")
        # -y says which descriptor is a socket's; with -yy strace would look each up in the kernel's connections
        strace = [str(STRACE), "-f", "-y", "-s", "200", "--seccomp-bpf", "-o", str(log)]
        strace += ["-e", "trace=%network,%process,close,sendfile", "-e", "signal=none"]
        words = ("run", "--network", "host", "--json")
        jobs = {one: Job((*words, str(kept(shared, one)), one), str(ROOT)) for one in programs}
        done = batch.trace(jobs, strace)
        seen = of_each(programs, whole_lines(log.read_text(encoding="utf-8")))
        return {one: (done[one].stderr, seen[one]) for one in programs}

    return once("straced", make)


@needs_strace
def test_calls_are_those_that_strace_sees(witnessed: str, straced: dict[str, Straced], shared: Path) -> None:
    said, lines = straced[witnessed]
    assert kept(shared, witnessed).exists(), said
    recording = from_json(kept(shared, witnessed).read_text(encoding="utf-8"))
    calls = seen_by_calls(recording)
    kinds = {word for socket in recording.sockets for word in (socket.family, socket.type)}
    kernel = seen_by_strace(without_the_librarys(lines, kinds))
    for fd in uncomparable(recording):
        del calls[fd], kernel[fd]
    for fd in used_at_once(recording) & calls.keys():  # no order between two threads
        calls[fd].sort(key=str)
        kernel[fd].sort(key=str)
    told = {fd: merged(events) for fd, events in calls.items()}
    seen = {fd: merged(events) for fd, events in kernel.items() if fd in calls or events[0][0] == "socket"}
    assert told == seen


def test_lines_are_told_when_the_program_changes_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "recording.json"
    command = [
        sys.executable,
        "-m",
        "socktrace",
        "run",
        "--json",
        str(target),
        "tests/socktrace/good/changes_folder.py",
    ]
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    calls = from_json(target.read_text(encoding="utf-8")).calls
    assert [(call.name, call.path, call.line) for call in calls] == [
        ("socket", "", 10),
        ("bind", "", 11),
        ("close", "", 10),
    ]


WITHOUT_PROC = """\
import sys
from pathlib import Path
from socktrace.program import Watch
Watch(Path(sys.argv[2]), None, inodes=False).run(Path(sys.argv[1]), ())
"""

posix_only = pytest.mark.skipif(os.name != "posix", reason="it plays macOS on a system that has POSIX descriptors")


def judged_without_proc(program: str, folder: Path) -> list[str]:
    """Run a program under a witness that must do without /proc, and return the events that are found."""
    log = folder / "calls"
    log.mkdir()
    subprocess.run(
        [sys.executable, "-c", WITHOUT_PROC, f"tests/socktrace/{program}.py", str(log)], check=True, cwd=ROOT
    )
    rows = read(log)
    assert (rows.reasons, rows.lost) == ([], 0)
    seen = assemble(rows, 0)
    return [
        one.event for one in judge(empty(sockets=seen.sockets, calls=seen.calls, unseen=("packets: not recorded",)))
    ]


@posix_only
@pytest.mark.parametrize("program", ["leaks_listener", "leaks_detached", "leaks_raw", "leaks_pair", "leaks_makefile"])
def test_without_proc_a_leak_is_seen_too(program: str, tmp_path: Path) -> None:
    assert judged_without_proc(f"bad/{program}", tmp_path) == ["left-open"]


@posix_only
@pytest.mark.parametrize("program", ["descriptors_detached", "echo_by_socketserver", "streams_by_asyncio", "six"])
def test_without_proc_what_is_closed_is_not_blamed(program: str, tmp_path: Path) -> None:
    assert judged_without_proc(f"good/{program}", tmp_path) == []


# -- a signal handler that raises --------------------------------------------------------------------------------------

INTERRUPTED = """
import os, socket, sys
from socktrace.calls.witness import Witness

rows = []
Witness(rows.append, __file__).install()
listener = socket.create_server(("127.0.0.1", 0))
own = os.path.dirname(sys.modules["socktrace"].__file__)

class Interrupts:
    # Raises at a line of the witness below the function of its that the program calls, counted from the first.
    def __init__(self, number):
        self.left = number
    def __call__(self, frame, event, arg):
        inner = all(one.f_code.co_filename.startswith(own) for one in (frame, frame.f_back))
        return self.line if inner else None
    def line(self, frame, event, arg):
        self.left -= event == "line"
        if self.left < 0:
            raise KeyboardInterrupt
        return self.line

def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True

def close():
    one.close()

def close_number():
    os.close(one.detach())

def accept():
    return [listener.accept()[0]]

def make():
    return [socket.socket()]

def pair():
    return socket.socketpair()

for act in (close, close_number, accept, make, pair):
    number, interrupted, lost, untold = 0, True, 0, 0
    while interrupted:
        one = socket.create_connection(listener.getsockname()) if act is accept else socket.socket()
        before, first = {fd for fd in range(30) if is_open(fd)}, len(rows)
        sys.settrace(Interrupts(number))
        made = ()
        try:
            made, interrupted = act() or (), False
        except KeyboardInterrupt:
            interrupted = True
        sys.settrace(None)
        for end in made:
            end.close()
        before = before if one.fileno() >= 0 else before - {fd for fd in before if not is_open(fd)}
        lost += {fd for fd in range(30) if is_open(fd)} != before
        names = {row.made or row.identity: "" for row in rows[first:]}
        names |= {row.identity: row.name for row in rows[first:]}
        untold += act is not pair and any(name not in ("", "close", "accept") for name in names.values())
        if act is accept and "accept" not in names.values():
            listener.accept()[0].close()
        one.close()
        number += 3  # of so many that a few are left out
    print(act.__name__, number > 50, lost, untold)
"""


def test_what_a_signal_handler_raises_while_the_witness_works_costs_no_socket(tmp_path: Path) -> None:
    """Wherever it comes: what is to be closed is closed, and what nobody will ever have too, and both are told."""
    program = tmp_path / "interrupted.py"
    program.write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    acts = ("close", "close_number", "accept", "make", "pair")
    assert (done.stdout, done.stderr) == ("".join(f"{act} True 0 0\n" for act in acts), "")


# -- a signal while the witness comes in -------------------------------------------------------------------------------

ASKED_EARLY = """\
import os, signal, sys

def told(event, arguments):
    if event == "import" and arguments[0] == "socktrace.calls.witness" and not asked:
        asked.append(os.kill(os.getpid(), signal.SIGRTMAX - 1))

asked = []
sys.addaudithook(told)
import socket
socket.socket().close()
print("asked:", len(asked))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="its signal is one of Linux")
def test_who_is_asked_where_it_stands_while_the_witness_comes_in_lets_it_in_once(tmp_path: Path) -> None:
    (tmp_path / "early.py").write_text(ASKED_EARLY, encoding="utf-8")
    command = [sys.executable, "-m", "socktrace", "run", "--json", "r.json", "early.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("asked: 1\n", 0), done.stderr
    recording = from_json((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert ([call.name for call in recording.calls], recording.unseen) == (["socket", "close"], ())
