"""What two recordings of the same program must have in common. Pure.

Times, port numbers, descriptors and the interleaving of threads differ from run to run, and so does the way in which
TCP cuts a stream into segments and acknowledges it; `MAY_DIFFER` lists it all. What stays is each socket's own story,
in order, and what passed between which two. A number that the kernel chose is replaced by its role, so that it must
still be the same wherever it was the same. That a recording agrees with itself is for `consistency`.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf
from typing import Any

from socktrace.packets.decoder import header
from socktrace.packets.tap import KEPT
from socktrace.recording import (
    Call,
    Chosen,
    Endpoint,
    Leftover,
    Packet,
    Program,
    Recording,
    Socket,
    Stand,
    Survivor,
    chosen,
)
from socktrace.recording.conversations import Conversation, calls_of, conversations
from socktrace.recording.streams import PREVIEW, content, escape, moves, unescape

_SET_AT = re.compile(r"[^:]*:\d+")
"""Where a time-out was set, as `Call.holder` says it: so does the program's text, which is compared itself."""
MAY_DIFFER: Mapping[str, str] = {
    "python": "the version that ran it",
    "system": "the system that ran it, and its release",
    "milliseconds": "how long it ran",
    "stderr": "that Python says from 3.14 on how many values there were, if there were too many to unpack; which line "
    "of its _ssl.c an error of TLS names",
    "calls": "how often a call is tried again after EAGAIN, or TLS's own words for it; how often an event loop wakes "
    "itself by a pair of its own; the order between threads, of a further thread's calls on different sockets, and of "
    "calls on sockets that were opened on the same line",
    "calls.at": "when a call began; not the order on each socket and in the first thread, nor with the packets it sent",
    "calls.until": "when it returned; not before what it waited for had come, as far as TLS does not hide it",
    "calls.fd": "the descriptor; not which calls of a socket use the same one, nor one of another open socket",
    "calls.function": "whether asyncio sends what it had to keep by send() or, from Python 3.12 on, by sendmsg()",
    "calls.local": "whether a send can still tell it, if another thread may close the socket meanwhile; not what it is",
    "calls.peer": "likewise",
    "left, chosen": "in which order its rows stand",
    "stands": "where its other threads and tasks stood when a program died of a time-out: they may be on their way",
    "beside.began": "when a program beside the first was started; not before the other listened, nor after its calls",
    "beside.ended": "when it ended; not before its last call",
    "signalled_at, beside.signalled_at": "when a signal told it to end",
    "packets": "how often TCP acknowledges without sending anything, and the order of different connections",
    "packets.at": "when it crossed; not the order within its connection, nor with the calls that sent or received it",
    "packets.raw": "IP's identification and flow label, TCP's window (not 0 where nothing lies unread), timestamps and "
    "where its sequence numbers begin, with the checksums that follow from them",
}
"""Each field that may differ from run to run, and what of it."""

MAY_DIFFER_TOGETHER: Mapping[str, str] = {
    "ports": "a port number that the kernel chose, in every place where it stands at once, printed and sent ones too",
    "chosen.number": "a process id or an inode, likewise",
    "calls.process, calls.thread": "the numbers of processes and threads, which count in order of appearance",
    "sockets.id, calls.socket, calls.made": "the numbers of sockets, which count in order of opening",
    "calls.size, calls.data": "where calls on the same line cut a stream; not its bytes",
    "packets.flags, packets.seq, packets.ack, packets.size, packets.data, packets.length": "where TCP cuts a stream, "
    "pushes it (PSH) and sends it again, as the raw bytes say; not its bytes, unless TLS made them: what it makes of "
    "the same words hangs on chance and on OpenSSL's version",
    "left.local, left.remote": "which end of a connection waits, if both closed at once",
}
"""Each field that may differ only together with all that follows from it."""

_TOO_MANY = re.compile(r"(too many values to unpack \(expected \d+), got \d+")
_OF_SSL = re.compile(r"_ssl\.c:\d+")
_HEADERS = {4: 52, 6: 72}
"""Bytes of the headers of IP and TCP, the latter with its timestamps, by IP's version."""
_NAMED = re.compile(r"(?:\bfd|fileno|descriptor|socket's number)\b[^0-9\n]*\Z")
"""The words before a number that make it a descriptor: a small number may happen to be one."""
_TRY_AGAIN = ("EAGAIN", "EWOULDBLOCK", "SSLWantReadError", "SSLWantWriteError")


def canonical(recording: Recording, same: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what must be equal in every recording of the same program, as plain data for JSON.

    Args:
        recording: The recording.
        same: Numbers that stay as they are even if the kernel chose them.
    """
    return _Story(recording, same).told()


def differences(old: Recording, new: Recording) -> list[str]:
    """Return what differs between two recordings, as the lines of a diff; none if they are equal where it matters."""
    # a number that both spell is not one that differs, though it may happen to be some process's too
    same = chosen.spelled(old) & chosen.spelled(new)
    # nor does a descriptor that such sockets have in both, and then no other number can stand in its place
    same |= {f"{fd}" for fd, _ in chosen.descriptors(old) & chosen.descriptors(new)}
    found = list(difflib.unified_diff(_facts(old, same), _facts(new, same), "recorded", "now", n=0, lineterm=""))
    return [line for line in found if not line.startswith("@@")]


@lru_cache(maxsize=4)  # one recording may be held against many
def _facts(recording: Recording, same: frozenset[str]) -> tuple[str, ...]:
    return tuple(_lines(canonical(recording, same)))


def _lines(story: dict[str, Any]) -> Iterator[str]:
    """Write canonical data one fact a line, so that a diff of it can be read."""
    for name, value in story.items():
        if not isinstance(value, list):
            yield f"{name}: {value}"
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict):
                yield f"{name}: " + ", ".join(f"{key} {part}" for key, part in row.items() if key != "calls")
                for call, times in row.get("calls", ()):
                    yield f"  {call}, {times}"
            else:
                yield f"{name}: {row!r}"


@dataclass(frozen=True)
class _Story:
    """A recording, told without what may differ.

    Args:
        recording: The recording.
        same: Numbers that stay as they are.
    """

    recording: Recording
    same: frozenset[str]

    def told(self) -> dict[str, Any]:
        """Return the whole story."""
        recording = self.recording
        lives = {socket.id: json.dumps(self.life(socket)) for socket in recording.sockets}
        kinds = sorted(set(lives.values()))
        number = {socket: kinds.index(life) + 1 for socket, life in lives.items()}
        found = self._conversations
        talks = Counter(json.dumps(self._talk(one, number)) for one in found)
        talking = {id(packet) for one in found for packet in one.packets}
        told = Counter(lives.values())
        return {
            "program": recording.program,
            "source": recording.source,
            "arguments": list(recording.arguments),
            "exit_code": recording.exit_code,
            "stdout": self._text(recording.stdout).splitlines(keepends=True),
            "stderr": _OF_SSL.sub("_ssl.c", _TOO_MANY.sub(r"\1", self._text(recording.stderr))).splitlines(
                keepends=True
            ),
            "swallowed": self._text(recording.swallowed).splitlines(keepends=True),
            "stuck": list(recording.stuck),
            "signalled": recording.signalled,
            "beside": [row for one in recording.beside for row in self._program(one)],
            "sockets": [{"times": told[life], **json.loads(life)} for life in kinds],
            "conversations": [{"times": talks[talk], **json.loads(talk)} for talk in sorted(talks)],
            "first threads": sorted(self._order()),
            "packets": sorted(self._datagram(one) for one in recording.packets if id(one) not in talking),
            "survivors": sorted(str([*self._who(one), one.daemon, one.thread is None]) for one in recording.survivors),
            "stands": [
                str([self._program_of(one), *self._who(one), one.call, one.on, one.thread])
                for one in recording.stands
                if not recording.programs[one.process].exit_code  # of one that died the others may be on their way
            ],
            "left": sorted(self._kept(row) for row in recording.left),
            "declarations": [[one.event, one.line] for one in recording.declarations],
            "unseen": list(recording.unseen),
            "strangers": sorted(self._text(one) for one in recording.strangers),
            "inline": [self._text(one) for one in recording.inline],
            "owners": sorted(recording.owners),
            "joined": [self._text(one) for one in recording.joined],
            "on host": recording.on_host,
            "lookups": [[one.name, _line(one.file, one.line)] for one in recording.lookups],
            "chosen": sorted(f"{one.kind} of {self._owner(one)}" for one in recording.chosen),
        }

    def _program(self, one: Program) -> Iterator[str]:
        """Yield what is to be said of a program that ran beside the first, a line for each line that it wrote."""
        yield f"program {one.program}, its lines {one.file}, source {one.digest}"
        yield from (f"argument {word!r}" for word in one.arguments)
        yield from (f"expects {declared.event}, line {declared.line}" for declared in one.declarations)
        yield from (f"prints {line!r}" for line in self._text(one.stdout).splitlines(keepends=True))
        yield from (f"writes to stderr {line!r}" for line in self._text(one.stderr).splitlines(keepends=True))
        yield from (f"swallows {line!r}" for line in self._text(one.swallowed).splitlines(keepends=True))
        yield f"not started: {one.began is None}, exit {one.exit_code}, signalled {one.signalled}"
        yield from (f"stuck at line {line}" for line in one.stuck)

    def _who(self, one: Survivor | Stand) -> list[Any]:
        """Return who stood where."""
        socket = None if one.socket is None else self._kinds.get(one.socket, "no socket")
        return [one.kind, self._text(one.name), _line(one.file, one.line), one.function, socket]

    def _program_of(self, one: Stand) -> str:
        return self.recording.programs[one.process].program

    @cached_property
    def _conversations(self) -> tuple[Conversation, ...]:
        return conversations(self.recording)

    @cached_property
    def _began(self) -> dict[frozenset[Endpoint], float]:
        """When the last conversation of each pair of ends began."""
        return {frozenset((one.client, one.server)): one.packets[0].at for one in self._conversations if one.packets}

    # -- what the kernel chose -----------------------------------------------------------------------------------------

    @cached_property
    def _kinds(self) -> dict[int, int]:
        """The number of each socket's kind: those that are alike but for the numbers that the kernel chose have one."""
        rough = _Rough(self.recording, self.same)
        lives = {socket.id: json.dumps(rough.life(socket)) for socket in self.recording.sockets}
        kinds = {life: number for number, life in enumerate(sorted(set(lives.values())), 1)}
        return {socket: kinds[life] for socket, life in lives.items()}

    @cached_property
    def _ports(self) -> frozenset[int]:
        return chosen.ports(self.recording)

    @cached_property
    def _holders(self) -> dict[int, list[tuple[float, str]]]:
        """From when on whose each port was that the kernel chose; it may choose one again that is free again."""
        spans: dict[int, list[tuple[float, float, int]]] = {port: [] for port in self._ports}
        for socket in self.recording.sockets:
            if socket.local and socket.local.port in spans:
                last = max((call.until for call in calls_of(self.recording, socket.id)), default=0.0)
                begin = self.recording.openings[socket.id].at
                spans[socket.local.port].append((begin, last, self._kinds[socket.id]))
        return {port: list(_turns(sorted(held))) for port, held in spans.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        """What each process id and inode is called."""
        names = {f"{one.number}": f"<{one.kind} of {self._owner(one)}>" for one in self.recording.chosen}
        return {number: name for number, name in names.items() if number not in self.same}

    @cached_property
    def _descriptors(self) -> dict[str, str]:
        """What each descriptor is called."""
        descriptors: dict[int, set[int]] = {}
        for call in self.recording.calls:
            descriptors.setdefault(call.fd, set()).add(self._kinds[call.socket])
        names = {f"{fd}": f"<descriptor of {_sum(kinds)}>" for fd, kinds in descriptors.items()}
        return {number: name for number, name in names.items() if number not in self.same}

    def _owner(self, one: Chosen) -> int | None:
        return one.owner if one.kind == "pid" else self._kinds.get(one.owner)

    def _port(self, port: int, at: float) -> str:
        """Return the role that a port had at a moment; the port itself if the kernel did not choose it."""
        if port not in self._ports:
            return f"{port}"
        turns = self._holders[port] or [(0.0, "?")]
        return f"<port of {next((kinds for begin, kinds in reversed(turns) if begin <= at), turns[0][1])}>"

    def _text(self, text: str, at: float = inf) -> str:
        """Replace what the kernel chose; of several numbers with one role, each by its turn."""
        turns: dict[str, int] = {}
        many: Counter[str] = Counter()

        def role(match: re.Match[str]) -> str:
            number = match[0]
            is_port = len(number) < 6 and (number == "0" or number[0] != "0")  # `00` is another text than `0`
            name = self._port(int(number), at) if is_port else number
            name = self._names.get(number, number) if name == number else name
            if name == number and number in self._descriptors and _NAMED.search(text, 0, match.start()):
                name = self._descriptors[number]
            if name == number:
                return number
            if number not in turns:
                many[name] += 1
                turns[number] = many[name]
            return name if turns[number] == 1 else f"{name[:-1]}, {turns[number]}>"

        return chosen.NUMBER.sub(role, text)

    def _end(self, end: Endpoint | None, at: float = inf) -> str:
        """Write an endpoint with the role that its port had at a moment."""
        if end is None:
            return ""
        return self._text(str(end)) if end.port is None else f"{end.address}:{self._port(end.port, at)}"

    # -- sockets -------------------------------------------------------------------------------------------------------

    def life(self, socket: Socket) -> dict[str, Any]:
        """Return what a socket is, what it moved, and the calls on it."""
        calls = calls_of(self.recording, socket.id)
        tls = " tls" if socket.tls else ""
        at = calls[0].at if calls else inf
        if socket.origin == "accept" and socket.local and socket.peer:
            # who called may be gone when the call is accepted, and somebody else have the port by then
            at = self._began.get(frozenset((socket.local, socket.peer)), at)
        life: dict[str, Any] = {
            "what": f"{socket.family} {socket.type} {socket.origin} {socket.role}{tls}",
            "local": self._end(socket.local, at),
            "peer": self._end(socket.peer, at),
        }
        if self._is_plumbing(socket.id):
            wakes = {f"{self._call(call, calls)} {call.data}" for call in calls if call.name in ("send", "recv")}
            calls = tuple(call for call in calls if call.name not in ("send", "recv"))
            life["wakes"] = sorted(wakes)
        else:
            life |= {name: moved for name in ("send", "recv") if (moved := self._moved(socket, calls, name))}
        return life | {"calls": self._told(socket, calls)}

    def _is_plumbing(self, socket: int) -> bool:
        """Say whether a library made this pair for itself; an event loop does, to wake itself as often as it likes."""
        first = self.recording.openings[socket]
        return first.name == "socketpair" and first.via != ""

    def _moved(self, socket: Socket, calls: tuple[Call, ...], name: str) -> str:
        """Write all that a socket moved one way, as far as the recording holds it."""
        size = sum(call.size or 0 for call in calls if moves(call, name))
        row = next((row for row in self.recording.streams if (row.socket, row.name) == (socket.id, name)), None)
        if row:
            edges = "".join(f" {self._bytes(edge)!r}" for edge in (row.first, row.last) if edge)
            return f"{row.size} bytes, of {self._bytes(row.data)!r} {row.digest}{edges}"
        whole = content(self.recording, socket.id, name)
        return f"{size} bytes: " + (self._bytes(escape(whole)) if whole is not None else "unknown")

    def _bytes(self, data: str) -> str:
        """Write bytes with what the kernel chose replaced, spelled in digits or in binary."""
        raw = unescape(data)
        for one in self.recording.chosen:
            for spelling in chosen.binary(one.number):
                raw = raw.replace(spelling, self._names.get(f"{one.number}", f"{one.number}").encode())
        return self._text(escape(raw))

    def _told(self, socket: Socket, calls: tuple[Call, ...]) -> list[list[Any]]:
        """Return a socket's calls in order; neighbours that do the same on the same line become one."""
        story: list[list[Any]] = []
        rows = [self._call(call, calls) for call in calls]
        unsent, part = 0, ""  # of what a send was given, for the next to take
        done = {row for call, row in zip(calls, rows, strict=True) if call.error is None}
        for call, row in zip(calls, rows, strict=True):
            if call.error in _TRY_AGAIN and row.replace(f" {call.error}", " ok") in done:
                continue  # it was tried again
            if moves(call, "send"):
                given = call.asked or call.size or 0
                if not unsent or given != unsent:
                    part = "" if call.asked is None else f" of {given}"
                row, unsent = row + part, given - (call.size or 0)
            if socket.type == "SOCK_DGRAM" and call.name in ("send", "recv"):
                row += f" {self._bytes(call.data)}"
            ended = call.name == "recv" and call.size == 0
            row += " end" if ended else ""
            if story and story[-1][0] == row and not (socket.type == "SOCK_DGRAM" and call.size is not None):
                story[-1][1] += 1 if call.size is None or ended else call.size
            else:
                story.append([row, 1 if call.size is None or ended else call.size])
        return story

    def _call(self, call: Call, calls: tuple[Call, ...]) -> str:
        """Write one call of a socket without what may differ."""
        fds = list(dict.fromkeys(one.fd for one in calls))
        threads = list(dict.fromkeys((one.process, one.thread) for one in calls))
        place = _line("nowhere" if call.path is None else call.path, call.line)
        ends = self._end(call.local, call.until), self._end(call.peer, call.until)
        if call.name == "accept":  # whom it meets first, a race may decide; the conversations tell who belongs together
            ends = ends[0], "somebody" if call.peer else ""
        elif call.name == "send" and len({thread for process, thread in threads if process == call.process}) > 1:
            # another thread may close the socket before its names can be read; whom a datagram is for, the call says
            ends = "", ends[1] if self.recording.socket(call.socket).type == "SOCK_DGRAM" else ""
        parts = {
            "local": ends[0],
            "peer": ends[1],
            "makes": "" if call.made is None else "a socket",
            "by": call.via,
            "descriptor": fds.index(call.fd) or "",
            "thread": threads.index((call.process, call.thread)) or "",
            "process": call.process or "",
            "held by": "" if _SET_AT.fullmatch(call.holder) else self._text(call.holder, call.until),
        }
        more = "".join(f" {name} {value}" for name, value in parts.items() if value != "")
        function = _function(call) if _function(call) == call.name else f"{call.function}, a {call.name},"
        return f"{place}: {function}({self._text(call.argument, call.until)}) {call.error or 'ok'}{more}"

    def _order(self) -> Iterator[str]:
        """Yield, for each process, the order in which its first thread called on different sockets.

        Sockets that were opened on the same line are not told apart: a loop serves them as they come. What other
        threads do, a pool may hand to one or to several of them.
        """
        first: dict[int, int] = {}
        orders: dict[int, list[str]] = {}
        for call in self.recording.calls:
            if first.setdefault(call.process, call.thread) != call.thread or call.error in _TRY_AGAIN:
                continue
            if call.name in ("send", "recv") and self._is_plumbing(call.socket):
                continue
            opened = self.recording.openings[call.socket]
            place = _line(opened.path or "", opened.line)
            what = self.recording.socket(call.socket).role + (", the one made," if opened.made == call.socket else "")
            step = f"{_function(call) or call.name} of {what} from {place}"
            order = orders.setdefault(call.process, [])
            order += [step] if order[-1:] != [step] else []
        yield from ("; ".join(order) for order in orders.values())

    # -- conversations -------------------------------------------------------------------------------------------------

    def _talk(self, one: Conversation, number: dict[int, int]) -> dict[str, Any]:
        began = one.packets[0].at if one.packets else inf
        talk: dict[str, Any] = {
            "protocol": one.protocol,
            "client": f"{number.get(one.client_socket or 0)} {self._end(one.client, began)}",
            "server": f"{number.get(one.server_socket or 0)} {self._end(one.server, began)}",
            "listener": number.get(one.listener or 0),
            "headers": sorted({_fixed(packet) for packet in one.packets}),
        }
        ends = {"client": one.client, "server": one.server}
        if one.protocol == "TCP":
            talk["established"] = one.established
            talk["reset"] = []
            if one.reset:
                who = {who for who, end in ends.items() if any(packet.has("RST") for packet in one.sent(end))}
                talk["reset"] = sorted(who)
                if not self._sealed(one):
                    talk["made of"] = [_letters(one.sent(end)) for end in ends.values()]
            else:
                if not self._sealed(one):
                    talk["bytes"] = [one.payload(end) for end in ends.values()]
                    talk["begins"] = [self._bytes(escape(_beginning(one.sent(end)))) for end in ends.values()]
                talk["finished"] = [one.finished(end) for end in ends.values()]
        else:
            talk["datagrams"] = [self._datagram(packet) for packet in one.packets]
        return talk

    def _sealed(self, one: Conversation) -> bool:
        """Say whether TLS made the bytes on the wire; what was said is compared by the calls all the same."""
        ends = (one.client_socket, one.server_socket)
        return any(end is not None and self.recording.socket(end).tls for end in ends)

    def _kept(self, row: Leftover) -> str:
        at = self._began.get(frozenset((row.local, row.remote)), inf)
        ends = [self._end(row.local, at), self._end(row.remote, at)]
        if row.state == "TIME_WAIT":  # which end waits hangs on whose FIN was first, when both close at once
            ends.sort()
        return f"{row.protocol} {row.state} {' and '.join(ends)}"

    def _datagram(self, packet: Packet) -> str:
        ways = [(packet.source, packet.destination), *([packet.about] if packet.about else ())]
        told = [" to ".join(self._end(end, packet.at) for end in way) for way in ways]
        ends = f"{packet.protocol} {' about '.join(told)}"
        return f"{ends}: {packet.flags} {packet.size} bytes {self._bytes(packet.data)}"


class _Rough(_Story):
    """The story with one role for every number that the kernel chose, so that sockets can be told apart without it."""

    def _port(self, port: int, at: float) -> str:  # noqa: ARG002
        return "<port>" if port in self._ports else f"{port}"

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {f"{one.number}": f"<{one.kind}>" for one in self.recording.chosen}
        return {number: name for number, name in names.items() if number not in self.same}

    @cached_property
    def _descriptors(self) -> dict[str, str]:
        numbers = {f"{call.fd}" for call in self.recording.calls} - self.same
        return dict.fromkeys(numbers, "<descriptor>")


def _turns(held: Iterable[tuple[float, float, int]]) -> Iterator[tuple[float, str]]:
    """Yield from when on which kinds of sockets had a port: together those that had it at the same time."""
    turns: list[tuple[float, float, set[int]]] = []
    for begin, end, kind in held:
        if turns and begin <= turns[-1][1]:
            first, last, kinds = turns.pop()
            turns.append((first, max(last, end), kinds | {kind}))
        else:
            turns.append((begin, end, {kind}))
    yield from ((begin, _sum(kinds)) for begin, _, kinds in turns)


def _function(call: Call) -> str:
    """Return the function by its name, or by what asyncio has called in its place since Python 3.12."""
    return call.name if call.function == "sendmsg" and call.via.startswith("asyncio.") else call.function


def _line(file: str, line: int | None) -> str:
    return f"{file}:{line}" if file else f"line {line}"


def _sum(kinds: set[int]) -> str:
    return "+".join(map(str, sorted(kinds)))


def _beginning(packets: Iterable[Packet]) -> bytes:
    """Return the first bytes that a sender sent, as many as are kept wherever TCP cuts."""
    begun, kept = b"", 0
    for packet in packets:
        kept = KEPT - _HEADERS[int(packet.raw[0])]
        if packet.seq - 1 == len(begun) < kept:
            begun += _payload(packet)
    return begun[:kept]


def _letters(packets: Iterable[Packet]) -> str:
    """Return which bytes a sender sent if they are many; how many crossed before a reset hangs on its moment."""
    payload = b"".join(map(_payload, packets))
    return escape(bytes(sorted(set(payload)))) if len(payload) > PREVIEW else ""


def _payload(packet: Packet) -> bytes:
    return header(bytes.fromhex(packet.raw), packet.length).payload


def _fixed(packet: Packet) -> str:
    read = header(bytes.fromhex(packet.raw), packet.length)
    return " ".join(map(str, (*read.fixed, "SYN" if packet.has("SYN") else "", read.options.hex()))).strip()
