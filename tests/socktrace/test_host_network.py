"""On the host's network others speak too: what is theirs is not recorded, and nobody is blamed for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from socktrace.packets.bystanders import without_bystanders
from socktrace.recording import Call, Endpoint, Packet, Recording, Socket, from_json
from socktrace.verdict import faults, judge

ROOT = Path(__file__).parents[2]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="packets are recorded on Linux only")

HOST = ["unshare", "--user", "--map-root-user", "--net", sys.executable, "host.py"]
"""A host of our own, in which this user may read packets."""
SCENARIO = """\
import socket, subprocess, sys, threading, time
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
listener = socket.create_server(("127.0.0.1", 0))
client, (accepted, _) = socket.create_connection(listener.getsockname()), listener.accept()
def chat():
    while True:
        client.sendall(b"not for you")
        accepted.recv(100)
        time.sleep(0.001)
threading.Thread(target=chat, daemon=True).start()
def serve():
    while True:
        listener.accept()[0].close()
threading.Thread(target=serve, daemon=True).start()
words = [sys.executable, "-m", "socktrace", "run", "--network", "host", "--json", "r.json", "program.py"]
sys.exit(subprocess.run([*words, str(listener.getsockname()[1])]).returncode)
"""
PROGRAM = """\
import socket, sys
with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
    with server.accept()[0] as conn:
        client.sendall(b"hello")
        conn.recv(5)
try:
    socket.create_connection(("127.0.0.1", 9))
except ConnectionRefusedError:
    pass
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as other:
    other.recv(1)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Recording]:
    """Give what a program did on a host on which others are at work."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "host.py").write_text(SCENARIO, encoding="utf-8")
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(HOST, capture_output=True, text=True, check=False, cwd=folder, timeout=60)
    return done, from_json((folder / "r.json").read_text(encoding="utf-8"))


@linux_only
def test_only_the_packets_of_its_own_sockets_are_recorded(
    run: tuple[subprocess.CompletedProcess[str], Recording],
) -> None:
    done, did = run
    own = {end for socket in did.sockets for end in (socket.local, socket.peer) if end}
    refused = [one for one in did.packets if Endpoint("127.0.0.1", 9) in (one.source, one.destination)]
    assert did.on_host
    assert [one.flags for one in refused] == ["SYN", "ACK RST"]
    assert {end for one in did.packets if one not in refused for end in (one.source, one.destination)} <= own
    assert sum(one.size for one in did.packets) == len(b"hello")
    assert (
        "\nnot seen: packets: only those of its own sockets on the loopback interface were recorded: "
        "the program used the host's network\n"
    ) in done.stderr


@linux_only
def test_what_others_do_there_is_nobodys_fault(run: tuple[subprocess.CompletedProcess[str], Recording]) -> None:
    done, did = run
    assert (faults(judge(did, strict=False)), done.returncode) == ((), 0), done.stderr


# -- which are its own -------------------------------------------------------------------------------------------------

HERE, THERE, ELSE = Endpoint("127.0.0.1", 4711), Endpoint("127.0.0.1", 40000), Endpoint("127.0.0.1", 5432)


def packet(source: Endpoint, destination: Endpoint, flags: str = "ACK", protocol: str = "TCP") -> Packet:
    return Packet(1.0, protocol, source, destination, flags, 0, 0, 0, "", 40, "")


def listening(local: Endpoint) -> Socket:
    return Socket(1, "AF_INET", "SOCK_STREAM", "socket", "listener", local)


def connecting(at: float, until: float) -> Call:
    return Call(at, until, 0, 0, 1, 3, "connect", "connect", "", 1, error="ECONNREFUSED", peer=ELSE)


@pytest.mark.parametrize(
    ("local", "one", "is_own"),
    [
        (HERE, packet(THERE, HERE), True),
        (HERE, packet(HERE, THERE), True),
        (HERE, packet(THERE, ELSE), False),
        (HERE, packet(THERE, HERE, protocol="UDP"), False),
        (HERE, packet(THERE, Endpoint("127.0.0.2", 4711)), False),
        (Endpoint("0.0.0.0", 4711), packet(THERE, Endpoint("127.0.0.2", 4711)), True),
    ],
    ids=str,
)
def test_a_packet_is_its_own_if_it_has_the_name_of_a_socket(local: Endpoint, one: Packet, is_own: bool) -> None:
    assert without_bystanders([one], [listening(local)], []) == ((one,) if is_own else ())


@pytest.mark.parametrize(("since", "is_own"), [(0.5, True), (1.5, False)])
def test_a_refused_attempt_is_its_own_if_it_came_while_it_asked(since: float, is_own: bool) -> None:
    attempt = (packet(THERE, ELSE, "SYN"), packet(ELSE, THERE, "ACK RST"))
    found = without_bystanders(attempt, [listening(Endpoint("127.0.0.1", 0))], [connecting(since, since + 1)])
    assert found == (attempt if is_own else ())
