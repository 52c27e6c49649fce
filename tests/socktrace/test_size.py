"""However much a program does, the work after it grows no faster, and what is kept and shown of it has a bound."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from socktrace import output, recorder, sandbox
from socktrace.assembly import Text, put_together
from socktrace.calls import log
from socktrace.calls.log import Rows
from socktrace.commands import Ran, decoded, warm
from socktrace.ladder.document import document
from socktrace.packets.decoder import decode, to_pcap
from socktrace.packets.tap import Captured
from socktrace.packets.thinning import Thinning
from socktrace.packets.wire import Wire
from socktrace.recording import Recording, from_json, to_json
from socktrace.report import Look, report
from socktrace.verdict import Finding, faults, judge
from support.handmade import echo

ROOT = Path(__file__).parents[2]
RECORDINGS = sorted((ROOT / "docs/recordings").rglob("*.json"))

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces need Linux")

MUCH = """\
import os, socket, ssl, sys, tempfile
many = range(int(sys.argv[1]))
with socket.create_server(("127.0.0.1", 0)) as listener:
    for number in many:  # connections
        with socket.create_connection(listener.getsockname(), timeout=5) as client:
            accepted, _ = listener.accept()
            with accepted:
                client.sendall(b"%d" % number)
                accepted.recv(9)
    forgotten = [(socket.create_connection(listener.getsockname(), timeout=5), listener.accept()[0]) for _ in many]
    for number in many:  # resets
        with socket.create_connection(listener.getsockname(), timeout=5) as client:
            client.sendall(b"x")
            listener.accept()[0].close()
with socket.socket() as bound:
    bound.bind(("127.0.0.1", 0))
    for number in many:  # refusals
        with socket.socket() as client:
            client.connect_ex(bound.getsockname())
with socket.socket(type=socket.SOCK_DGRAM) as left, socket.socket(type=socket.SOCK_DGRAM) as right:
    left.bind(("127.0.0.1", 0))
    right.bind(("127.0.0.1", 0))
    for number in many:  # datagrams
        left.sendto(b"%d" % number, right.getsockname())
        right.recv(9)
with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
    listener.bind(os.path.join(folder, "s"))
    listener.listen()
    for number in many:  # paths
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(listener.getsockname())
            listener.accept()[0].close()
left, right = socket.socketpair()
with left, right:
    for number in many:  # one long stream
        left.sendall(b"%d" % (number % 7))
        right.recv(9)
"""


def ran(folder: Path, text: str, count: int) -> tuple[list[Ran], list[str], sandbox.Outcome, list[Captured]]:
    program = folder / "program.py"
    program.write_text(text, encoding="utf-8")
    command = warm(program, (str(count),))
    job = sandbox.Job((command,), 30.0, True, True)
    with closing(Wire()) as wire, sandbox.run(job, partial(recorder._Watch, wire)) as outcome:
        assert outcome.programs[0].exit_code == 0, outcome.programs[0].stderr
        assert outcome.watched
        seen = outcome.watched()
        outcome.watched = lambda: seen
        return [Ran(command)], [text], outcome, [*wire.read()]


def after(programs: list[Ran], sources: list[str], outcome: sandbox.Outcome, captured: list[Captured]) -> Recording:
    """Do all the work that there is after a run, and what can be done while it goes on."""
    texts = [Text.read(source) for source in sources]
    recording = put_together(programs, texts, outcome, lambda: decode(captured, outcome.programs[0].began))
    findings = judge(recording, strict=False)
    report(recording, findings)
    to_json(recording)
    to_pcap(recording)
    document(recording, sources, findings=findings)
    return recording


def lines_run(work: Callable[[], object]) -> Counter[CodeType]:
    """Return how many lines each piece of code of ours runs, those that loop back counted anew."""
    counts: Counter[CodeType] = Counter()

    def count(frame: FrameType, _event: str, _argument: object) -> Any:
        if "socktrace" not in frame.f_code.co_filename and not frame.f_code.co_filename.startswith("<"):
            return None
        counts[frame.f_code] += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return counts


def too_steep(few: Counter[CodeType], many: Counter[CodeType]) -> list[str]:
    """Return what ran far more than four times as often for four times as much: 16 times is what a square gives."""
    return [
        f"{code.co_qualname} ({Path(code.co_filename).name}:{code.co_firstlineno}): {few[code]}, then {count}"
        for code, count in many.items()
        if few[code] and count > max(700, 10 * few[code])
    ]


@linux_only
def test_the_work_after_a_run_grows_with_the_run(tmp_path: Path) -> None:
    few, many = (ran(tmp_path, MUCH, count) for count in (10, 40))
    assert too_steep(lines_run(lambda: after(*few)), lines_run(lambda: after(*many))) == []


def test_what_grows_with_the_square_is_named() -> None:
    def every_pair(count: int) -> int:
        return sum(1 for first in range(count) for second in range(count) if first != second)

    (found,) = too_steep(lines_run(lambda: every_pair(10)), lines_run(lambda: every_pair(40)))
    assert "every_pair" in found


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_the_first_the_last_and_what_matters_are_kept() -> None:
    kept: list[int] = []
    take = Thinning(kept.append, lambda one: one % 10 == 0, first=5, last=3, most=8)
    for number in range(1, 101):
        take(number)
    take.finish()
    assert kept == [1, 2, 3, 4, 5, 10, 20, 30, 98, 99, 100]
    assert (take.missing, take.missed) == (89, True)


@pytest.mark.parametrize("count", [0, 5, 8])
def test_of_few_all_are_kept(count: int) -> None:
    kept: list[int] = []
    take = Thinning(kept.append, bool, first=5, last=3, most=8)
    for number in range(count):
        take(number)
    take.finish()
    assert (kept, take.missing, take.missed) == ([*range(count)], 0, False)


@linux_only
def test_what_is_left_out_of_the_packets_is_said_and_blames_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "_PACKETS", 20)
    monkeypatch.setattr(recorder, "_LAST_PACKETS", 5)
    recording = after(*ran(tmp_path, MUCH.partition("    forgotten")[0], 20))
    (said,) = recording.unseen
    assert re.fullmatch(
        r"packets: of \d+ the first 20 and the last 5 are kept, and all that open or end a connection", said
    )
    assert sum(packet.has("FIN") for packet in recording.packets) == 40
    findings = judge(recording, strict=False)
    assert faults(findings) == ()
    assert report(recording, findings).endswith("\n\nnothing wrong in what was watched\n")


@linux_only
def test_packets_that_there_is_no_room_for_are_said_to_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    recording = after(*ran(tmp_path, MUCH.partition("    forgotten")[0], 1))
    assert recording.unseen == ("packets: not all could be kept: No space left on device",)
    assert faults(judge(recording, strict=False)) == ()


def test_packets_are_read_as_they_come_and_each_once() -> None:
    first, second, third = (Captured(at, bytes([at]), at) for at in (1, 2, 3))
    wire = Wire()
    assert [*wire.read()] == []
    wire.write([first, second])
    assert [*wire.read()] == [first, second]
    wire.write([third])
    whole = os.fstat(wire._file.fileno()).st_size
    os.truncate(wire._file.fileno(), whole - 1)  # the one who writes is not done
    assert [*wire.read()] == []
    wire._written = 8
    wire.write([first, second])
    wire.write([third])
    assert [*wire.read()] == [third]
    assert wire.began == 0
    wire.began = 7
    assert wire.began == 7
    wire.close()


@linux_only
def test_of_calls_that_move_bytes_for_ever_the_first_and_the_last_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_FIRST", 1 << 15)
    monkeypatch.setattr(log, "_PLENTY", 1 << 15)
    monkeypatch.setattr(log, "_LAST", 1 << 13)
    many = "left, right = socket" + MUCH.partition("left, right = socket")[2]
    recording = after(*ran(tmp_path, f"import socket, sys\nmany = range(int(sys.argv[1]))\n{many}", 1_000))
    (said,) = recording.unseen
    lost = int(re.fullmatch(r"bytes: ([\d,]+) calls that only moved bytes.*", said)[1].replace(",", ""))  # type: ignore[index]
    moved = [call for call in recording.calls if call.name in ("send", "recv")]
    assert len(moved) + lost == 2_000
    assert (moved[0].function, moved[-1].function) == ("sendall", "recv")
    assert moved[-1].data == str(999 % 7)
    assert 100 < len(moved) < 1_000
    others = [call.name for call in recording.calls if call.name not in ("send", "recv")]
    assert others == ["socketpair", "socketpair", "close", "close"]
    findings = judge(recording)
    assert findings == ()
    assert report(recording, findings).endswith("\n\nnothing wrong in what was watched\n")


def test_a_program_that_closes_nothing_is_not_excused() -> None:
    """What the log had no room for excuses only sockets of which it does not say that they stayed open."""
    rows = Rows([])
    assert ([*rows], rows.reasons, rows.lost) == ([], [], 0)
    recording = from_json((ROOT / "docs/recordings/sockets/echo.json").read_text(encoding="utf-8"))
    kept = tuple(call for call in recording.calls if call.name != "close")
    unclosed = replace(recording, calls=kept)
    assert {one.event for one in faults(judge(unclosed))} == {"left-open"}
    blind = replace(unclosed, unseen=("calls: not all could be kept: it filled 160 MiB with them",))
    assert faults(judge(blind)) == ()
    ended = replace(kept[-1], name="exit", socket=1)
    assert {one.event for one in faults(judge(replace(blind, calls=(*kept, ended))))} == {"left-open"}


# -- what is shown -----------------------------------------------------------------------------------------------------


@linux_only
def test_the_report_of_much_fits_a_terminal_and_its_page_a_mail(tmp_path: Path) -> None:
    programs, sources, outcome, captured = ran(tmp_path, MUCH, 60)
    recording = after(programs, sources, outcome, captured)
    findings = judge(recording)
    said = report(recording, findings)
    assert len(said.splitlines()) <= 60
    assert re.search(r"^  60 accepted sockets: opened line 6, closed line 7$", said, re.MULTILINE)
    assert said.index("fault: ") < said.index("accepted sockets") < said.index("TCP connection")
    whole = report(recording, findings, Look(height=None))
    assert len(whole.splitlines()) > 60
    assert "--full" in said
    assert "--full" not in whole
    assert len(document(recording, sources, findings=findings)) < 400_000


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_report_of_every_recording_fits_a_terminal(path: Path) -> None:
    try:
        recording = from_json(path.read_text(encoding="utf-8"))
    except ValueError:  # that of a session
        return
    lines = report(recording, judge(recording)).splitlines()
    assert len(lines) <= 60
    assert all(len(line) <= 80 or re.match("fault|note|socktrace|not |  | {4}", line) for line in lines)
    narrow = report(recording, (), Look(width=60, height=30, ascii=True)).splitlines()
    assert len(narrow) <= 40
    assert all(line.isascii() for line in narrow if not line.startswith(("socktrace:", "not ", "  ")))


def test_the_ladder_can_be_left_out() -> None:
    recording = from_json((ROOT / "docs/recordings/sockets/echo.json").read_text(encoding="utf-8"))
    assert report(recording, (), Look(ladder=False)).splitlines()[-3:-1] == [
        report(recording, ()).splitlines()[4],
        "",
    ]


@pytest.mark.parametrize(
    ("environ", "is_terminal", "colour"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colours_are_for_terminals_and_for_those_who_want_them(
    environ: dict[str, str], is_terminal: bool, colour: bool
) -> None:
    class Stream(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return is_terminal

    look = output.look(Stream(), environ)
    assert look == Look(colour=colour)
    recording = from_json((ROOT / "docs/recordings/sockets/echo.json").read_text(encoding="utf-8"))
    assert ("\x1b[" in report(recording, judge(recording), look)) == colour


def test_the_report_is_as_wide_and_long_as_the_terminal() -> None:
    stream = io.StringIO()
    look = output.look(stream, {"COLUMNS": "100", "LINES": "30"})
    assert (look.width, look.height, look.ascii) == (100, 30, True)
    assert output.look(stream, {"LINES": "500"}).height == 60
    assert output.look(stream, {}, full=True).height is None


# -- the page ----------------------------------------------------------------------------------------------------------


def test_a_page_names_all_programs_and_says_what_is_wrong() -> None:
    recording = from_json((ROOT / "docs/recordings/sockets/hello/server.json").read_text(encoding="utf-8"))
    texts = [
        (ROOT / "snippets/sockets/hello" / name).read_text(encoding="utf-8") for name in ("server.py", "client.py")
    ]
    finding = Finding("left-open", "a.py", 3, "the <socket> is open", "close it", is_note=True)
    page = document(recording, texts, findings=[finding])
    assert "<h1>What server.py and client.py did</h1>" in page
    assert "note: </strong>a.py:3: the &lt;socket&gt; is open<br>close it" in page
    assert "sk-found" not in document(recording, texts).partition("<body>")[2]
    inside = replace(recording, program="pkg/__main__.py", beside=())
    assert "<h1>What pkg did</h1>" in document(inside, texts[:1])


def test_a_long_file_is_shown_where_it_did_something() -> None:
    recording = from_json((ROOT / "docs/recordings/sockets/echo.json").read_text(encoding="utf-8"))
    text = (ROOT / "snippets/sockets/echo.py").read_text(encoding="utf-8")
    before = 5_000
    moved = replace(
        recording, calls=tuple(replace(call, line=call.line and call.line + before) for call in recording.calls)
    )
    page = document(moved, ["pass\n" * before + text + "pass\n" * before])
    shown = [int(number) for number in re.findall(r'id="step-file-0-line-(\d+)"', page)]
    assert len(shown) <= 1_200
    assert {call.line for call in moved.calls if call.path == ""} <= {*shown}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x = 'ö'\n".encode(), "x = 'ö'\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        ("# -*- coding: latin-1 -*-\nx = 'ö'\n".encode("latin-1"), "# -*- coding: latin-1 -*-\nx = 'ö'\n"),
        (b"x = '\xff'\n", "x = '\ufffd'\n"),
        (b"# coding: none-such\n\xff\n", "# coding: none-such\n\ufffd\n"),
    ],
)
def test_a_source_is_read_as_python_reads_it(source: bytes, text: str) -> None:
    assert decoded(source) == text


def test_who_closed_a_socket_is_said_where_no_line_did() -> None:
    made = echo()
    calls = tuple(replace(one, line=None, via="library") if one.name == "close" else one for one in made.calls)
    said = report(replace(made, calls=calls), ())
    assert "closed by library" in said
    assert "line ?" not in said
