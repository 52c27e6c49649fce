"""Every session does what its transcript says; what a bad one does, leaves behind or shows on a page is told."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from sitebuild.check import problems
from sitebuild.refresh import refresh
from sitebuild.store import Store
from socktrace.recorder import digest
from socktrace.session import runner
from socktrace.session.canonical import differences
from socktrace.session.crossings import crossings
from socktrace.session.model import Act, Crossing, StepError, Transcript, from_json, read_session, to_json
from socktrace.session.runner import lacks
from socktrace.session.script import to_script
from support.recordings import Checked

ROOT = Path(__file__).parents[2]
STORE = Store(ROOT)
every_session = pytest.mark.parametrize("name", STORE.sessions())


def text_of(name: str) -> str:
    return STORE.source(name).read_text(encoding="utf-8")


def run(text: str, name: str = "ports/x.toml", limit: float = 10.0) -> Transcript:
    """Run a session; skip where sessions cannot run."""
    try:
        return runner.run(name, text, limit=limit)
    except OSError as error:
        pytest.skip(str(error))


def one_host(*steps: str) -> str:
    """Write a session with one host, `box`; each step is given by its keys after `host`."""
    return 'claim = "It shows."\nhosts = ["box"]\n' + "".join(f'[[step]]\nhost = "box"\n{step}\n' for step in steps)


def server(port: int) -> str:
    return f"start = 'python3 -m http.server {port} --bind 127.0.0.1'\nready = 'tcp {port}'"


# -- what lies there is true -------------------------------------------------------------------------------------------


def test_there_are_sessions() -> None:
    assert STORE.sessions()


@every_session
def test_transcript_is_current(name: str, checked: Checked) -> None:
    if reason := lacks(read_session(name, text_of(name))):
        pytest.skip(reason)
    assert checked.complaints(name) == []


@every_session
def test_transcript_survives_json(name: str) -> None:
    recorded = STORE.transcript(name)
    assert recorded
    assert from_json(to_json(recorded)) == recorded


@every_session
def test_the_script_to_download_prints_the_same(name: str, tmp_path: Path) -> None:
    session = read_session(name, text_of(name))
    if reason := lacks(session):
        pytest.skip(reason)
    script = tmp_path / "session.sh"
    script.write_text(to_script(session), encoding="utf-8")
    (tmp_path / "python3").symlink_to(sys.executable)
    tools = {**os.environ, "PATH": f"{tmp_path}:{runner.PATH}"}
    done = subprocess.run(["bash", script], capture_output=True, text=True, check=False, timeout=60, env=tools)
    recorded = STORE.transcript(name)
    assert recorded
    expected = "\n".join(_printed_by_script(act) for act in recorded.acts)
    assert _without_numbers(done.stdout) == _without_numbers(expected), done.stderr
    assert done.returncode == 0


def _printed_by_script(act: Act) -> str:
    first = f"\n{act.host}$ {act.command}" + (" &" if act.background else "")
    return "\n".join([first, act.output, f"(exit status {act.exit})" if act.exit else ""])


def _without_numbers(text: str) -> list[str]:
    lines = [re.sub(r"[ \t]+", " ", re.sub(r"\d+", "N", line)).strip() for line in text.splitlines()]
    return [line for line in lines if line]


# -- a file that is no session -----------------------------------------------------------------------------------------

WRONG = {
    "claim = ": "snippets/ports/x.toml:1: not TOML: Invalid value",
    "claim = 'x.'\nhosts = box\nstep = 1": "snippets/ports/x.toml:2: not TOML: Invalid value",
    one_host("run = 'ls'", "ron = 'ls'"): "snippets/ports/x.toml:6: step 2: unknown key ron; did you mean run?",
    one_host("run = 'ls'\ncolour = 'red'"): (
        "snippets/ports/x.toml:3: step 1: unknown key colour; known: host, run, start, say, exit, ready, gone"
    ),
    "colour = []\n" + one_host("run = 'ls'"): (
        "snippets/ports/x.toml: unknown key colour; known: claim, hosts, setup, watch, step"
    ),
    one_host().replace("claim", "hosts_ = 1 #"): "snippets/ports/x.toml: unknown key hosts_; did you mean hosts?",
    one_host(): "snippets/ports/x.toml: the key step is missing",
    one_host("run = 'ls'").replace("shows.", "shows"): (
        "snippets/ports/x.toml: claim: end the sentence with a full stop"
    ),
    one_host("run = 'ls'").replace('["box"]', "[]"): (
        'snippets/ports/x.toml: hosts: list the names of the hosts, such as ["client", "server"]'
    ),
    one_host("run = 'ls'").replace('["box"]', '["box", "Box 2"]'): (
        "snippets/ports/x.toml: hosts: 'Box 2' is no name of a host; use up to 15 of a-z, 0-9 and -"
    ),
    one_host("run = 'ls'").replace('["box"]', '["box", "box"]'): (
        "snippets/ports/x.toml: hosts: box stands there twice; remove one"
    ),
    "watch = []\n" + one_host("run = 'ls'"): (
        'snippets/ports/x.toml: watch: list interfaces, such as ["router:inside", "router:outside"]'
    ),
    "watch = ['bax:lo']\n" + one_host("run = 'ls'"): (
        "snippets/ports/x.toml: watch: 'bax:lo' is no host and interface, such as box:eth0"
    ),
    one_host("run = 'ls'").replace('host = "box"', 'host = "bux"'): (
        "snippets/ports/x.toml:3: step 1: unknown host bux; the hosts are box"
    ),
    one_host("run = 'ls'").replace('host = "box"', ""): "snippets/ports/x.toml:3: step 1: the key host is missing",
    one_host("run = ''"): "snippets/ports/x.toml:3: step 1: run: write text in quotes",
    one_host("say = 'Look.'"): (
        "snippets/ports/x.toml:3: step 1: give it either run (and wait for its end) or start (in the background)"
    ),
    one_host("start = 'python3 -m http.server'"): (
        "snippets/ports/x.toml:3: step 1: start and ready belong together: "
        'say when it is ready, such as ready = "tcp 8080"'
    ),
    one_host("run = 'ls'\nready = 'tcp 8080'"): (
        "snippets/ports/x.toml:3: step 1: ready is for start; a command with run is waited for"
    ),
    one_host("start = 'ls'\nready = 'tcp 8080'\nexit = 1"): (
        "snippets/ports/x.toml:3: step 1: exit and gone are for run; a command in the background ends with the session"
    ),
    one_host("run = 'ls'\nexit = 256"): (
        "snippets/ports/x.toml:3: step 1: exit: an exit status is a number from 0 to 255"
    ),
    one_host("start = 'ls'\nready = 'tcp 65536'"): (
        "snippets/ports/x.toml:3: step 1: ready: write a protocol and a port, such as "
        '"tcp 8080" (something listens there), "udp 5353", or "tcp to 8080" (a connection to it is established)'
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_file_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_session("ports/x.toml", text)


# -- a session that does not do what it says ---------------------------------------------------------------------------

FAILING = {
    one_host("run = 'true'", "run = 'echo one; echo two >&2; exit 3'"): (
        "step 2 on box: echo one; echo two >&2; exit 3\nended with exit status 3, not 0; it printed:\none\ntwo"
    ),
    one_host("run = 'true'\nexit = 1"): "step 1 on box: true\nended with exit status 0, not 1; it printed nothing",
    one_host("run = 'kill -9 $$'"): "step 1 on box: kill -9 $$\nended with exit status 137, not 0; it printed nothing",
    one_host("run = 'nosuchtool'"): (
        "step 1 on box: nosuchtool\nended with exit status 127, not 0; it printed:\n"
        "bash: line 1: nosuchtool: command not found"
    ),
    one_host("run = 'echo begun; sleep 60'"): (
        "step 1 on box: echo begun; sleep 60\nstopped after 0.7 s, its time limit; it printed:\nbegun"
    ),
    one_host("start = 'sleep 60'\nready = 'tcp 8080'"): (
        "step 1 on box: sleep 60\nnot ready after 0.7 s: tcp 8080 was not seen; it printed nothing"
    ),
    one_host("start = 'echo no; exit 4'\nready = 'udp 53'"): (
        "step 1 on box: echo no; exit 4\nended with exit status 4: udp 53 was not seen; it printed:\nno"
    ),
    one_host(server(8080), server(8080)): (
        "step 2 on box: python3 -m http.server 8080 --bind 127.0.0.1\n"
        "tcp 8080 is there already, before it starts; choose another port"
    ),
    one_host(server(8080), "run = 'true'\ngone = 'tcp 8080'"): "step 2 on box: true\ntcp 8080 is still there after 2 s",
    "watch = ['box:eth0']\n" + one_host("run = 'ls'"): "cannot watch box:eth0: No such device",
    one_host("run = 'ls'").replace("[[step]]", "setup = 'echo on; false; echo off'\n[[step]]"): (
        "the setup: ended with exit status 1, not 0; it printed:\non"
    ),
}


@pytest.mark.parametrize(("text", "message"), FAILING.items(), ids=[m.partition("\n")[0] for m in FAILING.values()])
def test_a_fault_is_told_with_its_step(text: str, message: str) -> None:
    limit = re.search(r"after ([0-9.]+) s", message)
    with pytest.raises(StepError) as caught:
        run(text, limit=float(limit[1]) if limit else 10)
    assert str(caught.value) == f"snippets/ports/x.toml: {message}"


def test_a_tool_that_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    session = read_session("ports/x.toml", one_host("run = 'ss -tln | grep x'", "run = 'nft list ruleset'"))
    if reason := lacks(session):
        pytest.skip(reason)
    monkeypatch.setattr(runner, "PATH", "/nowhere")
    expected = "ports/x.toml needs bash and ip and unshare and nft and ss; install bash iproute2 util-linux nftables"
    assert lacks(session) == expected
    with pytest.raises(OSError, match=f"^{expected}$"):
        runner.run("ports/x.toml", one_host("run = 'ss -tln | grep x'", "run = 'nft list ruleset'"))


def test_without_namespaces_it_says_so_in_one_line() -> None:
    run(one_host("run = 'true'"))
    command = "echo 0 >/proc/sys/user/max_user_namespaces; exec "
    command += f"'{sys.executable}' -m sitebuild record --check {STORE.sessions()[0]}"
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stderr == (
        "sitebuild: a session needs namespaces of its own, and here there are none: "
        "unshare: unshare failed: No space left on device\n"
    )
    assert (done.returncode, done.stdout) == (2, "")


# -- the place it runs in ----------------------------------------------------------------------------------------------


def output(command: str) -> str:
    return run(one_host(f"run = {command!r}")).acts[0].output


def test_the_environment_is_the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREETING", "hello")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert (
        output("echo $LC_ALL $COLUMNS $TERM $HOME $GREETING; pwd; ls -A")
        == "C 100 dumb /run/session/home\n/run/session/home"
    )
    assert output("ls /sys/class/net; id -u; cat /proc/sys/net/ipv4/conf/lo/forwarding") == "lo\n0\n0"
    assert output("set -- /proc/[0-9]*; echo $#") == "2", "the warden and the shell"


def test_python_is_the_one_that_runs_this() -> None:
    assert output("python3 -c 'import sys; print(sys.version)'").splitlines() == sys.version.splitlines()


def test_both_streams_are_kept_in_order() -> None:
    assert output("for n in 1 2 3; do echo out $n; echo err $n >&2; done") == "\n".join(
        f"{stream} {n}" for n in (1, 2, 3) for stream in ("out", "err")
    )


def test_a_command_with_a_child_that_stays_is_not_waited_for() -> None:
    began = time.monotonic()
    assert output("sleep 60 & echo on") == "on"
    assert time.monotonic() - began < 5


def test_a_stopped_server_is_gone_and_its_port_free() -> None:
    stop = "run = 'kill $(lsof -t -i tcp:8080)'\ngone = 'tcp 8080'"
    session = run(one_host(server(8080), stop, "run = 'ss -Htln; set -- /proc/[0-9]*; echo $#'", server(8080)))
    assert session.acts[2].output == "2"


def test_a_connection_can_be_waited_for() -> None:
    client = "import socket, time; s = socket.create_connection(('127.0.0.1', 8080)); time.sleep(60)"
    hold = f'start = "python3 -c \\"{client}\\""\nready = "tcp to 8080"'
    session = run(one_host(server(8080), hold, "run = 'ss -Htn state established dport = :8080 | wc -l'"))
    assert session.acts[2].output == "1"


ROUTER = """\
claim = "The router has another address."
hosts = ["in", "router", "out"]
watch = ["router:lan", "router:wan"]
setup = '''
ip -n router link add lan type veth peer name net0 netns in
ip -n router link add wan type veth peer name net0 netns out
for end in 'router lan 10.0.0.1' 'in net0 10.0.0.2' 'router wan 192.0.2.1' 'out net0 192.0.2.80'; do
    set -- $end
    ip -n $1 link set $2 up
    ip -n $1 address add $3/24 dev $2
done
ip -n in route add default via 10.0.0.1
ip netns exec router sysctl -qw net.ipv4.ip_forward=1
ip netns exec router nft 'table ip nat { chain c { type nat hook postrouting priority 100; oifname wan masquerade; }; }'
'''
[[step]]
host = "out"
start = "python3 -m http.server 8000"
ready = "tcp 8000"
[[step]]
host = "in"
run = "python3 -c 'import socket; socket.create_connection((\\"192.0.2.80\\", 8000), 5, (\\"\\", 50000)).close()'"
"""


def test_a_packet_is_known_again_where_a_router_has_changed_it() -> None:
    crossings = run(ROUTER).crossings
    first = [(one.packet, one.link, one.source, one.destination) for one in crossings if "SYN" in one.what]
    assert first == [
        (1, "router:lan", "10.0.0.2:50000", "192.0.2.80:8000"),
        (1, "router:wan", "192.0.2.1:50000", "192.0.2.80:8000"),
        (2, "router:wan", "192.0.2.80:8000", "192.0.2.1:50000"),
        (2, "router:lan", "192.0.2.80:8000", "10.0.0.2:50000"),
    ]
    links = [one.link for one in crossings]
    assert links.count("router:lan") == links.count("router:wan") >= 4
    assert {(one.packet, one.what) for one in crossings if one.link == "router:lan"} == {
        (one.packet, one.what) for one in crossings if one.link == "router:wan"
    }


def test_a_packet_that_is_sent_again_is_another_one() -> None:
    head = "45000028000040004006000000000000000000000001000200000001000000005002000000000000"
    rows = [("box:in", 1, head, 40), ("box:out", 2, head, 40), ("box:in", 3, head, 40), ("box:out", 4, head, 40)]
    assert [(one.packet, one.link) for one in crossings(rows)] == [
        (1, "box:in"),
        (1, "box:out"),
        (2, "box:in"),
        (2, "box:out"),
    ]


def test_a_connection_that_is_being_closed_is_seen_to_its_end() -> None:
    late = (
        "import socket, time; s = socket.create_server((\\'\\', 8080)); "
        "c = s.accept()[0]; c.recv(9); time.sleep(0.3); c.close(); time.sleep(60)"
    ).replace("\\'", '\\"')
    call = "import socket; socket.create_connection((\\'127.0.0.1\\', 8080)).close()".replace("\\'", '\\"')
    text = one_host(f"start = \"python3 -c '{late}'\"\nready = 'tcp 8080'", f"run = \"python3 -c '{call}'\"")
    crossings = run("watch = ['box:lo']\n" + text).crossings
    assert [one.what for one in crossings if one.what != "ACK"] == ["SYN", "SYN, ACK", "FIN", "FIN"]


def processes(mark: str) -> list[str]:
    """Return the command lines of this machine's processes that have a word in them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:  # it has ended
            continue
        if mark.encode() in words:
            found.append(b" ".join(words).decode())
    return found


def test_nothing_survives_a_session() -> None:
    mark = f"{os.getpid()}71717"
    daemon = f"run = '(setsid nohup sleep {mark} >/dev/null 2>&1 &)'"
    seen = run(one_host(daemon, f"start = 'sleep {mark} & exec python3 -m http.server 8080'\nready = 'tcp 8080'"))
    assert len(seen.acts) == 2
    assert processes(mark) == []


def test_nothing_survives_who_ran_it() -> None:
    run(one_host("run = 'true'"))
    mark = f"{os.getpid()}72727"
    text = one_host(f"run = 'sleep {mark}'")
    program = f"from socktrace.session import runner; runner.run('x', {text!r}, limit=60)"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) as runs:
        assert _within(10, lambda: processes(mark)), "it never began"
        runs.send_signal(signal.SIGKILL)
    assert _within(10, lambda: not processes(mark)), processes(mark)


def _within(seconds: float, condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


# -- the comparison ----------------------------------------------------------------------------------------------------


def transcript(*outputs: str, command: str = "ss -tnp") -> Transcript:
    acts = tuple(Act("box", command, "", False, 0, output) for output in outputs)
    return Transcript(
        "snippets/ports/x.toml", "0", "Linux", "It shows.", ("box",), "ip addr add 192.0.2.7/24 port 8080", acts
    )


ALIKE = {
    "process ids and chosen ports": ("a:40001 pid=31 b:40001", "a:52222 pid=7 b:52222"),
    "blanks": ("State   Recv-Q", "State Recv-Q  "),
    "inodes": ("inode 16512, 16513", "inode 99001, 99004"),
    "hardware addresses": ("link/ether 3a:00:11:22:33:44 fe80::38ff", "link/ether 7e:10:11:22:33:44 fe80::1:2"),
    "descriptors of ss": ("fd=3 fd=4 fd=3", "fd=5 fd=3 fd=5"),
    "descriptors of lsof": ("python3 1004 root 3u IPv4 16512", "python3 1010 root 5u IPv4 17712"),
    "netstat": ("0.0.0.0:8080 LISTEN 1004/python3", "0.0.0.0:8080 LISTEN 2222/python3"),
}
UNLIKE = {
    "a word": ("LISTEN", "ESTAB"),
    "a number of the session": ("a:8080", "a:8081"),
    "a number of the session where another was": ("a:40001", "a:8080"),
    "a small number": ("404 Not Found", "200 OK"),
    "an address": ("192.0.2.7", "192.0.2.9"),
    "two that were equal": ("a:40001 b:40001", "a:40001 b:40002"),
    "two that were not": ("a:40001 b:40002", "a:40001 b:40001"),
    "two that changed places": ("a:40001 b:40002 a:40001", "a:40001 b:40002 a:40002"),
    "the same process": ("pid=31 pid=31", "pid=31 pid=32"),
    "a line more": ("one", "one\ntwo"),
}


@pytest.mark.parametrize(("old", "new"), ALIKE.values(), ids=ALIKE)
def test_what_varies_is_no_difference(old: str, new: str) -> None:
    assert differences(transcript(old), transcript(new)) == []


@pytest.mark.parametrize(("old", "new"), UNLIKE.values(), ids=UNLIKE)
def test_what_must_not_vary_is_a_difference(old: str, new: str) -> None:
    assert differences(transcript(old), transcript(new))


def test_equality_counts_from_step_to_step() -> None:
    assert differences(transcript("a:40001", "b:40001"), transcript("a:50001", "b:50001")) == []
    assert differences(transcript("a:40001", "b:40001"), transcript("a:40001", "b:40002")) == [
        "--- recorded",
        "+++ now",
        "-  b:<number 1>",
        "+  b:<number 2>",
    ]


def test_what_crossed_counts_but_for_acknowledgments_and_sizes() -> None:
    def crossed(*rows: tuple[str, str, str]) -> Transcript:
        crossings = tuple(Crossing(n, "box:eth0", *row) for n, row in enumerate(rows))
        return replace(transcript("a:40001"), watch=("box:eth0",), crossings=crossings)

    old = crossed(("b:8080", "a:40001", "5 bytes"), ("a:40001", "b:8080", "ACK"), ("b:8080", "a:40001", "FIN"))
    assert from_json(to_json(old)) == old
    assert differences(old, crossed(("b:8080", "a:40001", "1,024 bytes"), ("b:8080", "a:40001", "FIN"))) == []
    for other in (
        crossed(("b:8080", "a:40001", "5 bytes"), ("b:8080", "a:40001", "RST")),
        crossed(("b:8080", "a:40002", "5 bytes"), ("b:8080", "a:40002", "FIN")),
        crossed(("b:8081", "a:40001", "5 bytes"), ("b:8081", "a:40001", "FIN")),
        crossed(),
        replace(old, watch=("box:lo",)),
    ):
        assert differences(old, other)


def test_how_it_came_to_its_output_counts_too() -> None:
    old = transcript("x")
    act = old.acts[0]
    for other in (replace(act, host="bax"), replace(act, exit=1), replace(act, background=True), replace(act, say="y")):
        assert differences(old, replace(old, acts=(other,)))
    for new in (replace(old, source="1"), replace(old, claim="No."), replace(old, setup=""), replace(old, acts=())):
        assert differences(old, new)


# -- recording ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "snippets/ports").mkdir(parents=True)
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/sources.toml").touch()
    (tmp_path / "docs/data/glossary.toml").touch()
    (tmp_path / "docs/page.md").write_text("```session\nports/x.toml\n```\n", encoding="utf-8")
    (tmp_path / "snippets/ports/x.toml").write_text(one_host("run = 'echo $$; cat b'\nexit = 1"), encoding="utf-8")
    return tmp_path


def settle(root: Path, *, check: bool = False) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.name, one.state, one.detail) for one in refresh(Store(root), check=check)]


def test_record_writes_what_is_not_true_and_nothing_else(checkout: Path) -> None:
    run(one_host("run = 'true'"))
    file, kept = checkout / "snippets/ports/x.toml", checkout / "docs/recordings/ports/x.json"
    assert settle(checkout, check=True) == [("ports/x.toml", "missing", ("it was never recorded",))]
    assert settle(checkout) == [("ports/x.toml", "recorded", ("it was never recorded",))]
    written = kept.read_text(encoding="utf-8").replace('"Linux', '"Elsewhere')
    kept.write_text(written, encoding="utf-8")
    assert settle(checkout) == [("ports/x.toml", "current", ())]
    assert kept.read_text(encoding="utf-8") == written, "what differs only in what varies is not written"
    kept.write_text(written.replace("No such", "no such"), encoding="utf-8")
    _, state, why = settle(checkout, check=True)[0]
    assert (state, why[2:]) == (
        "stale",
        ("-  cat: b: no such file or directory", "+  cat: b: No such file or directory"),
    )
    file.write_text(one_host("run = 'false'"), encoding="utf-8")
    assert settle(checkout) == [
        (
            "ports/x.toml",
            "unclean",
            (
                "snippets/ports/x.toml: step 1 on box: false",
                "ended with exit status 1, not 0; it printed nothing",
            ),
        )
    ]
    file.write_text(one_host("ran = 'false'"), encoding="utf-8")
    assert settle(checkout) == [
        ("ports/x.toml", "unclean", ("snippets/ports/x.toml:3: step 1: unknown key ran; did you mean run?",))
    ]
    kept.write_text("{}", encoding="utf-8")
    file.write_text(one_host("run = 'true'"), encoding="utf-8")
    assert settle(checkout) == [("ports/x.toml", "recorded", ("not a transcript: 'hosts'",))]
    file.unlink()
    assert settle(checkout) == [("docs/recordings/ports/x.json", "removed", ())]


def test_a_session_and_a_snippet_do_not_share_a_name(checkout: Path) -> None:
    (checkout / "snippets/ports/x.py").touch()
    clash = "snippets/ports/x.toml:1: ports/x.py has the same name, and so the same recording; rename one"
    with pytest.raises(LookupError, match=f"^{re.escape(clash)}$"):
        list(refresh(Store(checkout)))
    assert clash in problems(checkout)


# -- the block on a page -----------------------------------------------------------------------------------------------

SHOWN = """\
claim = "It *shows* [[box]]."
hosts = ["box", "bax"]
setup = "ip link add a type veth"
[[step]]
host = "box"
start = "serve <all>"
ready = "tcp 80"
[[step]]
host = "bax"
run = "ask &amp;"
say = "Look at `ask`, as told [@rfc1]."
exit = 2
"""
ANSWER = "a & &lt; <b>  `c` [[box]] *d* \u202e and so on to the end of a long line\n{ .x }"


@pytest.fixture
def page(checkout: Path) -> Callable[[str], Tag]:
    """Give a function that renders a page of a checkout with one session."""
    (checkout / "docs/data/sources.toml").write_text(
        '[rfc1]\nlabel = "RFC 1"\ntitle = "One"\nurl = "https://example.org"\nread = "2026-11-22"\nhow = "copy"\n',
        encoding="utf-8",
    )
    (checkout / "docs/data/glossary.toml").write_text('[box]\nsays = "A box."\nsource = "rfc1"\n', encoding="utf-8")
    (checkout / "snippets/ports/x.toml").write_text(SHOWN, encoding="utf-8")
    (checkout / "docs/recordings/ports").mkdir(parents=True)
    session = read_session("ports/x.toml", SHOWN)
    acts = tuple(
        Act(step.host, step.command, step.say, step.background, step.exit, "" if step.background else ANSWER)
        for step in session.steps
    )
    kept = Transcript(
        "snippets/ports/x.toml", digest(SHOWN), "Linux 6.1", session.claim, session.hosts, session.setup, acts
    )
    (checkout / "docs/recordings/ports/x.json").write_text(to_json(kept), encoding="utf-8")

    def render(text: str) -> Tag:
        extensions = ["attr_list", "md_in_html", "pymdownx.superfences", "sitebuild.extension"]
        settings = {"sitebuild.extension": {"root": str(checkout)}}
        html = Markdown(extensions=extensions, extension_configs=settings).convert(text)
        return BeautifulSoup(f"<main>{html}</main>", "lxml").main or Tag(name="main")

    return render


FENCE = "```session\nports/x.toml\n```\n"


def words(within: Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in within.select(selector)]


def test_the_block_shows_each_command_with_its_host_and_what_it_printed(page: Callable[[str], Tag]) -> None:
    block = page(FENCE)
    assert words(block, ".sk-claim") == ["It shows box."]
    assert words(block, ".sk-claim em, .sk-claim a") == ["shows", "box"]
    assert words(block, ".sk-meta") == ["recorded on Linux 6.1 \u00b7 2 hosts"]
    assert words(block, ".sk-cmd") == ["On box$ serve <all>", "On bax$ ask &amp;"]
    assert [item["class"] for item in block.select("li")] == [["sk-at-1"], ["sk-at-2"]]
    assert words(block, ".sk-note") == ["It runs on in the background.", "It ended with exit status 2."]
    assert words(block, ".sk-say") == ["Look at ask, as told RFC 1."]
    assert words(block, ".sk-say a.sk-source, .sk-say code") == ["ask", "RFC 1"]
    assert [box.get_text() for box in block.select(".sk-out")] == [ANSWER.replace("\u202e", "\u27e8U+202E\u27e9")]
    assert words(block, "summary") == ["How the hosts were made"]
    assert block.select(".sk-setup")[0].get_text().splitlines() == [
        "ip netns add box",
        "ip -n box link set lo up",
        "ip netns add bax",
        "ip -n bax link set lo up",
        "ip link add a type veth",
    ]


def test_the_block_can_be_read_aloud_and_reached_with_the_keyboard(page: Callable[[str], Tag]) -> None:
    block = page(FENCE + "\n" + FENCE)
    groups = block.select(".sk-session[role=group]")
    assert len({str(group["aria-labelledby"]) for group in groups}) == len(groups) == 2
    for group in groups:
        assert block.select(f"#{group['aria-labelledby']}")[0].get_text() == "It shows box."
    long, short = block.select(".sk-out")[0], block.select(".sk-setup")[0]
    label = "What step 2 of x printed"
    assert (long.get("tabindex"), long.get("role"), long.get("aria-label")) == ("0", "group", label)
    assert short.get("tabindex") is None, "what fits needs no stop"


def test_the_packets_stand_side_by_side(checkout: Path, page: Callable[[str], Tag]) -> None:
    watch = 'watch = ["box:in", "box:out"]'
    (checkout / "snippets/ports/x.toml").write_text(f"{watch}\n{SHOWN}", encoding="utf-8")
    kept = Store(checkout).transcript("ports/x.toml")
    assert kept
    crossings = (
        Crossing(1, "box:in", "10.0.0.2:5", "192.0.2.80:80", "SYN"),
        Crossing(1, "box:out", "192.0.2.1:5", "192.0.2.80:80", "SYN"),
        Crossing(2, "box:out", "192.0.2.80:80", "192.0.2.1:5", "ACK"),
        Crossing(3, "box:out", "192.0.2.80:80", "192.0.2.1:5", "RST"),
    )
    kept = replace(kept, source=digest(f"{watch}\n{SHOWN}"), watch=("box:in", "box:out"), crossings=crossings)
    (checkout / "docs/recordings/ports/x.json").write_text(to_json(kept), encoding="utf-8")
    block = page(FENCE)
    assert [words(row, "th, td") for row in block.select(".sk-cross tr")] == [
        ["packet", "at box:in", "at box:out"],
        ["SYN", "10.0.0.2:5 \u2192 192.0.2.80:80", "192.0.2.1:5 \u2192 192.0.2.80:80"],
        ["RST", "not seen", "192.0.2.80:80 \u2192 192.0.2.1:5"],
    ]
    assert words(block, ".sk-cross strong") == ["10.0.0.2:5", "192.0.2.1:5"]


def test_the_script_is_there_to_download(page: Callable[[str], Tag]) -> None:
    link = page(FENCE).select("a[download]")[0]
    assert (link["download"], link.get_text(), link["aria-label"]) == ("x.sh", ".sh", "Download x.sh")
    head, _, script = str(link["href"]).partition(",")
    assert head == "data:text/x-sh;charset=utf-8"
    assert unquote(script) == to_script(read_session("ports/x.toml", SHOWN))


def spoil(root: Path, path: str, old: str = "", new: str = "") -> None:
    """Replace words in a file of a checkout; without words, remove it."""
    file = root / path
    if not old:
        file.unlink()
        return
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


MISTAKES = {
    "```session\nports/y.toml\n```": "unknown session ports/y.toml; did you mean ports/x.toml?",
    "```session\na\nb\n```": "a session fence holds the name of one session, such as ports/two_port_spaces.toml",
    "```snippet\nports/x.toml\n```": "ports/x.toml is a session; show it with a session fence",
    "```session\nports/p.py\n```": "ports/p.py is a program; show it with a snippet fence",
}
_MEND = "run: uv run python -m sitebuild record ports/x.toml"
SPOILT = {
    f"the recording of ports/x.toml is stale, the session has changed since; {_MEND}": (
        "snippets/ports/x.toml",
        "serve",
        "served",
    ),
    f"ports/x.toml has no recording; {_MEND}": ("docs/recordings/ports/x.json",),
    f"the recording of ports/x.toml cannot be read (not a transcript: 'acts'); {_MEND}": (
        "docs/recordings/ports/x.json",
        '"acts"',
        '"arts"',
    ),
    "snippets/ports/x.toml:8: step 2: unknown key ron; did you mean run?": ("snippets/ports/x.toml", "run", "ron"),
    "unknown source rfc1; known: other": ("docs/data/sources.toml", "[rfc1]", "[other]"),
}


def tell(page: Callable[[str], Tag], text: str, caplog: pytest.LogCaptureFixture) -> tuple[list[str], list[str]]:
    caplog.set_level(logging.WARNING, "mkdocs")
    red = words(page(text), ".socktrace-error")
    return red, [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(("fence", "message"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_in_a_fence_is_red_logged_and_found(
    checkout: Path, page: Callable[[str], Tag], caplog: pytest.LogCaptureFixture, fence: str, message: str
) -> None:
    (checkout / "snippets/ports/p.py").touch()
    (checkout / "docs/page.md").write_text(fence, encoding="utf-8")
    assert tell(page, fence, caplog) == ([f"page: {message}"], [f"page: {message}"])
    assert f"docs/page.md:1: {message}" in problems(checkout)


@pytest.mark.parametrize(("message", "edit"), SPOILT.items(), ids=SPOILT)
def test_a_mistake_in_what_it_shows_is_red_logged_and_found(
    checkout: Path,
    page: Callable[[str], Tag],
    caplog: pytest.LogCaptureFixture,
    message: str,
    edit: tuple[str, ...],
) -> None:
    assert problems(checkout) == []
    spoil(checkout, *edit)
    assert tell(page, FENCE, caplog) == ([f"page: {message}"], [f"page: {message}"])
    assert any(line.endswith(f": {message}") for line in problems(checkout))


def test_a_session_that_no_page_shows_is_found(checkout: Path, page: Callable[[str], Tag]) -> None:
    assert page(FENCE)
    (checkout / "docs/page.md").write_text("[@rfc1]", encoding="utf-8")
    assert problems(checkout) == [
        "snippets/ports/x.toml:1: no page shows this session; show it with a session fence or remove it"
    ]
