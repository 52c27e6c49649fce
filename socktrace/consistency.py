"""Whether a recording agrees with itself: what can be told twice must be told alike. Pure.

A comparison with a fresh run finds what the program would not do. Times, port numbers and raw bytes cannot be compared
so; here each of them is held against the other places that tell of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from math import inf

from socktrace.packets.decoder import Header, decode_again, header
from socktrace.packets.headers import tcp_numbers, window
from socktrace.recording import WILDCARDS, Call, Endpoint, Packet, Recording
from socktrace.recording.conversations import Conversation, calls_of, conversations
from socktrace.recording.sockets import Kind, makers, told
from socktrace.recording.streams import PREVIEW, content, moves, unescape

_PYTHON = re.compile(r"3\.\d+\.\d+\S*")
_ROUNDED = 0.0011  # milliseconds: two times that were rounded to the nearest microsecond
_STAMPED_WITHIN = 10.0  # milliseconds: TCP's timestamps count them, but a busy kernel may write one early
_LEAST_SEGMENT = 536  # bytes: what is handed over as one packet counts as several of at least this size
_CLOSINGS = ("close", "collected", "exit", "exec", "detach")
_MADE = ("accept", "socketpair")
_ASKED_BEFORE = ("EISCONN", "EALREADY")
"""What connect() tells of a connection that an earlier call of it asked for (connect(2))."""


def contradictions(recording: Recording) -> tuple[str, ...]:
    """Return where a recording contradicts itself, one line for each place of one sort; none if a run has written it.

    Args:
        recording: Any recording, also one that somebody has edited.
    """
    # each check takes for granted what those before it have found
    findings = (tuple(dict.fromkeys(check(recording))) for check in _CHECKS)
    return next((found for found in findings if found), ())


def _numbers(recording: Recording) -> Iterator[str]:
    """Sockets, threads and processes are numbered in the order in which the calls first name them."""
    if [socket.id for socket in recording.sockets] != list(range(1, len(recording.sockets) + 1)):
        yield "sockets: their ids do not count from 1"
        return
    sockets: dict[int, None] = {}
    threads: dict[int, None] = {}
    processes: dict[int, None] = dict.fromkeys(range(len(recording.programs)))
    for call in recording.calls:
        sockets |= dict.fromkeys((call.socket,) if call.made is None else (call.socket, call.made))
        threads[call.thread] = processes[call.process] = None
    if list(sockets) != [socket.id for socket in recording.sockets]:
        yield "calls: their sockets are not numbered in order of opening"
    if list(threads) != list(range(len(threads))) or list(processes) != list(range(len(processes))):
        yield "calls: their threads or processes are not numbered in order of appearance"
    if len(set(_made(recording))) < len(_made(recording)):
        yield "calls: two of them made the same socket"
    moved = dict.fromkeys((call.socket, call.name) for call in recording.calls if moves(call, call.name))
    told_of = [(stream.socket, stream.name) for stream in recording.streams]
    if told_of != [one for one in moved if one in told_of]:
        yield "streams: they do not stand in the order of the calls, one for each socket and way"
    if any(one.number < 0 for one in recording.chosen):
        yield "chosen: one of the numbers is none that a kernel chooses"
    edges = (edge for one in recording.streams for edge in (one.first, one.last))
    for data in dict.fromkeys((*edges, *(one.data for rows in (recording.calls, recording.streams) for one in rows))):
        try:
            unescape(data)
        except ValueError as error:
            yield f"calls, streams: {error}"


def _made(recording: Recording) -> list[int]:
    return [call.made for call in recording.calls if call.made is not None]


# -- the calls ---------------------------------------------------------------------------------------------------------


def _times(recording: Recording) -> Iterator[str]:
    """Calls stand in order of beginning, end after they began, and one thread makes one at a time."""
    before: dict[tuple[int, int], float] = {}
    order = [(call.at, call.until) for call in recording.calls]
    if order != sorted(order):
        yield "calls: they do not stand in order of time"
    for call in recording.calls:
        thread = call.process, call.thread
        follows = before.get(thread, 0.0) <= call.at + _ROUNDED or call.name == "socketpair"  # told once for each end
        if not follows or call.at > call.until:
            yield f"calls: {call.function}() at {call.at} does not fit between the calls around it"
        before[thread] = call.until
        own = recording.programs[call.process] if call.process < len(recording.programs) else None
        if own and call.until > (own.ended or 0.0):
            yield f"calls: {call.function}() returned at {call.until}, after the program had ended"
        if own and call.at < (own.began or 0.0):
            yield f"calls: {call.function}() began at {call.at}, before the program was started"
    moments = [packet.at for packet in recording.packets]
    if len({(packet.at, packet.raw) for packet in recording.packets}) < len(moments):
        yield "packets: one stands there twice"
    if moments != sorted(moments):
        yield "packets: they do not stand in order of time"


def _programs(recording: Recording) -> Iterator[str]:
    """Each program was started when there was a socket that waits, and the run lasted until all had ended."""
    if not _PYTHON.fullmatch(recording.python) or (recording.packets and not recording.system.startswith("Linux ")):
        yield f"python, system: there is no {recording.python!r} on {recording.system!r}, or no packets are seen there"
    for one in recording.beside:
        calls = [call for call in recording.calls if call.name in ("bind", "listen") and not call.error]
        if one.began is not None and (one.ended is None or not one.began <= one.ended <= recording.milliseconds):
            yield f"beside: {one.program} cannot have run from {one.began} to {one.ended}"
        said = one.stdout or one.stderr or one.swallowed
        if one.began is None and (one.ended is not None or one.exit_code is not None or said):
            yield f"beside: {one.program} was not started, and yet it did something"
        if one.began is not None and not recording.strangers and not any(call.at <= one.began for call in calls):
            yield f"beside: {one.program} was started before anybody listened"
    if any(not 0 <= one < len(recording.programs) for one in recording.owners):
        yield "owners: no program has that number"
    known = {None, *(socket.id for socket in recording.sockets)}
    if any(not 0 <= one.process < len(recording.programs) or one.socket not in known for one in recording.stands):
        yield "stands: no program or socket has that number"
    for one in recording.programs:
        at, until = one.signalled_at, one.ended or 0.0
        if bool(one.signalled) != (at is not None) or (at is not None and not (one.began or 0.0) <= at <= until):
            yield f"signalled: {one.program} cannot have been told to end by {one.signalled!r} at {at}"


def _results(recording: Recording) -> Iterator[str]:
    """Only calls that can bring bytes, sockets or names tell of some."""
    for call in recording.calls:
        moved = call.name in ("send", "recv") and call.error is None
        shown = unescape(call.data)
        hidden = call.function in ("os.sendfile", "recvmsg_into")  # what they moved is not at hand
        if moved != (call.size is not None):
            yield f"calls: {call.function}() at {call.at} has a size without having moved bytes, or none"
        elif len(shown) != min(PREVIEW, call.size or 0) and not (hidden and len(shown) < (call.size or 0)):
            yield f"calls: {call.function}() at {call.at} moved {call.size} bytes, but shows {call.data!r}"
        if call.asked is not None and (call.name != "send" or not call.size or call.asked <= call.size):
            yield f"calls: {call.function}() at {call.at} did not take only a part of {call.asked} bytes"
        if call.error == "":
            yield f"calls: {call.function}() at {call.at} failed without an error"
        if call.name == "accept" and (call.made is None) != (call.error is not None):
            yield f"calls: accept() at {call.at} made no socket, or failed and made one"
        if call.made is not None and call.name not in _MADE:
            yield f"calls: {call.function}() at {call.at} cannot make a socket"


def _names(recording: Recording) -> Iterator[str]:
    """What is known of a socket follows from the calls on it, and its name does not change."""
    accepts = makers(recording.calls)
    for socket in recording.sockets:
        kind = Kind(socket.family, socket.type)
        if told(socket.id, kind, calls_of(recording, socket.id), accepts.get(socket.id), tls=socket.tls) != socket:
            yield f"sockets: {socket.id} is not what the calls on it tell"
    for call in recording.calls:
        socket = recording.socket(call.made or call.socket if call.name == "accept" else call.socket)
        if call.local and socket.local and not _is_name(call.local, socket.local):
            yield f"calls: {call.function}() at {call.at} names socket {socket.id} {call.local}, not {socket.local}"
        if call.peer and socket.peer and socket.role == "accepted" and call.peer != socket.peer:
            yield f"calls: {call.function}() at {call.at} names the other end {call.peer}, not {socket.peer}"
        if call.name in ("send", "recv") and socket.type == "SOCK_STREAM" and not call.error:
            told_of = (call.local, socket.local), (call.peer, socket.peer)
            if any(end not in (None, known) for end, known in told_of):
                yield f"calls: {call.function}() at {call.at} names other ends than those of socket {socket.id}"
        asked = _asked(call.argument)
        end = {"bind": call.local, "connect": call.peer}.get(call.name)
        if asked and end and end.port not in (None, asked) and not call.error:
            yield f"calls: {call.function}({call.argument}) at {call.at} led to {end}"


def _is_name(early: Endpoint, late: Endpoint) -> bool:
    """Say whether a socket of one name can get the other: port and address are chosen once."""
    return early.port in (0, late.port) and (early.address in (*WILDCARDS, "", late.address))


def _asked(argument: str) -> int:
    port = argument.rpartition(":")[2]
    return int(port) if port.isdigit() else 0


def _descriptors(recording: Recording) -> Iterator[str]:
    """A descriptor stands for one socket until that is closed."""
    owners: dict[tuple[int, int], int] = {}
    for call in sorted(recording.calls, key=lambda call: call.at if call.name in _CLOSINGS else call.until):
        if call.fd < -1 or (call.fd == -1 and not call.error):  # -1 is what a closed socket object says
            yield f"calls: {call.function}() at {call.at} cannot use descriptor {call.fd}"
        place = call.process, call.fd
        if owners.setdefault(place, call.socket) != call.socket:
            yield f"calls: {call.function}() at {call.at} uses descriptor {call.fd}, that of socket {owners[place]}"
        if call.name in _CLOSINGS:
            del owners[place]


def _streams(recording: Recording) -> Iterator[str]:
    """What each call shows stands where it says in all that moved."""
    for stream in recording.streams:
        calls = [call for call in calls_of(recording, stream.socket) if moves(call, stream.name)]
        if stream.size != sum(call.size or 0 for call in calls):
            yield f"streams: socket {stream.socket} did not {stream.name} {stream.size} bytes by its calls"
        whole = content(recording, stream.socket, stream.name)
        at = 0
        for call in calls if whole is not None else ():
            if (whole or b"")[at : at + min(PREVIEW, call.size or 0)] != unescape(call.data):
                yield f"calls: {call.function}() at {call.at} shows other bytes than the stream has there"
            at += call.size or 0


def _peeks(recording: Recording) -> Iterator[str]:
    """What a call looked at and left there (MSG_PEEK), the next calls take."""
    for socket in {call.socket for call in recording.calls if call.argument == "MSG_PEEK"}:
        whole, at = content(recording, socket, "recv"), 0
        for call in calls_of(recording, socket):
            if call.argument == "MSG_PEEK" and whole is not None:
                seen, taken = unescape(call.data), whole[at:]
                if not (seen.startswith(taken) or taken.startswith(seen)):
                    yield f"calls: {call.function}() at {call.at} looked at other bytes than the next ones take"
            at += (call.size or 0) if moves(call, "recv") else 0


def _paths(recording: Recording) -> Iterator[str]:
    """Between Unix sockets, of which no packet tells, nothing is received and nobody accepted before it can be."""
    # a pair that a library made for itself, the interpreter may write to when a signal comes
    mine = {
        socket.id
        for socket in recording.sockets
        if socket.family == "AF_UNIX" and not (socket.origin == "socketpair" and recording.openings[socket.id].via)
    }
    calls = [call for call in recording.calls if call.socket in mine and not call.error]
    if recording.strangers:
        return
    for name, before in (("recv", "send"), ("accept", "connect")):
        causes = [(call.at, call.size or 1) for call in calls if call.name == before]
        takes = [call for call in calls if call.name == name and (name == "accept" or moves(call, name))]
        yield from _early(takes, causes, before)


def _early(calls: list[Call], causes: list[tuple[float, int]], what: str) -> Iterator[str]:
    """Say which calls returned with more than had been brought about until then.

    Args:
        calls: Those that wait for something; one without a size takes one of it.
        causes: When there was more of it, and how much.
        what: What it is.
    """
    got = 0
    for call in sorted(calls, key=lambda call: call.until):
        got += call.size or 1
        if got > sum(size for at, size in causes if at <= call.until + _ROUNDED):
            yield f"calls: {call.function}() at {call.at} returned before the {what} that it waited for"


# -- the packets -------------------------------------------------------------------------------------------------------


def _raw(recording: Recording) -> Iterator[str]:
    """Each packet's fields are what its raw bytes say, and those have the right checksums."""
    try:
        again = decode_again(recording.packets)
    except ValueError:
        again = ()
    if len(again) != len(recording.packets):
        yield "packets: the raw bytes are not those of so many packets"
    for packet, read in zip(recording.packets, again, strict=False):
        if packet != read:
            yield f"packets: the one at {packet.at} is not what its raw bytes say"
        elif not _header(packet).is_sound:
            yield f"packets: the one at {packet.at} has a wrong checksum"


def _complaints(recording: Recording) -> Iterator[str]:
    """An error that ICMP tells quotes the beginning of a packet that crossed before (RFC 792, RFC 4443 section 3)."""
    crossed: list[bytes] = []
    for packet in recording.packets:
        quoted = _header(packet).payload
        if packet.about and not any(head[: len(quoted)] == quoted[: len(head)] for head in crossed):
            yield f"packets: the one at {packet.at} is about none that crossed before"
        crossed.append(bytes.fromhex(packet.raw))


def _header(packet: Packet) -> Header:
    return header(bytes.fromhex(packet.raw), packet.length)


def _wire(recording: Recording) -> Iterator[str]:
    """What crossed the wire is what the calls moved, in an order in which it can have happened."""
    for one in conversations(recording):
        if one.protocol == "TCP":
            yield from _segments(one)
            yield from _resets(one)
            yield from _handshake(recording, one)
            yield from _rooms(recording, one)
            yield from _sealed(recording, one)
            if one.client == one.server:  # a socket that called itself
                yield from _bytes(recording, one, one.client, one.client_socket, one.client_socket)
            else:
                yield from _bytes(recording, one, one.client, one.client_socket, one.server_socket)
                yield from _bytes(recording, one, one.server, one.server_socket, one.client_socket)
    yield from _datagrams(recording)
    yield from _arrivals(recording)


def _segments(one: Conversation) -> Iterator[str]:
    """No segment leaves a gap, none acknowledges or echoes what has not crossed yet, and none is missing."""
    reached: dict[Endpoint, int] = defaultdict(int)  # by sender: up to where it has sent
    ends: dict[Endpoint, set[int]] = defaultdict(lambda: {0})
    cuts: dict[Endpoint, set[int]] = defaultdict(set)  # where a segment began or ended
    stamped: dict[Endpoint, list[int]] = defaultdict(lambda: [0])
    clocks: dict[Endpoint, float] = {}
    numbers: dict[Endpoint, tuple[int, int]] = {}  # the last identification, and how many it may have taken
    for packet in one.packets:
        me, other = packet.source, packet.destination
        read = _header(packet)
        stamps, number = read.stamps, read.identification
        before, taken = numbers.get(me, (number - 1, 1))
        follows = 0 < (number - before) % 0x10000 <= taken
        if number and not follows:
            yield f"packets: before the one at {packet.at} one of {me} is missing, or it stands there twice"
        if number or (follows and me in numbers):  # 0 is what follows 65535, and what stands where nothing is counted
            numbers[me] = number, 1 + packet.size // _LEAST_SEGMENT
        if stamps and abs(stamps[0] - packet.at - clocks.setdefault(me, stamps[0] - packet.at)) > _STAMPED_WITHIN:
            yield f"packets: the one at {packet.at} bears another time"
        if packet.seq > reached[me] or (packet.size == 0 and not packet.has("SYN") and packet.seq < reached[me] - 1):
            yield f"packets: the one at {packet.at} does not follow what {me} sent before"
        if packet.has("PSH") and not packet.size:
            yield f"packets: the one at {packet.at} pushes nothing"
        if packet.has("ACK") and packet.ack not in ends[other]:
            yield f"packets: the one at {packet.at} acknowledges what {other} has not sent"
        if stamps and (stamps[0] < stamped[me][-1] or stamps[1] not in stamped[other]):
            yield f"packets: the one at {packet.at} has a timestamp that cannot be"
        if not _edges(packet) <= cuts[other]:
            yield f"packets: the one at {packet.at} tells of bytes out of order that {other} has not sent"
        end = packet.seq + packet.size + packet.has("SYN") + packet.has("FIN")
        cuts[me] |= {packet.seq, packet.seq + packet.size, end}
        reached[me] = max(reached[me], end)
        ends[me].add(end)
        stamped[me].append(stamps[0] if stamps else stamped[me][-1])
    for me, other in ((one.client, one.server), (one.server, one.client)):
        acknowledged = max((packet.ack for packet in one.sent(other) if packet.has("ACK")), default=0)
        if one.finished(me) and not one.reset and acknowledged != reached[me]:
            yield f"packets: {other} never acknowledged the end of {me}"


def _edges(packet: Packet) -> set[int]:
    """Return where the bytes begin and end of which a segment tells that they came out of order (RFC 2018)."""
    blocks = _header(packet).blocks
    if not blocks:
        return set()
    _, acknowledged = tcp_numbers(bytes.fromhex(packet.raw))
    return {(edge - acknowledged + packet.ack) % 2**32 for block in blocks for edge in block}


def _resets(one: Conversation) -> Iterator[str]:
    """A reset that acknowledges nothing answers a segment that brought something (RFC 9293 section 3.5.2)."""
    asked: dict[Endpoint, set[int]] = defaultdict(set)
    for packet in one.packets:
        if packet.has("RST") and not packet.has("ACK") and packet.seq not in asked[packet.destination]:
            yield f"packets: the one at {packet.at} resets what nobody sent"
        if packet.size or packet.has("SYN") or packet.has("FIN"):
            asked[packet.source].add(packet.ack)


def _handshake(recording: Recording, one: Conversation) -> Iterator[str]:
    """connect() sends the SYN, and returns after the answer; accept() returns after the handshake."""
    first, asked = one.packets[0].at, False
    for call in calls_of(recording, one.client_socket):
        if call.name == "connect" and call.local == one.client:
            late = asked or call.error in _ASKED_BEFORE
            if not late and not call.at - _ROUNDED <= first <= call.until:
                yield f"packets: the SYN at {first} is not sent by the call of connect() at {call.at}"
            elif late and call.at < first - _ROUNDED:
                yield f"calls: connect() at {call.at} met a connection before its SYN at {first}"
            asked = asked or call.error == "EINPROGRESS"
    answers = [packet.at for packet in one.sent(one.server)]
    for call in recording.calls:
        connected = call.name == "connect" and call.socket == one.client_socket and not call.error
        if connected and answers and call.until < answers[0] - _ROUNDED:
            yield f"calls: connect() at {call.at} returned before the answer at {answers[0]}"
        if call.name == "accept" and call.made is not None and call.made == one.server_socket and call.until < first:
            yield f"calls: accept() at {call.at} returned before the SYN at {first}"


def _rooms(recording: Recording, one: Conversation) -> Iterator[str]:
    """An end that says it has no room (a window of 0) holds bytes that its program has not taken (RFC 9293 3.8.6)."""
    for me, other, id_ in ((one.client, one.server, one.client_socket), (one.server, one.client, one.server_socket)):
        mine = [packet for packet in one.sent(me) if not packet.has("RST")]
        full = [packet for packet in mine if window(bytes.fromhex(packet.raw)) == 0]
        if not full or id_ is None or recording.socket(id_).tls or me == other:
            continue
        taken = [call for call in calls_of(recording, id_) if moves(call, "recv")]
        for packet in full:
            came = max((sent.seq - 1 + sent.size for sent in one.sent(other) if sent.at <= packet.at), default=0)
            if came <= sum(call.size or 0 for call in taken if call.until <= packet.at):
                yield f"packets: the one at {packet.at} says that {me} has no room, though nothing lies there"


def _bytes(
    recording: Recording, one: Conversation, end: Endpoint, sender: int | None, receiver: int | None
) -> Iterator[str]:
    """What one end sent is what its calls sent before, and what the other's calls received after."""
    packets = [packet for packet in one.sent(end) if packet.size or packet.has("FIN")]
    # what TLS makes of the bytes, the calls do not see
    sender, receiver = (None if id_ and recording.socket(id_).tls else id_ for id_ in (sender, receiver))
    for socket, name in ((sender, "send"), (receiver, "recv")):
        if socket is None:
            continue
        whole = content(recording, socket, name)
        if whole is None:
            yield from _bytes_in_part(recording, packets, socket, name)
            continue
        for packet in packets:
            payload = _header(packet).payload
            known = whole[packet.seq - 1 : packet.seq - 1 + len(payload)]
            if not payload.startswith(known) or (len(known) < len(payload) and name == "send" and known):
                yield f"packets: the one at {packet.at} carries other bytes than the calls of {name} moved"
    yield from _sent_before(recording, packets, sender)
    yield from _received_after(recording, packets, receiver)


def _bytes_in_part(recording: Recording, packets: list[Packet], socket: int, name: str) -> Iterator[str]:
    """What is shown of bytes that are too many to keep is what crossed there, as far as that was kept."""
    crossed = bytearray()
    for packet in sorted(packets, key=lambda packet: packet.seq):
        payload = _header(packet).payload
        crossed += bytes(max(0, packet.seq - 1 - len(crossed)))
        crossed[packet.seq - 1 : packet.seq - 1 + len(payload)] = payload
    at = 0
    for call in calls_of(recording, socket):
        if moves(call, name):
            shown = unescape(call.data)
            if not shown.startswith(crossed[at : at + len(shown)]):
                yield f"packets: they carry other bytes than {call.function}() at {call.at} moved"
            at += call.size or 0


def _sent_before(recording: Recording, packets: list[Packet], socket: int | None) -> Iterator[str]:
    calls = calls_of(recording, socket)
    sends = [call for call in calls if moves(call, "send")]
    until, begins = 0, []
    for call in sends:
        begins.append(until)
        until += call.size or 0
    closing = [call.at for call in calls if _closes(call)]
    for packet in packets:
        index = bisect_left(begins, packet.seq) - 1
        if packet.size and index >= 0 and packet.seq <= until and sends[index].at > packet.at + _ROUNDED:
            yield f"packets: the one at {packet.at} carries what was sent at {sends[index].at}"
        if packet.has("FIN") and closing and packet.at < closing[0] - _ROUNDED:
            yield f"packets: the FIN at {packet.at} was sent before {closing[0]}, when the socket was closed"


def _closes(call: Call) -> bool:
    """Say whether a call ends what its socket sends."""
    return call.name in _CLOSINGS or (call.name == "shutdown" and call.argument != "SHUT_RD")


def _received_after(recording: Recording, packets: list[Packet], socket: int | None) -> Iterator[str]:
    got, deaf = 0, False
    for call in calls_of(recording, socket):
        deaf = deaf or (call.name == "shutdown" and call.argument != "SHUT_WR")  # from then on it reads the end
        if call.name != "recv" or call.error:
            continue
        got += (call.size or 0) if moves(call, "recv") else 0
        late = [packet.at for packet in packets if packet.size and packet.seq < got + 1]
        if call.size == 0 and not deaf:
            late += [packet.at for packet in packets if packet.has("FIN")][:1]
        if any(at > call.until for at in late if at):
            yield f"calls: recv at {call.at} returned before its bytes had crossed"


def _sealed(recording: Recording, one: Conversation) -> Iterator[str]:
    """What TLS makes of the bytes, the calls do not see; but something must have crossed after they were sent."""
    ends = ((one.client, one.client_socket, one.server_socket), (one.server, one.server_socket, one.client_socket))
    for end, sender, receiver in ends:
        if sender is None or receiver is None or not (recording.socket(sender).tls and recording.socket(receiver).tls):
            continue
        sends = [call for call in calls_of(recording, sender) if moves(call, "send")]
        sent = list(accumulate(call.size or 0 for call in sends))
        crossed = [packet.at for packet in one.sent(end) if packet.size]
        got = 0
        for call in (call for call in calls_of(recording, receiver) if moves(call, "recv")):
            got += call.size or 0
            index = bisect_left(sent, got)
            begun = sends[index].at - _ROUNDED if index < len(sends) else inf
            if not any(begun <= at <= call.until + _ROUNDED for at in crossed):
                yield f"calls: {call.function}() at {call.at} returned before anything crossed of what was sent to it"


def _datagrams(recording: Recording) -> Iterator[str]:
    """Each datagram crossed while a call sent it."""
    sends: dict[tuple[int | None, Endpoint], list[tuple[Call, bytes | None]]] = defaultdict(list)
    for socket in recording.sockets:
        whole = content(recording, socket.id, "send")
        at = 0
        for call in calls_of(recording, socket.id) if socket.type == "SOCK_DGRAM" else ():
            if call.name == "send" and not call.error and call.local and call.peer:
                part = whole[at : at + (call.size or 0)] if whole is not None else None
                sends[call.local.port, call.peer].append((call, part))
                at += call.size or 0
    for packet in recording.packets:
        calls = sends.get((packet.source.port, packet.destination)) if packet.protocol == "UDP" else None
        if calls and not any(_carries(packet, call, part) for call, part in calls):
            yield f"packets: no call sent the datagram at {packet.at}"


def _arrivals(recording: Recording) -> Iterator[str]:
    """No datagram is received before it crossed, nor more often."""
    takes: dict[tuple[int, int, str], list[Call]] = defaultdict(list)
    for call in recording.calls:
        socket = recording.socket(call.socket)
        if socket.type == "SOCK_DGRAM" and socket.local and socket.local.port and moves(call, "recv"):
            takes[socket.id, socket.local.port, call.data].append(call)
    for (_, port, data), calls in takes.items():
        came = [
            (packet.at, packet.size)
            for packet in recording.packets
            if packet.protocol == "UDP"
            and packet.destination.port == port
            and _header(packet).payload.startswith(unescape(data))
        ]
        yield from _early(calls, came, "datagram")


def _carries(packet: Packet, call: Call, part: bytes | None) -> bool:
    in_time = call.at - _ROUNDED <= packet.at <= call.until + _ROUNDED
    same = part is None or part.startswith(_header(packet).payload)
    return in_time and packet.size == call.size and same


# -- what the kernel kept ----------------------------------------------------------------------------------------------


def _kept(recording: Recording) -> Iterator[str]:
    """What waits in TIME_WAIT is the end of a connection that was closed before the other's FIN came."""
    closers = {pair for one in conversations(recording) for pair in _closers(recording, one)}
    for row in recording.left:
        if row.state == "TIME_WAIT" and recording.saw_packets and (row.local, row.remote) not in closers:
            yield f"left: {row.local} did not end a connection to {row.remote}"
    waits = [(row.local, row.remote) for row in recording.left if row.state == "TIME_WAIT"]
    if len(set(waits)) < len(waits):
        yield "left: an end of a connection waits twice"


def _closers(recording: Recording, one: Conversation) -> Iterator[tuple[Endpoint, Endpoint]]:
    ends = ((one.client, one.server, one.client_socket), (one.server, one.client, one.server_socket))
    for me, other, socket in ends:
        mine, others = ([packet.at for packet in one.sent(end) if packet.has("FIN")] for end in (me, other))
        # a FIN may have to wait behind bytes, long after the call that asked for it
        calls = [call.at for call in calls_of(recording, socket) if _closes(call)]
        if mine and others and min(mine + calls) <= others[0]:
            yield me, other


_CHECKS: tuple[Callable[[Recording], Iterator[str]], ...] = (
    _numbers,
    _raw,
    _complaints,
    _programs,
    _times,
    _results,
    _names,
    _descriptors,
    _streams,
    _peeks,
    _paths,
    _wire,
    _kept,
)
