"""A session does in its namespaces what its file says; what a bad one does or leaves behind is told."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from socktrace.session import runner
from socktrace.session.canonical import differences
from socktrace.session.crossings import crossings
from socktrace.session.model import Act, Crossing, StepError, Transcript, from_json, read_session, to_json
from socktrace.session.runner import lacks
from support.sessions import HOLDS_A_CLOSED_ONE, one_host, run, server

ROOT = Path(__file__).parents[2]


# -- a file that is no session -----------------------------------------------------------------------------------------

WRONG = {
    "claim = ": "snippets/ports/x.toml:1: not TOML: Invalid value",
    "claim = 'x.'\nhosts = box\nstep = 1": "snippets/ports/x.toml:2: not TOML: Invalid value",
    one_host("run = 'ls'", "ron = 'ls'"): "snippets/ports/x.toml:6: step 2: unknown key ron; did you mean run?",
    one_host("run = 'ls'\ncolour = 'red'"): (
        "snippets/ports/x.toml:3: step 1: unknown key colour; known: host, run, start, say, until, exit, ready, gone"
    ),
    "colour = []\n" + one_host("run = 'ls'"): (
        "snippets/ports/x.toml: unknown key colour; known: claim, hosts, files, setup, watch, step, texts"
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
    "files = ['servers/x.py']\n" + one_host("run = 'ls'"): (
        'snippets/ports/x.toml: files: list snippets, such as ["servers/by_threads.py"]'
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
    one_host("run = 'cat log'\nuntil = 'test -s log'"): (
        "step 1 on box: cat log\nit waits until this succeeds, and in 0.3 s it did not: test -s log"
    ),
    "watch = ['box:eth0']\n" + one_host("run = 'ls'"): "cannot watch box:eth0: No such device",
    one_host("run = 'ls'").replace("[[step]]", "setup = 'echo on; false; echo off'\n[[step]]"): (
        "the setup: ended with exit status 1, not 0; it printed:\non"
    ),
}


@pytest.mark.parametrize(("text", "message"), FAILING.items(), ids=[m.partition("\n")[0] for m in FAILING.values()])
def test_a_fault_is_told_with_its_step(text: str, message: str) -> None:
    limit = re.search(r"(?:after|in) ([0-9.]+) s", message)
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


# -- the place it runs in ----------------------------------------------------------------------------------------------


def output(command: str) -> str:
    return run(one_host(f"run = {command!r}")).acts[0].output


def test_a_program_that_a_session_names_lies_in_its_folder() -> None:
    texts = '[texts]\n"servers/first/x.py" = "print(1)\\n"\n'
    text = "files = ['servers/first/x.py']\n" + one_host("run = 'cat x.py'") + texts
    assert run(text).acts[0].output == "print(1)"


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


def test_python_has_its_standard_library_and_nothing_that_is_installed_here() -> None:
    assert output('python3 -c "import sys; print(*sys.path)" | grep -c packages || true') == "0"


def test_a_step_begins_when_what_it_waits_for_has_come() -> None:
    session = run(one_host("run = 'sleep 0.1 && echo late > log &'", "run = 'cat log'\nuntil = 'test -s log'"))
    assert session.acts[1].output == "late"


def test_both_streams_are_kept_in_order() -> None:
    assert output("for n in 1 2 3; do echo out $n; echo err $n >&2; done") == "\n".join(
        f"{stream} {n}" for n in (1, 2, 3) for stream in ("out", "err")
    )


def test_a_command_with_a_child_that_stays_is_not_waited_for() -> None:
    """Otherwise its time limit would come."""
    assert output("sleep 600 & echo on") == "on"


def test_a_stopped_server_is_gone_and_its_port_free() -> None:
    stop = "run = 'kill $(lsof -t -i tcp:8080)'\ngone = 'tcp 8080'"
    # the kernel closes what a process has open before it ends, and its number stays until the warden asks for it
    count = r"n=0; for one in /proc/[0-9]*/stat; do read -r row < $one; [[ $row = *\)\ Z\ * ]] || n=$((n + 1)); done"
    session = run(
        one_host(
            server(8080),
            stop,
            f"run = 'ss -Htln; until {count}; [ $n = 2 ]; do sleep 0.01; done; echo $n'",
            server(8080),
        )
    )
    assert session.acts[2].output == "2", "nobody listens, and there are the warden and the shell"


def test_a_connection_can_be_waited_for() -> None:
    client = "import socket, time; s = socket.create_connection(('127.0.0.1', 8080)); time.sleep(60)"
    hold = f'start = "python3 -c \\"{client}\\""\nready = "tcp to 8080"'
    session = run(one_host(server(8080), hold, "run = 'ss -Htn state established dport = :8080 | wc -l'"))
    assert session.acts[2].output == "1"


def test_a_connection_that_the_other_end_closed_at_once_can_be_waited_for() -> None:
    assert run(one_host(*HOLDS_A_CLOSED_ONE)).acts[1].background


def test_what_is_counted_in_one_session_is_not_kept_for_another() -> None:
    assert output("nstat -n; df --output=target $NSTAT_HISTORY | tail -1") == "/run", "which is the session's own"


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


def test_of_a_packet_that_is_lost_and_sent_again_the_second_one_goes_on() -> None:
    rest = "40004006000000000000000000000001000200000001000000005002000000000000"
    first, again = f"450000280001{rest}", f"450000280002{rest}"
    rows = [("box:in", 1, first, 40), ("box:in", 2, again, 40), ("box:out", 3, again, 40)]
    assert [(one.packet, one.link) for one in crossings(rows)] == [(1, "box:in"), (2, "box:in"), (2, "box:out")]


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
    "what newer releases of ss write over processes": ("Peer Address:PortProcess", "Peer Address:Port Process "),
    "what they write where there are none": ("Peer Address:PortProcess", "Peer Address:Port"),
    "inodes": ("ino:16512 socket:[16513]", "ino:99001 socket:[99004]"),
    "hardware addresses": ("link/ether 3a:00:11:22:33:44 fe80::38ff", "link/ether 7e:10:11:22:33:44 fe80::1:2"),
    "descriptors of ss": ("fd=3 fd=4 fd=3", "fd=5 fd=3 fd=5"),
    "descriptors of lsof": ("python3 1004 root 3u IPv4 16512", "python3 1010 root 5u IPv4 17712"),
    "netstat": ("0.0.0.0:8080 LISTEN 1004/python3", "0.0.0.0:8080 LISTEN 2222/python3"),
}
UNLIKE = {
    "a word": ("LISTEN", "ESTAB"),
    "a process": ("127.0.0.1:80 Process", "127.0.0.1:80"),
    "a number of the session": ("a:8080", "a:8081"),
    "a number of the session where another was": ("a:40001", "a:8080"),
    "a small number": ("404 Not Found", "200 OK"),
    "a large number": ("ip_unprivileged_port_start = 1024", "ip_unprivileged_port_start = 4201"),
    "a time limit": ("tcp_timeout_established:432000", "tcp_timeout_established:999999"),
    "a size": ("mtu 1500", "mtu 9000"),
    "an address": ("192.0.2.7", "192.0.2.9"),
    "two that were equal": ("a:40001 b:40001", "a:40001 b:40002"),
    "two that were not": ("a:40001 b:40002", "a:40001 b:40001"),
    "two that changed places": ("a:40001 b:40002 a:40001", "a:40001 b:40002 a:40002"),
    "the same process": ("pid=31 pid=31", "pid=31 pid=32"),
    "a line more": ("one", "one\ntwo"),
    "how far a line is indented": ("  pass", " pass"),
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


def crossed(*rows: tuple[str, str, str], packets: tuple[int, ...] = ()) -> Transcript:
    numbers = packets or tuple(range(1, len(rows) + 1))
    crossings = tuple(Crossing(number, "box:eth0", *row) for number, row in zip(numbers, rows, strict=True))
    return replace(transcript("a:40001"), watch=("box:eth0",), crossings=crossings)


def test_what_crossed_counts_but_for_where_it_was_cut_and_how_often_it_was_acknowledged() -> None:
    said, heard, end = ("b:8080", "a:40001", "5 bytes"), ("a:40001", "b:8080", "ACK"), ("b:8080", "a:40001", "FIN")
    old = crossed(said, heard, end)
    assert from_json(to_json(old)) == old
    parts = ("b:8080", "a:40001", "2 bytes"), ("b:8080", "a:40001", "3 bytes, FIN")
    assert differences(old, crossed(parts[0], heard, heard, parts[1])) == []
    for other in (
        crossed(said, heard, ("b:8080", "a:40001", "RST")),
        crossed(("b:8080", "a:40001", "6 bytes"), heard, end),
        crossed(("b:8080", "a:40001", "5,000 bytes"), heard, end),
        crossed(said, ("a:40001", "b:8081", "ACK"), end),
        crossed(said, end),
        crossed(heard, end, said),
        crossed(("b:8080", "a:40002", "5 bytes"), heard, ("b:8080", "a:40002", "FIN")),
        crossed(("b:8081", "a:40001", "5 bytes"), heard, ("b:8081", "a:40001", "FIN")),
        crossed(said, heard, end, packets=(1, 2, 2)),
        crossed(said, heard, end, packets=(2, 1, 3)),
        crossed(),
        replace(old, watch=("box:lo",)),
    ):
        assert differences(old, other)


def test_where_a_packet_was_seen_stands_together() -> None:
    ends = {"SYN": ("b:8080", "a:40001"), "ACK": ("a:40001", "b:8080")}
    rows = [Crossing(n, f"box:{at}", *ends[what], what) for n, what in enumerate(ends, 1) for at in ("lan", "wan")]
    old = replace(transcript("a:40001"), watch=("box:lan", "box:wan"), crossings=tuple(rows))
    other = replace(old, crossings=(rows[0], rows[2], rows[1], rows[3]))
    assert differences(old, old) == []
    assert differences(old, other)


def test_a_size_of_many_bytes_counts() -> None:
    many, *others = (crossed(("b:8080", "a:40001", f"{size} bytes")) for size in ("1,000", "2,000", "1000"))
    assert differences(many, many) == []
    assert all(differences(many, other) for other in others)


def test_a_port_comes_from_where_the_session_says() -> None:
    old, new, *others = (transcript(f"a:{port}") for port in (50001, 50008, 50010, 40001))
    act = replace(old.acts[0], output="", command="sysctl -w net.ipv4.ip_local_port_range='50000 50009'")
    old, new, *others = (replace(one, acts=(act, *one.acts)) for one in (old, new, *others))
    assert differences(old, new) == []
    assert all(differences(old, other) for other in others)


def test_a_hardware_address_that_the_session_gave_must_stay() -> None:
    old, new = (
        replace(transcript(f"02:00:00:00:00:{last}"), setup="address 02:00:00:00:00:aa") for last in ("aa", "ab")
    )
    assert differences(old, old) == []
    assert differences(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"exit": 0', '"exit": false'),
        ('"say": ""', '"say": null'),
        ('"hosts": [', '"hosts": [1, '),
        ('"exit": 0', '"exit": NaN'),
    ],
)
def test_a_field_of_another_type_is_no_transcript(old: str, new: str) -> None:
    text = to_json(transcript("x"))
    assert old in text
    with pytest.raises(ValueError, match=r"not a transcript|not JSON"):
        from_json(text.replace(old, new, 1))


def test_how_it_came_to_its_output_counts_too() -> None:
    old = transcript("x")
    act = old.acts[0]
    for other in (replace(act, host="bax"), replace(act, exit=1), replace(act, background=True), replace(act, say="y")):
        assert differences(old, replace(old, acts=(other,)))
    for new in (replace(old, source="1"), replace(old, claim="No."), replace(old, setup=""), replace(old, acts=())):
        assert differences(old, new)
