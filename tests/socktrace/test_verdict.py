"""Every rule has programs that break it, each caught with its exact message, and programs that keep it, none blamed."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from socktrace.recording import Packet, Recording, from_json
from socktrace.recording.declarations import declared
from socktrace.verdict import EVENTS, faults, judge
from support import batch, website
from support.batch import Done, Job, Once, asked
from support.eras import CLOSES_AFTER_ITS_HANDLER, SAYS_AN_ABRUPT_END, marked
from support.handmade import CLIENT, SERVER, echo, empty, segment

HERE = Path(__file__).parent
BAD = sorted(f"bad/{path.name}" for path in (HERE / "bad").glob("*.py"))
ERAS = {
    "stranger/closes_in_the_handshake.py": SAYS_AN_ABRUPT_END,
    "stranger/handler_fails_in_a_loop.py": CLOSES_AFTER_ITS_HANDLER,
}
STRANGERS = sorted(f"stranger/{path.name}" for path in (HERE / "stranger").glob("*.py"))
GOOD = sorted(f"good/{path.name}" for path in (HERE / "good").glob("*.py"))
SAYS = re.compile(r"^# (?P<kind>fault|note): (?P<event>\S+) (?P<line>\d+): (?P<message>.*)$", re.MULTILINE)
PORT = re.compile(r"(?<=[\d\]]:)(?!80\b|9\b)\d+\b|(?<=port )\d+\b|(?<=', )\d+(?=\))|(?<=process )\d+|(?<=_ssl\.c:)\d+")

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the packets witness needs Linux")


@pytest.fixture(scope="session")
def watched(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[str, Done]:
    """Give what the command says of each program that is asked about; it leaves the recordings in `shared`."""

    def job(program: str) -> Job:
        hangs = "# fault: hang" in (HERE / program).read_text(encoding="utf-8")
        strict = () if program in STRANGERS else ("--strict",)
        words = ("run", *strict, "--timeout", "4" if hangs else "20", "--json", str(kept(shared, program)))
        return Job((*words, str(HERE / program)), str(website.ROOT))

    return once("watched", lambda: batch.trace({program: job(program) for program in asked(request, "program")}))


def named(program: str) -> list[re.Match[str]]:
    """Return the faults that a program names in comments; what is long goes on in a line that is set in."""
    text = (HERE / program).read_text(encoding="utf-8")
    return [*SAYS.finditer(re.sub(r"\n#  +", " ", text))]


def masked(message: str) -> str:
    """Hide what the kernel chose, and where this project and its Python lie."""
    return PORT.sub("PORT", message).replace(sys.executable, "PYTHON").replace(f"{website.ROOT}/", "")


def kept(folder: Path, program: str) -> Path:
    return folder / f"watched-{Path(program).stem}.json"


def recorded(folder: Path, program: str) -> Recording:
    return from_json(kept(folder, program).read_text(encoding="utf-8"))


@linux_only
@pytest.mark.parametrize("program", BAD)
def test_bad_program_is_caught_with_its_message(program: str, watched: dict[str, Done], shared: Path) -> None:
    done = watched[program]
    assert done.status == 1, done.stderr
    found = {(one.event, one.line or 0, masked(one.message)) for one in faults(judge(recorded(shared, program)))}
    expected = {(match["event"], int(match["line"]), match["message"]) for match in named(program)}
    assert expected, f"{program}: say what is wrong with it in a line '# fault: EVENT LINE: MESSAGE'"
    assert found == expected


@linux_only
@pytest.mark.parametrize("program", GOOD)
def test_good_program_is_not_blamed(program: str, watched: dict[str, Done], shared: Path) -> None:
    done = watched[program]
    assert done.status == 0, done.stderr
    assert [str(one) for one in judge(recorded(shared, program))] == []
    whole = not recorded(shared, program).strangers
    assert done.stderr.endswith("\nclean\n" if whole else "\nnothing wrong in what was watched\n")


@linux_only
@pytest.mark.parametrize("program", marked(STRANGERS, ERAS))
def test_what_is_said_of_a_strangers_program(program: str, watched: dict[str, Done], shared: Path) -> None:
    """A program that never heard of this project's rules is blamed for what is wrong with it, at the line that is."""
    done = watched[program]
    found = [
        ("note" if one.is_note else "fault", one.event, one.line or 0, masked(one.message), one.count)
        for one in judge(recorded(shared, program), strict=False)
    ]
    said = [(*match.group("kind", "event"), int(match["line"]), match["message"]) for match in named(program)]
    assert [(*one, f"{words} ({count} times)" if count > 1 else words) for *one, words, count in found] == said, done
    assert done.status == any(kind == "fault" for kind, *_ in said), done.stderr


def test_every_event_has_a_program_that_shows_it() -> None:
    shown = {match["event"] for program in BAD for match in named(program)}
    # below, by hand: no program of ours can be left in that state; and of pairs, in test_together.py
    elsewhere = {"lingering", "unfinished", "no-socket", "not-started"}
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


STRAYS = {
    "the ACK of the handshake, which the FIN has overtaken": segment(3.85, CLIENT, "ACK", 1, 1),
    "a FIN once more": segment(3.85, CLIENT, "ACK FIN", 6, 6),
    "bytes once more": segment(3.85, CLIENT, "ACK PSH", 1, 1, b"hello"),
}


@pytest.mark.parametrize("stray", STRAYS.values(), ids=STRAYS)
def test_a_stray_segment_of_a_finished_connection_is_no_reset(stray: Packet) -> None:
    """The kernel answers it with RST, since the connection is no more (RFC 9293 section 3.5.2, group 1)."""
    whole, answer = echo(), segment(3.86, SERVER, "RST", stray.ack)
    after = (*whole.packets, stray, answer)
    assert judge(replace(whole, packets=after)) == judge(whole) == ()
    before = (*whole.packets[:-1], replace(stray, at=3.75), replace(answer, at=3.76))
    assert [one.event for one in judge(replace(whole, packets=before))] == ["reset"]


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
