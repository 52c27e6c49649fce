"""Two programs run together: the second when the first listens, both watched, both judged, and told apart."""

from __future__ import annotations

import dataclasses
import re
import shutil
import sys
from pathlib import Path

import pytest

from sitebuild.programs.refresh import untrue
from sitebuild.programs.store import Store
from socktrace.canonical import differences
from socktrace.consistency import contradictions
from socktrace.recording import Recording, from_json, to_json
from socktrace.verdict import faults, judge
from support import batch
from support.batch import Job, Once, asked

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
HELLO = "sockets/hello/server.py"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs meet in a network namespace, as Linux has")

SERVER, CLIENT = STORE.texts(HELLO)


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


DATAGRAM = "import socket\nwith socket.socket(type=socket.SOCK_DGRAM) as box:\n"
FOR_EVER = "  while True:\n    conn, caller = server.accept()\n    with conn:\n"
GOES_ON = edited(SERVER, "    conn, caller = server.accept()\n    with conn:\n", FOR_EVER)
DEAF = "import signal\nfor number in (signal.SIGINT, signal.SIGTERM):\n    signal.signal(number, signal.SIG_IGN)\n"
SAYS_GOODBYE = "import signal, sys\nsignal.signal(signal.SIGINT, lambda *_: sys.exit(3))\n"
CHILD = f"import subprocess, sys\nsys.exit(subprocess.call([sys.executable, '-c', {GOES_ON!r}]))\n"
LEAK = "import socket\nkept = []\nkept.append(socket.socket())\n"
LEAKS = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {LEAK!r}])\n"
SPOT = "line 3 of its -c text, `kept.append(socket.socket())`"
UNIX = "import socket\nwith socket.socket(socket.AF_UNIX) as end:\n    end.{}\n"
NOBODY, RST = "nobody listens there", "its SYN was answered by RST"
LEFT = "was closed by the end of the process, not by the program"
PAIRS: dict[str, tuple[str, str, set[str]]] = {
    "clean": (SERVER, CLIENT, set()),
    "datagrams": (
        DATAGRAM + "    box.bind(('127.0.0.1', 4711))\n    print(box.recvfrom(10)[0])\n",
        DATAGRAM + "    box.sendto(b'hi', ('127.0.0.1', 4711))\n",
        set(),
    ),
    "never listens": (
        "import time\ntime.sleep(60)\n",
        CLIENT,
        {
            "server.py:2: it was still running when its time limit came: it stood at line 2",
            "server.py: it did not listen within its time limit, so client.py was not started",
        },
    ),
    "ends without listening": (
        "import socket\nsocket.socket().close()\n",
        CLIENT,
        {"server.py: it did not listen before it ended, so client.py was not started"},
    ),
    "client fails": (
        SERVER,
        edited(CLIENT, 'client.sendall(b"hello")', "client.sendall('hello')"),
        {
            (
                "client.py:7: it exited with status 1: TypeError: a bytes-like object is required, not 'str': "
                "sockets carry bytes, not text"
            ),
        },
    ),
    "server fails": (
        edited(SERVER, "conn.sendall(words)", "raise SystemExit('no echo today')"),
        CLIENT,
        {"server.py: it exited with status 1: no echo today"},
    ),
    "server leaks": (
        edited(SERVER, "    with conn:\n", "    if conn:\n"),
        CLIENT,
        {
            f"server.py:6: the accepted socket 2 (127.0.0.1:4711) {LEFT}",
        },
    ),
    "client leaks": (
        SERVER,
        edited(CLIENT, "with client:", "if client:"),
        {
            f"client.py:5: the connecting socket 3 (127.0.0.1:PORT) {LEFT}",
        },
    ),
    "server goes on": (
        GOES_ON,
        CLIENT,
        set(),
    ),
    "server goes on, deaf": (DEAF + GOES_ON, CLIENT, set()),
    "server says good-bye": (SAYS_GOODBYE + GOES_ON, CLIENT, set()),
    "server goes on and leaks": (
        "kept = []\n" + edited(GOES_ON, "    with conn:\n", "    if not kept.append(conn):\n"),
        CLIENT + "        break\n",
        {"server.py:8: the accepted socket 2 (127.0.0.1:4711) stayed open when its other end had gone"},
    ),
    "client goes on": (
        edited(SERVER, "conn.sendall(words)", "raise SystemExit('no echo today')"),
        CLIENT + "import time\ntime.sleep(60)\n",
        {"server.py: it exited with status 1: no echo today"},
    ),
    "client hangs, server goes on": (
        GOES_ON,
        CLIENT + "import time\ntime.sleep(60)\n",
        {"client.py:12: it was still running when its time limit came: it stood at line 12"},
    ),
    "a child serves": (
        CHILD,
        CLIENT,
        {
            (
                "server.py: line 5 of its -c text, `with socket.create_server(here) as server:`: it bound port 4711, a "
                "number that the kernel did not choose"
            )
        },
    ),
    "a child of the client leaks": (SERVER, LEAKS + CLIENT, {f"client.py: {SPOT}: the socket 3 {LEFT}"}),
    "a child of each leaks": (
        LEAKS + SERVER,
        LEAKS + CLIENT,
        {f"server.py: {SPOT}: the socket 1 {LEFT}", f"client.py: {SPOT}: the socket 4 {LEFT}"},
    ),
    "Unix domain": (
        UNIX.format("bind('door'); end.listen(); end.accept()[0].close()"),
        UNIX.format("connect('door')"),
        set(),
    ),
    "two clients": (
        CLIENT,
        CLIENT,
        {
            f"server.py:5: it exited with status 1: ConnectionRefusedError: [Errno 111] Connection refused: {NOBODY}",
            "server.py: it failed, so client.py was not started",
            f"server.py:5: the connection from 127.0.0.1:PORT to 127.0.0.1:4711 was refused: {RST}: {NOBODY}",
        },
    ),
    "both wait": (
        SERVER,
        edited(edited(CLIENT, "    client.shutdown(socket.SHUT_WR)\n", ""), "socket.setdefaulttimeout(5)", "pass"),
        {
            (
                "server.py:8: it was still running when its time limit came: line 8 waits in recv() for bytes or the "
                "end from the connecting socket 3 (127.0.0.1:PORT) of client.py:5, "
                "where client.py:8 waits in recv() itself"
            ),
            (
                "client.py:8: it was still running when its time limit came: line 8 waits in recv() for bytes or the "
                "end from the accepted socket 2 (127.0.0.1:4711) of server.py:6, "
                "where server.py:8 waits in recv() itself: it has taken the 5 bytes that server.py:10 sent, and waits "
                "for more"
            ),
        },
    ),
    "another fixed port": (
        "import socket\nsocket.create_server(('127.0.0.1', 4712)).close()\n" + SERVER,
        CLIENT,
        {"server.py:2: it bound port 4712, a number that the kernel did not choose"},
    ),
}


def is_stopped(pair: str) -> bool:
    return any("time limit" in one for one in PAIRS[pair][2])


@pytest.fixture(scope="session")
def judged(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[str, batch.Done]:
    """Give what the command says of each pair that is asked about; it leaves the recordings in the pairs' folders."""

    def job(pair: str) -> Job:
        server, client, _ = PAIRS[pair]
        folder = shared / "pairs" / pair
        folder.mkdir(parents=True)
        (folder / "server.py").write_text(server, encoding="utf-8")
        (folder / "client.py").write_text(client, encoding="utf-8")
        limit = "8" if is_stopped(pair) else "50"
        words = ("together", "--strict", "--timeout", limit, "--json", "r.json", "server.py", "client.py")
        return Job(words, str(folder), limit=60)

    pairs = sorted(asked(request, "pair"), key=is_stopped, reverse=True)  # what waits longest begins first
    return once("pairs", lambda: batch.trace({pair: job(pair) for pair in pairs}))


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_judged_with_its_exact_messages(pair: str, judged: dict[str, batch.Done], shared: Path) -> None:
    wanted, done = PAIRS[pair][2], judged[pair]
    did = from_json((shared / "pairs" / pair / "r.json").read_text(encoding="utf-8"))
    chosen = re.compile(r"(?<=127\.0\.0\.1:)(?!471\d\b)\d+")
    found = {chosen.sub("PORT", str(one).partition("\n")[0]) for one in faults(judge(did))}
    assert (found, done.status) == (wanted, 1 if wanted else 0), done.stderr
    assert contradictions(did) == ()


def told_of(tmp_path: Path, *words: str) -> batch.Done:
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    return batch.trace({"": Job(("together", "--timeout", "50", *words), str(tmp_path), limit=60)})[""]


def test_who_printed_what_is_told_and_kept(tmp_path: Path) -> None:
    done = told_of(tmp_path, "--json", "r.json", "--pcap", "r.pcap", "server.py a", "client.py 'b c'")
    assert sorted(done.stdout.splitlines()) == ["client.py | echo: b'hello'", "server.py | heard: b'hello'"]
    assert done.stderr.startswith("socktrace: server.py: exit 0, client.py: exit 0 after ")
    assert "connecting socket 3" in done.stderr
    assert "opened client.py:5, closed client.py:6" in done.stderr
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    did = from_json(text)
    assert to_json(did) == text
    assert [(one.file, one.stdout, one.arguments) for one in did.programs] == [
        ("", "heard: b'hello'\n", ("a",)),
        ("client.py", "echo: b'hello'\n", ("b c",)),
    ]
    assert {(call.process, call.path) for call in did.calls} == {(0, ""), (1, "client.py")}


def test_the_second_starts_when_the_first_listens_and_no_packet_asks(tmp_path: Path) -> None:
    assert told_of(tmp_path, "--json", "r.json", "server.py", "client.py").status == 0
    did = from_json((tmp_path / "r.json").read_text(encoding="utf-8"))
    listened = next(call.at for call in did.calls if call.name == "listen")
    assert listened <= (did.beside[0].began or 0.0)
    assert sum(packet.has("SYN") and not packet.has("ACK") for packet in did.packets) == 1


NOT_PYTHON = (
    "this is not a Python program (it is no script), so it cannot be watched; "
    "in another terminal, `socktrace join` runs it beside the others"
)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["missing.py", "client.py"], "socktrace: missing.py: there is no such file\n"),
        (["server.py", "client.py 'x"], "socktrace: client.py 'x: No closing quotation\n"),
        (["server.py", " "], "socktrace: a command is empty\n"),
        (["server.py", "ls"], f"socktrace: {shutil.which('ls')}: {NOT_PYTHON}\n"),
    ],
)
def test_what_cannot_run_is_said_in_one_line(tmp_path: Path, words: list[str], message: str) -> None:
    done = told_of(tmp_path, *words)
    assert (done.status, done.stdout, done.stderr) == (2, "", message)


def test_a_client_after_a_client_starts_too(tmp_path: Path) -> None:
    (tmp_path / "goes_on.py").write_text(GOES_ON, encoding="utf-8")
    done = told_of(tmp_path, "--json", "r.json", "goes_on.py", "client.py 1", "client.py 2")
    did = from_json((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [(one.exit_code, one.signalled) for one in did.programs] == [(-2, "SIGINT"), (0, ""), (0, "")], done.stderr
    assert (done.status, contradictions(did)) == (0, ()), done.stderr
    assert "socktrace: nobody is left to be served: goes_on.py is told to end, as by Ctrl-C\n" in done.stderr
    assert "\nsocktrace: goes_on.py: told to end by SIGINT, client.py: exit 0, client.py: exit 0 after " in done.stderr


def with_client(old: Recording, **fields: object) -> Recording:
    return dataclasses.replace(old, beside=(dataclasses.replace(old.beside[0], **fields),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [{"began": 0.001}, {"began": 1e6}, {"began": None}, {"ended": 0.0}, {"ended": 1e6}, {"ended": None}],
    ids=str,
)
def test_what_cannot_have_been_is_told(fields: dict[str, float | None]) -> None:
    old = stored()
    assert contradictions(old) == ()
    assert contradictions(with_client(old, **fields))


def stored() -> Recording:
    found = STORE.load(HELLO)
    assert found
    return found


def test_the_pair_on_the_page_is_compared_whole() -> None:
    old = stored()
    assert differences(old, with_client(old, began=(old.beside[0].began or 0.0) + 0.001)) == []
    for fields in ({"stdout": "echo: b'hallo'\n"}, {"digest": "0" * 16}, {"exit_code": 1}, {"stuck": (3,)}):
        assert differences(old, with_client(old, **fields)), fields
    assert untrue(STORE, HELLO, with_client(old, stdout=""), old)
