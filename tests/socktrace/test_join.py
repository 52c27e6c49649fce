"""Two terminals: a server that nobody calls says so, others join its network, and the run tells who did."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from socktrace import kernel
from socktrace.consistency import contradictions
from socktrace.kernel.doors import Lonely, Turn, hint
from socktrace.recording import Endpoint, Leftover, Recording, from_json
from socktrace.sandbox import visits
from socktrace.sandbox.farewell import Farewell, family
from socktrace.verdict import faults, judge
from support import batch
from support.batch import Job, Once

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a run have a network of its own")

SERVER = """\
import signal, socket, time
def told(number, frame):
    time.sleep(0.8)  # it takes its time
    raise SystemExit(0)
signal.signal(signal.SIGINT, told)
with socket.create_server(("127.0.0.1", 4711)) as server:
    while True:
        conn, caller = server.accept()
        with conn:
            conn.sendall(conn.recv(1024).upper())
"""
CLIENT = """\
import os, socket
with socket.create_connection(("127.0.0.1", 4711)) as client:
    client.sendall(b"hello")
    print(client.recv(1024), os.isatty(0))
"""
STAYS = """\
import socket
left_open = socket.create_connection(("127.0.0.1", 4711))
print("here", flush=True)
input()
"""
SCENARIO = """\
import json, os, signal, subprocess, sys
socktrace, told = [sys.executable, "-m", "socktrace"], b""
screen, terminal = os.openpty()
run = subprocess.Popen(
    [*socktrace, "run", "--json", "r.json", "server.py"], stderr=terminal, env={**os.environ, "NO_COLOR": "1"}
)
os.close(terminal)
while b"Ctrl-C ends it." not in told:
    told += os.read(screen, 65536)
hint = told
def join(*words):
    command = [*socktrace, "join", "--pid", str(run.pid), *words]
    keyboard, terminal = os.openpty()
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr
visits = [
    join(sys.executable, "client.py"),
    join("sh", "-c", "wc -l </proc/net/dev; exit 3"),
    join("no-such-command"),
]
stays = subprocess.Popen(
    [*socktrace, "join", "--pid", str(run.pid), sys.executable, "stays.py"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
)
stays.stdout.readline()
run.send_signal(signal.SIGINT)
try:
    while more := os.read(screen, 65536):
        told += more
except OSError:
    pass  # it has ended, and the terminal with it (EIO)
stays.communicate(b"go")
hint, told = (text.decode().replace("\\r\\n", "\\n") for text in (hint, told))
print(json.dumps({"hint": hint, "told": told, "visits": visits, "status": run.wait()}))
"""


USERS = {
    "as it is": [],
    "as an ordinary user": ["unshare", "--user", "--map-user=1000", "--map-group=1000"],
}


@pytest.fixture(scope="session")
def stories(shared: Path, once: Once) -> dict[str, batch.Done]:
    """Give what each user is told; the recordings are in their folders."""

    def job(user: str) -> Job:
        folder = shared / "terminals" / user
        folder.mkdir(parents=True)
        texts = {"server.py": SERVER, "client.py": CLIENT, "stays.py": STAYS, "scenario.py": SCENARIO}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return Job((*USERS[user], sys.executable, "scenario.py"), str(folder), limit=60.0)

    return once("terminals", lambda: batch.run({user: job(user) for user in USERS}))


@pytest.fixture(params=USERS)
def story(
    request: pytest.FixtureRequest, stories: dict[str, batch.Done], shared: Path
) -> tuple[dict[str, Any], Recording]:
    """Give what a server was told and did that waits, is joined, and is ended by Ctrl-C."""
    done = stories[request.param]
    assert done.status == 0, done.stderr
    recorded = (shared / "terminals" / request.param / "r.json").read_text(encoding="utf-8")
    return json.loads(done.stdout), from_json(recorded)


def test_a_server_that_nobody_calls_says_how_to_reach_it(story: tuple[dict[str, Any], Recording]) -> None:
    told, did = story
    assert told["hint"].rstrip() == (
        "socktrace: server.py listens at 127.0.0.1:4711, and nobody has called yet.\n"
        "    It is in a network of its own. In another terminal, put `socktrace join` before what is to reach it:\n"
        "        socktrace join nc 127.0.0.1 4711\n"
        "        socktrace join python3 client.py\n"
        "    With --network host it would listen in this machine's network.\n"
        "    Ctrl-C ends it."  # and not its time limit, for somebody sits at the terminal
    )
    assert told["told"].count("nobody has called") == 1
    assert "nobody has called" not in did.stderr


def test_who_joins_is_in_the_network_and_at_this_terminal(story: tuple[dict[str, Any], Recording]) -> None:
    client, shell, missing = story[0]["visits"]
    assert client == [0, "b'HELLO' True\n", ""]
    assert shell == [3, "3\n", ""]  # two lines of heading, and lo
    assert missing == [2, "", "socktrace: no-such-command: there is no such command\n"]


def test_a_visit_is_recorded_and_nobody_is_blamed(story: tuple[dict[str, Any], Recording]) -> None:
    told, did = story
    assert did.joined == ("sh -c 'wc -l </proc/net/dev; exit 3'", f"{sys.executable} stays.py")
    (called,) = [call for call in did.calls if call.name == "connect"]
    assert (called.path, called.line, called.process) == ("client.py", 2, 1)
    assert len([packet for packet in did.packets if packet.size]) == 2
    assert (did.signalled, did.exit_code, faults(judge(did, strict=False))) == ("SIGINT", 0, ())
    assert "is told to end" not in told["told"]
    assert (told["status"], contradictions(did)) == (0, ()), told["told"]
    assert "\nnot watched: sh -c 'wc -l </proc/net/dev; exit 3' (it joined the network)\n" in told["told"]
    assert told["told"].startswith("nothing wrong in what was watched", told["told"].rindex("\n", 0, -1) + 1)


# -- finding a run -----------------------------------------------------------------------------------------------------


def own() -> list[visits.Run]:
    return [run for run in visits.going_on() if run.pid == os.getpid()]


def test_a_run_is_found_by_what_it_holds_open_and_gone_with_it() -> None:
    with closing(visits.Book([("server.py", "server.py 4711")])) as book:
        (run,) = own()
        assert (run.names, run.commands, run.folder) == (("server.py",), ("server.py 4711",), os.getcwd())
        assert run.socktrace == os.getppid()
        with run.book.open("a", encoding="utf-8") as there:
            there.write('{"command": "nc 127.0.0.1 4711", "token": ""}\n')
        assert book.visitors() == (visits.Visitor("nc 127.0.0.1 4711", ""),)
    assert own() == []


@pytest.fixture
def two() -> Iterator[tuple[visits.Run, visits.Run]]:
    """Give two runs that go on: the older one and the newer one."""
    with closing(visits.Book([("old.py", "old.py")])), closing(visits.Book([("new.py", "new.py"), ("c", "-m c")])):
        newer, older = own()
        yield older, newer


def test_the_newest_run_is_chosen_or_that_of_a_process_or_of_a_program(two: tuple[visits.Run, visits.Run]) -> None:
    older, newer = two
    runs = [newer, older]
    assert visits.choose(runs) is newer
    for process in (os.getpid(), os.getppid()):
        assert visits.choose(runs, process) is newer
        assert visits.choose(runs, process, "old.py") is older
    assert [visits.choose(runs, None, name) for name in ("old.py", "new.py", "c")] == [older, newer, newer]


def test_a_run_of_the_same_folder_is_chosen_before_a_newer_one(two: tuple[visits.Run, visits.Run]) -> None:
    older, newer = two
    elsewhere = replace(newer, folder="/elsewhere")
    assert visits.choose([elsewhere, older], None, None, older.folder) is older
    assert visits.choose([elsewhere, older], None, "new.py", older.folder) is elsewhere
    assert visits.choose([elsewhere, older], None, None, "/") is elsewhere


@pytest.mark.parametrize(
    ("process", "name", "told"),
    [(1, None, "process 1 belongs to no run of yours"), (None, "x.py", "no run of yours has a program x.py")],
)
def test_what_is_no_run_is_told_with_those_that_are(
    process: int | None, name: str | None, told: str, two: tuple[visits.Run, visits.Run]
) -> None:
    listed = r"\n    --pid \d+: old.py \(process \d+, for \d+ s\)\n    --pid \d+: new.py and -m c \(process"
    with pytest.raises(OSError, match=rf"^{told} that is going on; these are:{listed}"):
        visits.choose(two, process, name)


def test_what_somebody_else_runs_is_not_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither another user's nor that of another one who logged in and became the same user."""
    with closing(visits.Book([("server.py", "server.py")])):
        assert own()
        owners = {Path("/proc/self"): (0, "1000\n")}
        monkeypatch.setattr(visits, "_owner", lambda process: owners.get(process, (0, "1001\n")))
        assert own() == []


def test_which_run_is_joined_is_told_where_there_are_several(
    two: tuple[visits.Run, visits.Run], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older, newer = two
    entered = []
    monkeypatch.setattr(visits, "going_on", lambda: [newer, older])
    monkeypatch.setattr(visits, "_enter", lambda run, _visitor: entered.append(run))

    def become(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(os, "execve", become)
    with pytest.raises(SystemExit):
        visits.join(["true"])
    assert re.fullmatch(
        r"socktrace: joining new.py and -m c \(process \d+, for \d+ s\); others go on:\n"
        r"    --pid \d+: old.py \(process \d+, for \d+ s\)\n",
        capsys.readouterr().err,
    )
    with pytest.raises(SystemExit):
        visits.join(["true"], name="old.py")
    assert entered == [newer, older]


def test_where_there_is_no_run_it_says_how_to_start_one() -> None:
    with pytest.raises(OSError, match="there is no run to join: start one in another terminal"):
        visits.choose([])


# -- who calls ---------------------------------------------------------------------------------------------------------

LISTENS = Leftover("tcp", "LISTEN", Endpoint("127.0.0.1", 4711), Endpoint("0.0.0.0", 0))
SENDS = Leftover("udp", "BOUND", Endpoint("0.0.0.0", 40000), Endpoint("0.0.0.0", 0))
TALKS = Leftover("tcp", "ESTABLISHED", Endpoint("127.0.0.1", 40000), Endpoint("127.0.0.1", 4711))


def showing(monkeypatch: pytest.MonkeyPatch, *rows: Leftover) -> None:
    monkeypatch.setattr(kernel, "rows", lambda: rows)


def test_it_is_said_once_that_nobody_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch, LISTENS, SENDS)
    lonely = Lonely(lambda _port: False)
    (said,) = [now / 10 for now in range(100) if lonely.doors(now / 10)]
    assert 1.4 <= said < 2.0


@pytest.mark.parametrize("rows", [(), (SENDS,), (TALKS,)], ids=str)
def test_what_has_no_door_waits_for_nobody(rows: tuple[Leftover, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch, *rows)
    lonely = Lonely(lambda _port: False)
    assert not any(lonely.doors(now / 10) for now in range(100))


def test_a_server_that_was_called_is_not_lonely(monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch, LISTENS)
    lonely = Lonely(lambda port: port == 4711)
    assert not any(lonely.doors(now / 10) for now in range(100))


@pytest.mark.parametrize(
    ("protocol", "local", "command"),
    [
        ("tcp", Endpoint("0.0.0.0", 4711), "nc 127.0.0.1 4711"),
        ("tcp6", Endpoint("::", 4711), "nc ::1 4711"),
        ("tcp", Endpoint("127.0.0.1", 8000), "curl http://127.0.0.1:8000/"),
        ("tcp6", Endpoint("::1", 8080), "curl http://[::1]:8080/"),
        ("udp", Endpoint("127.0.0.1", 5353), "nc -u 127.0.0.1 5353"),
    ],
)
def test_the_hint_names_a_command_that_calls(protocol: str, local: Endpoint, command: str) -> None:
    told = hint("server.py", [Leftover(protocol, "LISTEN", local, Endpoint("", 0))], 10.0)
    assert f"        socktrace join {command}\n" in told
    assert "It will be stopped 10 s after its start; with --timeout 0, never. Ctrl-C ends it.\n" in told


def test_the_next_starts_when_the_one_before_has_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch)
    turn = Turn(None)
    assert not turn.is_over(0.0, None)
    showing(monkeypatch, TALKS)
    assert not turn.is_over(9.0, None)
    showing(monkeypatch, TALKS, LISTENS)
    assert turn.is_over(9.1, None)
    assert turn.opened


def test_the_next_does_not_wait_for_a_client(monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch, LISTENS)
    turn = Turn(Turn(None))
    assert not turn.is_over(5.0, None)
    assert turn.is_over(5.0, 0)
    assert not turn.is_over(5.0, 1)
    showing(monkeypatch, LISTENS, TALKS)
    assert [now for now in range(60, 70) if turn.is_over(now / 10, None)] == [65, 66, 67, 68, 69]
    assert not turn.opened


# -- the end -----------------------------------------------------------------------------------------------------------


def test_a_program_is_told_to_end_ever_more_harshly() -> None:
    farewell = Farewell()
    sent = [(now, number) for now in range(100) if (number := farewell.due(now / 10)) is not None]
    assert sent == [(5, signal.SIGINT), (25, signal.SIGTERM), (35, signal.SIGKILL)]
    assert Farewell().due(0.0, at_once=True) == signal.SIGINT


def test_a_family_is_a_process_and_all_that_descend_from_it() -> None:
    with subprocess.Popen(["sh", "-c", "sleep 60 & echo $!; wait"], stdout=subprocess.PIPE, text=True) as shell:
        assert shell.stdout
        child = int(shell.stdout.readline())
        assert family(shell.pid) == (shell.pid, child)
        for pid in family(shell.pid):
            os.kill(pid, signal.SIGKILL)
