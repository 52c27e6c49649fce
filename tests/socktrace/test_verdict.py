"""Every rule has programs that break it, each caught with its exact message, and programs that keep it, none blamed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from socktrace.declarations import declared
from socktrace.recording import Recording, from_json
from socktrace.verdict import EVENTS, faults, judge
from support.handmade import empty

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.py"))
GOOD = sorted((HERE / "good").glob("*.py"))
FAULT = re.compile(r"^# fault: (?P<event>\S+) (?P<line>\d+): (?P<message>.*)$", re.MULTILINE)
PORT = re.compile(r"(?<=[\d\]]:)(?!80\b|9\b)\d+\b|(?<=port )\d+\b")

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the packets witness needs Linux")


def watch(program: Path, folder: Path) -> tuple[subprocess.CompletedProcess[str], Recording]:
    target = folder / "recording.json"
    command = [
        sys.executable,
        "-m",
        "socktrace",
        "run",
        "--strict",
        "--timeout",
        "3",
        "--json",
        str(target),
        str(program),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": ""}
    )
    assert target.exists(), done.stderr
    return done, from_json(target.read_text(encoding="utf-8"))


@linux_only
@pytest.mark.parametrize("program", BAD, ids=lambda path: path.stem)
def test_bad_program_is_caught_with_its_message(program: Path, tmp_path: Path) -> None:
    done, recording = watch(program, tmp_path)
    found = {
        (one.event, one.line or 0, PORT.sub("PORT", one.message).replace(sys.executable, "PYTHON"))
        for one in faults(judge(recording))
    }
    expected = {
        (match["event"], int(match["line"]), match["message"])
        for match in FAULT.finditer(program.read_text(encoding="utf-8"))
    }
    assert expected, f"{program}: say what is wrong with it in a line '# fault: EVENT LINE: MESSAGE'"
    assert found == expected
    assert done.returncode == 1, done.stderr


@linux_only
@pytest.mark.parametrize("program", GOOD, ids=lambda path: path.stem)
def test_good_program_is_not_blamed(program: Path, tmp_path: Path) -> None:
    done, recording = watch(program, tmp_path)
    assert [str(one) for one in judge(recording)] == []
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("\nclean\n")


def test_every_event_has_a_program_that_shows_it() -> None:
    shown = {match["event"] for program in BAD for match in FAULT.finditer(program.read_text(encoding="utf-8"))}
    elsewhere = {"lingering", "unfinished", "no-socket"}  # below, by hand: no program of ours can be left in that state
    assert set(EVENTS) - shown == elsewhere


def test_declarations_are_comments_only() -> None:
    source = 'text = "# socktrace: expect reset"\nx = 1  # socktrace: expect refused, wildcard\n'
    assert [(one.event, one.line) for one in declared(source)] == [("refused", 2), ("wildcard", 2)]
    assert declared("def broken(:\n") == ()


def test_snippet_without_socket_must_say_so() -> None:
    assert [one.event for one in judge(empty(), snippet=True)] == ["no-socket"]
    declares = declared("# socktrace: expect no-socket")
    assert judge(empty(declarations=declares), snippet=True) == ()
    assert judge(empty(declarations=declares)) == ()


def test_what_the_kernel_still_holds_is_a_fault_unless_it_waits() -> None:
    from socktrace.recording import Endpoint, Leftover

    here, there = Endpoint("127.0.0.1", 4000), Endpoint("127.0.0.1", 4001)
    assert judge(empty(left=(Leftover("tcp", "TIME_WAIT", here, there),))) == ()
    (finding,) = judge(empty(left=(Leftover("tcp", "FIN_WAIT2", here, there),)))
    assert finding.event == "lingering"
    assert "127.0.0.1:4000, FIN_WAIT2" in finding.message


def test_connection_without_both_fins_is_unfinished() -> None:
    from socktrace.recording import Endpoint, Packet

    client, server = Endpoint("127.0.0.1", 4000), Endpoint("127.0.0.1", 4001)

    def packet(at: int, source: Endpoint, flags: str) -> Packet:
        return Packet(at, "TCP", source, server if source == client else client, flags, at > 2, 0, 0, "", 40, "")

    wire = (
        packet(1, client, "SYN"),
        packet(2, server, "SYN ACK"),
        packet(3, client, "ACK"),
        packet(4, client, "ACK FIN"),
    )
    found = judge(empty(packets=wire, strangers=("other",)))
    assert [(one.event, one.message) for one in found] == [
        ("unfinished", "the connection from 127.0.0.1:4000 to 127.0.0.1:4001 has no FIN from 127.0.0.1:4001")
    ]


def test_notes_become_faults_when_strict() -> None:
    from socktrace.recording import Call, Endpoint, Socket

    end = Endpoint("0.0.0.0", 8080)
    socket = Socket(1, "AF_INET", "SOCK_STREAM", "socket", "unused", end)
    calls = tuple(
        Call(at, at, 0, 0, 1, 3, name, name, "", at, argument="0.0.0.0:8080", local=end if name == "bind" else None)
        for at, name in enumerate(("socket", "bind", "close"), 1)
    )
    recording = empty(sockets=(socket,), calls=calls)
    assert [(one.event, one.is_note) for one in judge(recording, strict=True)] == [
        ("wildcard", False),
        ("fixed-port", False),
    ]
    loose = judge(recording, strict=False)
    assert [(one.event, one.is_note) for one in loose] == [("wildcard", True), ("fixed-port", True)]
    assert faults(loose) == ()
