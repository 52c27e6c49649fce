"""The run that plays: its sentences say nothing that the recording denies, and its HTML can be read by all."""

from __future__ import annotations

import ast
import gzip
import random
import re
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitebuild.programs.store import Store
from socktrace import ladder
from socktrace.ladder import run as ladder_run
from socktrace.ladder.page import File, View, block
from socktrace.ladder.prints import printed
from socktrace.ladder.source import folded, to_element
from socktrace.ladder.words import Piece, plain, say
from socktrace.markup import element, to_html
from socktrace.recording import Call, Endpoint, Packet, Recording, from_json
from socktrace.recording.conversations import Conversation, calls_of, conversations
from socktrace.recording.endings import CLOSINGS
from socktrace.wording import STATES
from support.handmade import CLIENT, SERVER, call, chance_recording, echo, fifty, hostile, recording, segment, tcp, udp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from socktrace.ladder.run import Row, Run

STORE = Store(Path(__file__).parents[2])
NAMES = [*STORE.names(), *STORE.faulty()]


@cache
def recorded(name: str) -> Recording:
    return from_json(STORE.path(name).read_text(encoding="utf-8"))


@cache
def told(name: str) -> Run:
    made = recorded(name)
    texts = (STORE.source(file).read_text(encoding="utf-8") for file in STORE.files(name))
    return ladder.tell(made, ladder.draw(made), dict(zip((one.file for one in made.programs), texts, strict=True)))


def run_of(made: Recording) -> Run:
    return ladder.tell(made, ladder.draw(made), {})


def said(run: Run) -> list[str]:
    return [plain(row.sentence) for row in run.rows]


# Worked out by hand from the times in handmade.echo().
ECHO = [
    "The server asks the kernel for a socket and any free port, and gets 5000. It listens there from now on.",
    "The server calls accept() and waits until somebody calls.",
    ("The client asks for a connection to port 5000. It gets a port of its own too: 40000. It waits for an answer."),
    "“Can we talk?” The client's kernel sends SYN.",
    "“Yes. Can you hear me?” The server's kernel answers by itself: its program is still waiting in accept().",
    "“I can.” Three packets, and the connection is open.",
    "connect() returns: the connection is open.",
    "accept() returns with a new socket for this one client. The first one goes on listening.",
    "The client hands five bytes to its kernel. That is all that sendall() has to do, unless the kernel has no room.",
    "hello crosses the wire. The packet is 45 bytes long; five of them are yours. It waits in the kernel until the server asks for it.",
    "“Got it.” The server's kernel says which byte it expects next: number 6.",
    "The server's recv() returns the five bytes hello.",
    "The server hands five bytes to its kernel. That is all that sendall() has to do, unless the kernel has no room.",
    "hello comes back. The packet is 45 bytes long; five of them are yours. It waits in the kernel until the client asks for it.",
    "“Got it.” The client's kernel says which byte it expects next: number 6.",
    "The server calls recv(). Nothing has come yet, so it waits.",
    "“I'm done,” says the client. Done sending, that is: it can still read.",
    "“I'm done.” FIN: no more bytes from the client.",
    "recv() returns b'', the empty bytes. That's how a program hears FIN.",
    "The client's recv() returns the five bytes hello.",
    "The server closes its socket for this one client.",
    "“Then so am I.” FIN from the server, too. The same packet confirms the other one.",
    "“Got it. Bye.” That confirms the FIN.",
    "The client closes its socket.",
    "The server closes its listening socket.",
]


def test_the_sentences_are_those_of_the_hand() -> None:
    assert said(run_of(echo())) == ECHO


# -- no sentence says what its recording denies ------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A row with what a check needs, which goes by the recording alone."""

    made: Recording
    row: Row

    @property
    def packet(self) -> Packet:
        assert self.row.wire is not None
        return self.row.wire.packet

    @property
    def call(self) -> Call:
        assert self.row.call is not None
        return self.row.call

    @property
    def one(self) -> Conversation | None:
        """The conversation that it belongs to."""
        for one in conversations(self.made):
            if self.row.wire and any(packet is self.packet for packet in one.packets):
                return one
            if self.row.call and self.call.socket in (one.client_socket, one.server_socket):
                return one
        return None

    @property
    def sealed(self) -> bool:
        """Whether TLS reads and writes between the program and the kernel, so that neither has the other's bytes."""
        ends = (self.one.client_socket, self.one.server_socket) if self.one else ()
        return any(self.made.socket(end).tls for end in ends if end is not None)

    def accepts(self) -> list[Call]:
        one = self.one
        return [call for call in calls_of(self.made, one.listener) if call.name == "accept"] if one else []

    def reader(self) -> list[Call]:
        """Return the calls on the socket that a packet is for."""
        one = self.one
        own = one and (one.server_socket if self.packet.source == one.client else one.client_socket)
        return [call for call in calls_of(self.made, own or 0) if call.name == "recv"]

    def received(self, end: Endpoint, at: float) -> int:
        """Return up to which byte packets for an end had come."""
        one = self.one
        return (
            max((p.seq + p.size - 1 for p in one.packets if p.source != end and p.at <= at and p.size), default=0)
            if one
            else 0
        )

    def own_end(self) -> Endpoint | None:
        one = self.one
        return None if one is None else one.client if self.call.socket == one.client_socket else one.server

    def closes(self, *, last: bool) -> bool:
        """Say whether it closed a descriptor, and whether that was the last and the other end could notice."""
        ends = [call for call in calls_of(self.made, self.call.socket) if call.name in CLOSINGS]
        if self.call.name != "close" or self.call.error or (ends[-1] is self.call) is not last:
            return False
        one, own = self.one, self.own_end()
        if one is None or one.protocol != "TCP" or not any(p.has("SYN", "ACK") for p in one.packets):
            return True  # there is no wire, or nobody has answered on it
        is_end = self.call.socket in (one.client_socket, one.server_socket)
        over = [p for p in one.packets if p.has("RST") or (p.has("FIN") and p.source == own)]
        return not is_end or (bool(over) and (last or over[-1].at >= self.call.at))

    def is_of(self, *sides: str) -> bool:
        """Say whether a call was made on the socket that a side of a conversation has."""
        return any(self.call.socket in [getattr(one, side) for side in sides] for one in conversations(self.made))

    def fin_heard(self, at: float) -> bool:
        one, end = self.one, self.own_end()
        return one is not None and any(p.has("FIN") and p.source != end and p.at <= at for p in one.packets)


def number(text: str) -> int:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words.index(text.lower()) if text.lower() in words else int(text.replace(",", ""))


def nothing_came(it: Told, _: re.Match[str]) -> bool:
    one, end = it.one, it.own_end()
    if it.sealed:
        return False  # TLS has read all of the handshake by then
    if one is None or end is None or one.protocol != "TCP":
        return one is not None and one.protocol == "Unix"
    got = sum(c.size or 0 for c in calls_of(it.made, it.call.socket) if c.name == "recv" and c.until <= it.call.at)
    return it.received(end, it.call.at) <= got and not it.fin_heard(it.call.at)


def room_of(packet: Packet) -> int:
    raw = bytes.fromhex(packet.raw)
    return int.from_bytes(raw[34:36] if raw[0] >> 4 == 4 else raw[54:56], "big")


CHECKS: dict[str, Callable[[Told, re.Match[str]], bool]] = {
    r"accept\(\) has not been called yet": lambda it, _: not [c for c in it.accepts() if c.at <= it.packet.at],
    r"has not been called for it yet": lambda it, _: not [
        c for c in it.accepts() if c.at <= it.packet.at < c.until and it.one and c.made == it.one.server_socket
    ],
    r"still waiting in accept\(\)": lambda it, _: bool([c for c in it.accepts() if c.at <= it.packet.at < c.until]),
    r"nobody calls accept\(\) for it": lambda it, _: it.one is not None and it.one.server_socket is None,
    r"packet is ([\d,]+) bytes long; (\S+) of them (?:is|are) yours": lambda it, m: (
        (number(m[1]), number(m[2]), it.sealed) == (it.packet.length, it.packet.size, False)
    ),
    r"packet is ([\d,]+) bytes long; (\S+) of them are TLS's": lambda it, m: (
        (number(m[1]), number(m[2]), it.sealed) == (it.packet.length, it.packet.size, True)
    ),
    r"which byte it expects next: number ([\d,]+)": lambda it, m: number(m[1]) == it.packet.ack,
    r"Three packets, and the connection is open": lambda it, _: (
        it.one is not None and [p.flags for p in it.one.packets[:3]] == ["SYN", "SYN ACK", "ACK"] and it.one.packets[2] is it.packet
    ),
    r"Nothing has come yet, so it waits": nothing_came,
    r"until \S+(?: \S+)? asks for (?:it|them)": lambda it, _: (
        not it.sealed and bool([c for c in it.reader() if c.at > it.packet.at]) and not [c for c in it.reader() if c.at <= it.packet.at < c.until]
    ),
    r"never asks for (?:it|them)": lambda it, _: not it.sealed and not [c for c in it.reader() if c.until > it.packet.at],
    r"Nobody has accepted the connection yet": lambda it, _: not [
        c for c in it.accepts() if it.one and c.made == it.one.server_socket and c.until <= it.packet.at and c.made
    ],
    r"accept\(\) has not returned yet": lambda it, _: bool(
        [c for c in it.accepts() if it.one and c.made == it.one.server_socket and c.made and c.at <= it.packet.at < c.until]
    ),
    r"asleep in accept\(\)": lambda it, _: it.call.name == "connect" and bool(
        [p for c in it.accepts() for p in (it.one.packets if it.one else ())
         if it.one and c.made == it.one.server_socket and c.made and c.at < it.call.at and it.call.until < p.at < c.until]
    ),
    r"has its turn to run: accept\(\)": lambda it, _: bool(
        [p for one in conversations(it.made) if one.server_socket == it.call.made and it.call.made
         for p in one.packets[3:] if it.call.at < one.packets[0].at and p.at < it.call.until]
    ),
    r"asleep in recv\(\)": lambda it, _: not it.sealed and bool(
        [p for c in it.reader() for p in (it.one.packets if it.one else ())
         if c.at < it.packet.at and p.has("FIN") and p.source == it.packet.source and it.packet.at < p.at < c.until]
    ),
    r"or its time is up": lambda it, _: it.call.name == "accept",
    r"the client is done already": lambda it, _: bool(
        it.call.made and [p for one in conversations(it.made) if one.server_socket == it.call.made
                          for p in one.packets if p.has("FIN") and p.source == one.client and p.at < it.call.at]
    ),
    r" comes back\.": lambda it, _: bool(
        it.one and [p for p in it.one.packets if p.at < it.packet.at and p.source != it.packet.source and p.data == it.packet.data]
    ),
    r"how a program hears FIN": lambda it, _: it.call.size == 0 and it.fin_heard(it.call.until),
    r"returns the (\S+) bytes?": lambda it, m: it.call.name == "recv" and it.call.size == number(m[1]),
    r"had that before the FIN": lambda it, _: not it.sealed and bool(it.call.size) and it.fin_heard(it.call.until) and not it.fin_heard(it.call.at),
    r"hands (\S+) bytes? to its kernel": lambda it, m: it.call.name == "send" and not it.sealed and (
        number(m[1]) == (it.call.asked or it.call.size)
    ),
    r"That is all that": lambda it, _: not it.call.asked,
    r"has room for (\S+) of them": lambda it, m: bool(it.call.asked) and number(m[1]) == it.call.size,
    r"hands (\S+) bytes? to TLS": lambda it, m: it.call.name == "send" and it.sealed and it.call.size == number(m[1]),
    r"(\S+) bytes? more wait in the kernel": lambda it, m: not it.sealed and it.call.argument != "MSG_PEEK" and (
        number(m[1]) == it.received(it.own_end() or CLIENT, it.call.until)
        - sum(c.size or 0 for c in calls_of(it.made, it.call.socket) if c.name == "recv" and c.until <= it.call.until and c.argument != "MSG_PEEK")
    ),
    r"returns at once": lambda it, _: bool(
        [p for one in conversations(it.made) if one.server_socket == it.call.made for p in one.packets[2:3] if p.at < it.call.at]
    ),
    r"Nobody has had to call accept": lambda it, _: not [c for c in it.accepts() if it.one and c.made == it.one.server_socket and c.until <= it.call.until],
    r"connect(?:ion)?\(\) returns: the connection is open": lambda it, _: it.call.name == "connect" and not it.call.error,
    r"nobody listens at port (\d+)": lambda it, m: (
        it.packet.has("RST") and it.packet.source.port == int(m[1]) and it.packet.size == 0
        and not [c for c in it.made.calls if c.name == "listen" and not c.error and c.at < it.packet.at and c.local and c.local.port == int(m[1])
                 and not [e for e in calls_of(it.made, c.socket) if e.name == "close" and e.until < it.packet.at]]
    ),
    r"FIN: no more bytes from": lambda it, _: it.packet.has("FIN") and not [
        p for p in (it.one.packets if it.one else ()) if p.has("FIN") and p.at < it.packet.at
    ],
    r"FIN from .*, too": lambda it, _: it.packet.has("FIN") and bool(
        [p for p in (it.one.packets if it.one else ()) if p.has("FIN") and p.at < it.packet.at and p.source != it.packet.source]
    ),
    r"confirms the (?:FIN|other one)": lambda it, _: bool(
        it.one and [p for p in it.one.packets if p.has("FIN") and p.source != it.packet.source and p.seq + p.size < it.packet.ack]
    ),
    r"fails with (\w+)": lambda it, m: it.call.error == m[1],
    r"waits while the kernel has no room": lambda it, _: it.call.name == "send" and it.call.error == "TimeoutError",
    r"gives up: TimeoutError": lambda it, _: it.call.error == "TimeoutError",
    r"sends (?:the same|.*) again": lambda it, _: bool(
        it.one and [
            p for p in it.one.packets if p.at < it.packet.at and p.source == it.packet.source
            and ((p.seq, p.size) == (it.packet.seq, it.packet.size) or {it.packet.seq, it.packet.seq + it.packet.size - 1} <= {*range(p.seq, p.seq + p.size)})
        ]
    ),
    r"nobody has confirmed (?:it|them) yet": lambda it, _: bool(it.one) and not [
        p for p in (it.one.packets if it.one else ()) if p.at < it.packet.at and p.source != it.packet.source and p.ack > it.packet.seq
    ],
    r"Still no room|no room for that": lambda it, _: room_of(it.packet) == 0,
    r"room again": lambda it, _: room_of(it.packet) > max(
        [room_of(p) for p in (it.one.packets if it.one else ()) if p.at < it.packet.at and p.source == it.packet.source][-1:], default=65536
    ),
    r"Is there room now": lambda it, _: [
        room_of(p) for p in (it.one.packets if it.one else ()) if p.at < it.packet.at and p.source != it.packet.source
    ][-1:] == [0],
    r"closes (?!a descriptor)": lambda it, _: it.closes(last=True),
    r"closes a descriptor of .*so it stays": lambda it, _: it.closes(last=False),
    r"^(?:The c|C)lient(?: \d+)? closes|closes the client's": lambda it, _: it.is_of("client_socket"),
    r"^(?:The s|S)erver(?: \d+)? closes|closes the server's": lambda it, _: not it.is_of("client_socket") and (
        it.is_of("server_socket", "listener") or "listen" in [c.name for c in calls_of(it.made, it.call.socket)]
    ),
    r"once more that byte ([\d,]+) comes next": lambda it, m: number(m[1]) == it.packet.ack and bool(
        it.one and [p for p in it.one.packets if p.at < it.packet.at and p.source == it.packet.source and p.ack == it.packet.ack]
    ),
}  # fmt: skip
# ruff: noqa: E501
"""What a sentence may claim, and how the recording says whether that is so. Folded rows stand for several and are left out."""


def rows_of(made: Recording, run: Run) -> Iterator[tuple[Told, str]]:
    for row in run.rows:
        words = plain(row.sentence)
        if "in a row" not in words and (row.wire or row.call):
            yield Told(made, row), words


def holds(it: Told, claim: str, words: str) -> bool:
    """Say whether a sentence makes a claim rightly."""
    match = re.search(claim, words)
    try:
        return match is not None and CHECKS[claim](it, match)
    except AssertionError:
        return False


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_says_what_its_recording_denies(name: str) -> None:
    wrong = [
        (claim, words)
        for it, words in rows_of(recorded(name), told(name))
        for claim in CHECKS
        if re.search(claim, words) and not holds(it, claim, words)
    ]
    assert not wrong


@pytest.mark.parametrize("name", [name for name in NAMES if any(one.tls for one in recorded(name).sockets)])
def test_what_lies_in_the_kernel_for_tls_is_not_said_to_be_the_programs(name: str) -> None:
    boxes = {moment.inbox for one in told(name).kept for moment in one.moments}
    assert "sealed, if any" in boxes
    assert not [
        inbox for inbox in boxes if re.search(r"^\W|bytes?$|nothing|queue: ", inbox) and inbox != "sealed, if any"
    ]


def blocks(name: str) -> Iterator[tuple[str, range, range, str]]:
    """Yield each `with` statement: its file, its function's lines, its own up to its block, and what these hold."""
    for one, file in zip(recorded(name).programs, STORE.files(name), strict=True):
        tree = ast.parse(STORE.source(file).read_text(encoding="utf-8"))
        for outer in (
            tree,
            *(node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))),
        ):
            whole = range(getattr(outer, "lineno", 1), (getattr(outer, "end_lineno", None) or 9999) + 1)
            for node in ast.walk(outer):
                if isinstance(node, (ast.With, ast.AsyncWith)):
                    yield (
                        one.file,
                        whole,
                        range(node.lineno, node.body[0].lineno),
                        " ".join(map(ast.unparse, node.items)),
                    )


def test_a_with_block_closes_what_it_holds() -> None:
    """Where another function opened the socket, it may have another name there."""
    checked = 0
    for name in NAMES:
        for it, words in rows_of(recorded(name), told(name)):
            if not words.startswith("The with block ends"):
                continue
            held = [one for one in blocks(name) if it.call.path == one[0] and it.call.line in one[2]]
            assert held, words
            _, within, _, holds = held[-1]
            opening = it.made.openings[it.call.socket]
            if (said := re.search(r"closes (\w+)\.$", words)) and opening.line in within:
                assert re.search(rf"\b({said[1]}|ExitStack)\b", holds), words
                checked += 1
    assert checked > 50


@pytest.mark.parametrize("claim", CHECKS)
def test_a_claim_at_another_place_is_found_wrong(claim: str) -> None:
    """Each claim is made somewhere, and is not true of other steps of the same run."""
    runs = [
        *((recorded(name), told(name)) for name in NAMES),
        *((made, run_of(made)) for made in (queued(None), confirmed_twice())),
    ]
    for rows in ([*rows_of(*one)] for one in runs):
        words = next((words for _, words in rows if re.search(claim, words)), "")
        if words and any(not holds(it, claim, words) for it, _ in rows):
            return
    pytest.fail("it is never made, or never wrong")


@pytest.mark.parametrize("name", NAMES)
def test_every_call_line_is_named_and_what_the_kernel_kept_is_what_was_left(name: str) -> None:
    made, run = recorded(name), told(name)
    named = {(row.path, line) for row in run.rows for line in row.lines}
    assert {(one.path, one.line) for one in made.calls if one.line and not one.via} <= named
    left = {row.local.port for row in made.left if row.state == "TIME_WAIT"}
    kept = {one.port for one in run.kept if one.moments[-1].inbox == "kept: TIME-WAIT"}
    assert kept <= {str(port) for port in left}
    assert all(one.name not in ("", "unused") or one.moments for one in run.kept)


# -- what it depends on ------------------------------------------------------------------------------------------------


def queued(accepted_at: float | None) -> Recording:
    """Return a connection that somebody accepts at a moment, or nobody."""
    accepts = (
        [call(accepted_at, max(accepted_at + 0.2, 2.5), 1, "accept", 3, made=3, local=SERVER, peer=CLIENT)]
        if accepted_at
        else []
    )
    return recording(
        sockets=(
            tcp(1, "listener", SERVER),
            tcp(2, "client", CLIENT, SERVER),
            *([tcp(3, "accepted", SERVER, CLIENT)] if accepts else []),
        ),
        calls=(
            call(0, 0.1, 1, "listen", 1, local=SERVER),
            call(1, 2, 2, "connect", 2, argument="127.0.0.1:5000", local=CLIENT, peer=SERVER),
            *accepts,
        ),
        packets=(segment(1.1, CLIENT, "SYN"), segment(1.2, SERVER, "SYN ACK", 0, 1), segment(1.3, CLIENT, "ACK", 1, 1)),
    )


def confirmed_twice() -> Recording:
    """Return a connection in which one end says twice what it expects."""
    made = queued(None)
    return replace(made, packets=(*made.packets, segment(1.4, CLIENT, "ACK", 1, 1)))


@pytest.mark.parametrize("name", NAMES)
def test_no_column_has_a_name_of_a_kind_where_the_program_has_one(name: str) -> None:
    lanes = told(name).lanes if recorded(name).sockets else ()
    assert [lane.name for lane in lanes if lane.variables and lane.name.endswith((" socket", " sockets"))] == []


def test_who_has_called_accept_is_said_as_it_was() -> None:
    early, late = said(run_of(queued(0.5))), said(run_of(queued(3)))
    assert [words for words in early if "still waiting in accept()" in words]
    assert [words for words in late if words.endswith("accept() has not been called yet.")]
    assert "connect() returns: the connection is open. Nobody has had to call accept() for that." in late
    assert late[-1].startswith("accept() returns at once with a new socket")


def test_what_an_unaccepted_client_has_said_lies_in_the_queue() -> None:
    """It is the same connection that `accept()` hands over; without that nobody sees where its bytes are until then."""
    for name in ("sockets/hello/server.py", "sockets/kernel_answers_before_accept.py"):
        run = told(name)
        sent = next(row.wire.packet for row in run.rows if row.wire and row.wire.packet.size)
        accepted = max(at for at, row in enumerate(run.rows, 1) if row.call and row.call.name == "accept")
        listener, conn = run.kept[0], next(one for one in run.kept if one.name in ("conn", "accepted"))
        told_of = [moment.inbox for moment in listener.moments if moment.row < accepted]
        assert f"queue: {sent.data}" in told_of
        assert told_of[-1].removeprefix("queue: ") == next(one.inbox for one in conn.moments if one.inbox)


def test_a_socket_is_called_in_the_kernel_as_above_its_lifeline() -> None:
    names = [one.name for one in told("sockets/full_queue_is_silent.py").kept]
    assert names == ["server", "client 1", "client 2", "accepted", "client 3", "accepted"]
    assert {"first", "second"} <= {one.name for one in told("sockets/full_queue_of_a_path.py").kept}


def test_a_send_that_gives_up_fails_below_what_it_sent() -> None:
    """Who reads downwards must not meet the end of a call before its bytes; and a pool's thread is no library."""
    rows = [(row.code, row.result, row.via) for row in told("many/both_send_nobody_reads.py").rows]
    begins, fails = ("sendall()", "waits", "in a thread"), ("sendall()", "\u2192 TimeoutError", "in a thread")
    sent = [at for at, (code, _, _) in enumerate(rows) if code.endswith("bytes")]
    assert rows.index(begins) < sent[0]
    assert rows.index(fails) > sent[-1]


def test_a_socket_has_the_name_that_the_program_gives_it() -> None:
    made = echo()
    source = "\n".join(
        [
            "",
            "peer, _ = door.accept()",
            *[""] * 5,
            "door = socket.create_server(here)",
            *[""] * 2,
            "me = socket.create_connection(door)",
        ]
    )
    run = ladder.tell(made, ladder.draw(made), {"": source})
    assert [one.name for one in run.kept] == ["door", "me", "peer"]
    assert [lane.name for lane in run.lanes] == ["client", "server"]
    assert [row.code for row in run.rows][:3] == ["create_server()", "accept()", "create_connection()"]
    assert [row.code for row in run.rows if row.result == "returns"] == ["create_connection()"], "another than waited"
    assert "a new socket, peer, for this one client" in said(run)[7]


@pytest.mark.parametrize(
    ("line", "ends"),
    [("door.settimeout(5)", ", or its time is up."), ("socket.setdefaulttimeout(5)", ", or its time is up."), ("me.settimeout(5)", "."),
     ("door.settimeout(None)", "."), ("", ".")],
)  # fmt: skip
def test_a_wait_that_has_a_limit_is_said_to_have_one(line: str, ends: str) -> None:
    made = echo()
    source = "\n".join([*[""] * 7, "door = socket.create_server(here)", line])
    sentences = said(ladder.tell(made, ladder.draw(made), {"": source}))
    assert sentences[1] == "The server calls accept() and waits until somebody calls" + ends


PRINTS = """\
def serve(listener):
    with listener.accept()[0] as peer:
        while words := peer.recv(9):
            {serves}
            peer.sendall(words)
def main():
    thread = Thread(target=serve)
    listener = socket.create_server(here)
    thread.start()
    with socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
        words = client.recv(9)
        {early}
    thread.join()
    {late}
    listener.close()
"""
LINES = {"listen": 8, "accept": 2, "bind": 8, "socket": 8, "connect": 10}


@pytest.mark.parametrize(
    ("serves", "early", "late", "code"),
    [("print(words)", "", "", "recv()"), ("", "print(words)", "", "recv()"), ("", "", "print(words)", "close()"), ("", "", "", "close()")],
)  # fmt: skip
def test_what_was_printed_is_shown_when_its_line_can_have_run(serves: str, early: str, late: str, code: str) -> None:
    made = echo()
    where = {"recv": {2: 13, 3: 3}, "send": {2: 11, 3: 5}, "close": {1: 17, 2: 10, 3: 2}, "shutdown": {2: 12}}
    calls = tuple(replace(one, line=LINES.get(one.name) or where[one.name][one.socket]) for one in made.calls)
    run = run_of(replace(made, calls=calls))
    text = PRINTS.format(serves=serves or "pass", early=early or "pass", late=late or "pass")
    (at,) = printed(run, "", text, "hello")
    assert run.rows[at - 1].code == code
    assert code != "close()" or at == len(run.rows) - bool(late)
    assert run.rows[at - 1].result == "\u2192 hello" or code == "close()"


ASKS = """\
def ask(own):
    {asks}
def main():
    print("two words")
    own = socket.socket(type=socket.SOCK_DGRAM)
    for word in (b"one", b"two"):
        own.sendto(word, own.getsockname())
        {loop}
    {end}
    own.close()
"""


@pytest.mark.parametrize(
    ("asks", "loop", "end", "output", "rows"),
    [
        ("return own.recv(9)", "print('got', ask(own))", "print('all')", "two words\ngot one\ngot two\nall", (1, 3, 5, 5)),
        ("print(own.recv(9))", "ask(own)", "", "two words\none\ntwo", (1, 3, 5)),
        ("print('got', own.recv(9))", "ask(own)", "", "two words\ngot one\ngot two", (1, 3, 5)),
        ("print('got', own.recv(9), end='')", "ask(own)", "", "two words\ngot onegot two", (5, 5)),
        ("return own.recv(9)", "ask(own)", "thread.join(); print('done')", "two words\ndone", (1, 5)),
        ("return own.recv(9)", "ask(own)", "", "two words\nand what nobody printed", (6, 6)),
    ],
)  # fmt: skip
def test_each_line_is_shown_when_its_own_print_can_have_run(
    asks: str, loop: str, end: str, output: str, rows: tuple[int, ...]
) -> None:
    calls = (
        call(1, 1, 1, "socket", 5),
        call(2, 2, 1, "send", 7, "sendto", size=3),
        call(3, 3, 1, "recv", 2, size=3),
        call(4, 4, 1, "send", 7, "sendto", size=3),
        call(5, 5, 1, "recv", 2, size=3),
        call(6, 6, 1, "close", 10),
    )
    run = run_of(recording(sockets=(udp(1, CLIENT),), calls=calls))
    assert len(run.rows) == 6
    assert printed(run, "", ASKS.format(asks=asks, loop=loop, end=end or "pass"), output) == rows


def test_words_in_a_payload_are_never_a_template() -> None:
    assert say("{who} says `{what}`.", who=(Piece("{who}`"),), what="{x}`") == (
        Piece("{who}` says "),
        Piece("{x}`", "code"),
        Piece("."),
    )


def test_every_state_has_its_tooltip() -> None:
    states = {state for name in NAMES for row in told(name).rows for _, state in row.states}
    assert states <= STATES.keys()


def test_the_two_sockets_of_a_forwarder_stand_in_one_frame() -> None:
    framed = {
        name: to_html([ladder.wire(told(name), "x", {})]).count('<i style="--a:')
        for name in ("ports/forwarder.py", "sockets/frame_by_close.py", "many/many_by_threads.py")
    }
    assert framed == {"ports/forwarder.py": 1, "sockets/frame_by_close.py": 0, "many/many_by_threads.py": 0}


def test_every_flag_has_its_tooltip_where_it_comes_first() -> None:
    """The sentence of each step says it too; fifty times the same words would weigh."""
    chips = re.findall(r'<button class="sk-chip"[^>]*>', to_html([ladder.wire(told("sockets/echo.py"), "echo", {})]))
    bare = {packet.flags for packet in recorded("sockets/echo.py").packets if not packet.size}
    explained = [chip for chip in chips if "title=" in chip]
    assert len(explained) == len(bare) < len(chips)
    assert all(any(f"{flag}: " in chip for chip in explained) for flag in ("SYN", "ACK", "FIN"))


def test_every_state_has_its_tooltip_where_it_comes_first() -> None:
    for name in ("sockets/echo.py", "many/many_by_threads.py"):
        html = to_html([ladder.wire(told(name), "x", {})])
        titles = re.findall(r'<span class="sk-st"[^>]* title="([^":]*):', html)
        states = {state for row in told(name).rows for _, state in row.states}
        assert {*titles} == states
        assert len(titles) <= len(states) + 1, "two ends may come to it in one step"


# -- as HTML -----------------------------------------------------------------------------------------------------------

VOID = {"br", "col", "hr", "img", "input", "wbr"}
INSIDE = {
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "li": {"ul", "ol"},
    "summary": {"details"},
}
FLOW = ("div", "p", "table", "ul", "details")


class Reader(HTMLParser):
    """Reads HTML and complains of elements that are not closed in order, stand where they must not, or share an id."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.rows: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in INSIDE and parent not in INSIDE[tag]:
            self.wrong.append(f"<{tag}> inside <{parent}>")
        if parent in ("span", "p", "a", "code", "strong", "button") and tag in FLOW:
            self.wrong.append(f"<{tag}> inside <{parent}>")
        if tag == "script":
            self.wrong.append("<script>")
        named = dict(attrs)
        self.ids += [str(named["id"])] if "id" in named else []
        if len(named) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if tag == "tr":
            self.rows.append("")
        if tag in ("td", "th") and self.rows:
            self.rows[-1] += " "
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        if "tr" in self.open:
            self.rows[-1] += data


def read(html: str) -> Reader:
    """Read HTML that must be faultless."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.wrong, reader.wrong
    assert not reader.open
    assert len(reader.ids) == len(set(reader.ids))
    return reader


def html_of(made: Recording) -> str:
    return to_html([ladder.wire(run_of(made), "x", {("", 12): "code-12"})])


def test_each_row_reads_as_a_step_and_its_sentence() -> None:
    html = html_of(echo())
    rows = [" ".join(row.split()) for row in read(html).rows]
    assert rows[0] == "step what just happened"
    assert rows[4] == (
        "Packet 1, from client to server: SYN client is now SYN-SENT server's connection is now SYN-RECEIVED"
        " “Can we talk?” The client's kernel sends SYN."
    )
    assert re.findall(r'id="(x-\d+)" data-line="code-12"', html) == ["x-9", "x-10"]
    assert re.findall(r'data-packet="(\d+)"', html) == [str(one) for one in range(1, 11)]
    assert ladder.rows(run_of(echo()), "x")[12] == "x-9"


def test_some_rows_are_a_ladder_of_their_own() -> None:
    html = to_html([ladder.part(run_of(echo()), "y", (4, 5, 12))])
    assert read(html).ids == ["y-4", "y-5", "y-12"]
    assert "6 steps between" in html


def test_of_a_long_run_the_talk_is_open_and_what_else_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Openings are alike; the talk is open however long it is, so that there is something to see before it plays."""
    acts = run_of(echo()).acts
    opening, talk, close = (len(act.rows) for act in acts)
    assert [act.name for act in acts] == ["open", "talk", "close"]
    for long, are_open in (
        (1, [False, True, False]),
        (talk + opening, [True, True, False]),
        (talk + opening + close - 1, [True, True, False]),
        (talk + opening + close, []),  # nothing is folded
    ):
        monkeypatch.setattr(ladder_run, "LONG", long)
        boxes = re.findall(r'<input type="checkbox"([^>]*)/?>[^<]*steps?', html_of(echo()))
        assert [" checked" in box for box in boxes] == are_open, long


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("sockets/echo.py", "27 steps, 10 packets"),
        ("sockets/full_buffer_drops_datagrams.py", "20 packets in 10 steps"),
        ("sockets/fifty_connections_one_port.py", "one of 50 connections: 14 steps, 7 packets"),
    ],
)
def test_how_much_a_run_is_counts_what_was_recorded(name: str, amount: str) -> None:
    """Where steps stand for more than they show, too: the text beside it counts all."""
    recording, run = recorded(name), told(name)
    assert run.amount == amount
    assert run.alike or run.packets == len(recording.packets)
    assert f'<caption class="sk-vh">{amount}</caption>' in to_html([ladder.wire(run, "x", {})])


def test_what_the_kernel_kept_is_told_once_with_its_meaning_and_out_of_the_way() -> None:
    """It is so after nearly every run, and stands below none of them."""
    name = "many/many_by_threads.py"
    file = File("", "", range(1, 1), {}, {}, element("div.sk-bar"))
    page = to_html([block(View(recorded(name), told(name), (file,), "x", ("ladder",)))])
    (said,) = re.findall(r"<p>(When the program had ended[^<]*)</p>", page)
    assert "So it was with 3 connections." in said
    assert f"{STATES['TIME-WAIT']}." in said
    assert page.count("TIME-WAIT.") == 1
    assert page.index("How it was recorded") < page.index(said)


def test_the_sockets_of_several_programs_are_said_to_be_of_all() -> None:
    """Their number stands below one of them."""
    for name, whose in (("sockets/hello/server.py", " in both programs"), ("sockets/echo.py", "")):
        files = tuple(File(one.file, "", range(1, 1), {}, {}, None) for one in recorded(name).programs)
        html = to_html([block(View(recorded(name), told(name), files, "x", ("sockets",)))])
        assert f">3 sockets{whose}, all closed<" in html


def test_fifty_connections_of_one_shape_are_named_and_not_drawn() -> None:
    html = html_of(fifty(100))
    assert "99 more connections of the same shape" in html
    assert html.count("<li>") == 61
    assert "<li>and 39 more</li>" in html


def test_hostile_text_comes_out_as_text() -> None:
    html = html_of(hostile())
    read(html)
    assert not set("\u202e\0\x1b\x9b\ud800") & set(html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;\"'⟨U+202E⟩␀␛[31m⟨U+009B⟩⟨U+D800⟩" in html


def test_no_recording_is_too_strange_to_be_told() -> None:
    for seed in range(60):
        read(html_of(chance_recording(random.Random(seed))))


def test_a_run_of_twenty_four_steps_is_small() -> None:
    made = recorded("sockets/echo.py")
    text = STORE.source("sockets/echo.py").read_text(encoding="utf-8")
    file = File("", text, range(1, 45), dict(zip(count(1), map(str, range(1, 45)), strict=False)), {})
    html = to_html(
        [block(View(made, told("sockets/echo.py"), (file,), "echo", ("code", "output", "ladder", "sockets")))]
    )
    assert len(gzip.compress(html.encode())) < 4_600


def test_two_files_that_are_narrow_stand_left_and_right() -> None:
    name = "sockets/hello/server.py"
    files = tuple(
        File(one.file, STORE.source(path).read_text(encoding="utf-8"), range(1, 11), {}, {})
        for one, path in zip(recorded(name).programs, STORE.files(name), strict=True)
    )
    view = View(recorded(name), told(name), files, "hello", ("code", "ladder"))
    assert view.pair == files[::-1]
    wide = replace(files[0], text=files[0].text + "#" * 43)
    assert replace(view, files=(wide, files[1])).pair is None
    assert replace(view, plays=False).pair is None


# -- the program -------------------------------------------------------------------------------------------------------

PROGRAM = '''\
"""It says hello.

It is polite.
"""

import socket


def main() -> None:
    """Say it.

    Args:
        none: Of them.
    """
    # socktrace: expect reset
    print("hello")  # a word
    print(f"{socket}")


if __name__ == "__main__":
    main()
'''


def test_only_the_lines_that_teach_are_in_sight() -> None:
    hidden = folded(PROGRAM)
    shown = [line for number, line in enumerate(PROGRAM.splitlines(), 1) if number not in hidden]
    assert shown == [
        '"""It says hello.',
        "def main() -> None:",
        '    print("hello")  # a word',
        '    print(f"{socket}")',
    ]
    html = to_html([to_element(PROGRAM, range(1, 22), {}, {}, hidden)])
    assert "All 21 lines" in html
    assert html.count('class="sk-cut"') == 1
    assert re.findall(r'class="sk-gap"[^>]*data-n="([^"]*)"', html) == ["7 lines", "6 lines"]
    assert f'style="--cols:{len(shown[2])}"' in html, "the longest line in sight says how large they can be"
    blank = "a = 1\n\n\nb = 2\n"
    (gap,) = re.findall(r'<span class="sk-gap"[^>]*>', to_html([to_element(blank, range(1, 5), {}, {}, folded(blank))]))
    assert "data-n" not in gap, "of blank lines nothing is told"


def test_what_is_the_same_in_most_programs_is_out_of_sight() -> None:
    begun = """
    if sys.platform != "linux":
        raise SystemExit("this program reads /proc")
    socket.setdefaulttimeout(5)  # seconds
    socket.setdefaulttimeout(0.2)  # seconds
    if sys.platform == "darwin":
        print("no /proc")
"""
    source = PROGRAM.replace("\n    # socktrace: expect reset", begun.rstrip())
    hidden = folded(source)
    shown = [line.strip() for number, line in enumerate(source.splitlines(), 1) if number not in hidden]
    assert shown == [
        '"""It says hello.',
        "def main() -> None:",
        "socket.setdefaulttimeout(0.2)  # seconds",
        'if sys.platform == "darwin":',
        'print("no /proc")',
        'print("hello")  # a word',
        'print(f"{socket}")',
    ]
    short = "socket.setdefaulttimeout(5)\nprint(socket.socket())\n"
    assert not folded(short)


def test_text_that_is_no_python_is_shown_as_it_is() -> None:
    assert "".join(to_element("def (\n'''", range(1, 3), {}, {})[0].itertext()) == "def (\n'''\n"
