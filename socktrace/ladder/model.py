"""The figure as data: who stands at the two lifelines, and what happens between them, step by step. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from socktrace.conversations import Conversation, conversations
from socktrace.ladder import states
from socktrace.ladder.fold import fold
from socktrace.ladder.steps import Side, Step
from socktrace.ladder.words import glyph, moved, packet_label, plural, preview, protocol, visible
from socktrace.recording import Call, Endpoint, Packet, Recording, Socket

_WAITS = ("accept", "connect", "recv")
_SENDS = ("connect", "send", "shutdown", "close")
_NOT_YET = ("EAGAIN", "EWOULDBLOCK")
_ENDINGS = {
    "collected": "closed by the garbage collector",
    "exit": "still open as its process ended",
    "exec": "closed as the process became another program",
}


@dataclass(frozen=True, slots=True)
class Lane:
    """One lifeline: an endpoint, and the sockets that the program held there.

    Args:
        role: `client`, `server`, or what else the reader may call it.
        endpoint: Its name on the wire, if it has one.
        sockets: `Socket.id` and shape of the program's sockets there, in order of opening.
    """

    role: str
    endpoint: Endpoint | None
    sockets: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One conversation, or the sockets that had none.

    Args:
        title: What this is, in a few words.
        protocol: `TCP`, `UDP`, `Unix`, or `""` for sockets that met no peer.
        left: The lifeline of the one who spoke first.
        right: The other lifeline; `None` if there is none.
        steps: What happened, in order.
        note: What the kernel still held when the program had ended, or `""`.
        alike: The endpoints of further conversations that went in the same way and are not drawn.
    """

    title: str
    protocol: str
    left: Lane
    right: Lane | None
    steps: tuple[Step, ...]
    note: str = ""
    alike: tuple[tuple[Endpoint, Endpoint], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What one run looks like.

    Args:
        sections: The conversations, in order.
        notes: What is left out, one line each.
    """

    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Talk:
    """A conversation while its calls are being gathered."""

    source: Conversation
    ends: float
    calls: list[tuple[Side, Call]] = field(default_factory=list)

    def side(self, socket: int) -> Side | None:
        if socket == self.source.client_socket:
            return "left"
        return "right" if socket in (self.source.server_socket, self.source.listener) else None


def draw(recording: Recording) -> Figure:
    """Turn a recording into its figure.

    Args:
        recording: Any recording, also one whose packets nobody saw.
    """
    silent = _silent_pairs(recording)
    quiet = {one for pair in silent for one in pair}
    talks = _talks(recording, quiet)
    used = {one for talk in talks for one in _members(talk.source)}
    alone = [socket for socket in recording.sockets if socket.id not in used | quiet]
    for call in recording.calls:
        if call.socket not in quiet:
            _give(call, talks)
    sections = [_section(recording, talk, _title(talk, talks)) for talk in talks]
    drawn = _unlike(talks, sections)
    if alone:
        drawn.append(_alone(recording, alone))
    return Figure(tuple(drawn), tuple(_pair_note(recording, pair) for pair in silent))


# -- which conversation a call belongs to ------------------------------------------------------------------------------


def _members(talk: Conversation) -> tuple[int, ...]:
    return tuple(one for one in (talk.client_socket, talk.server_socket, talk.listener) if one is not None)


def _silent_pairs(recording: Recording) -> list[tuple[int, int]]:
    """Find the socket pairs of libraries that carried nothing but wake-up bytes; asyncio's event loop opens one."""
    spoke = {
        call.socket for call in recording.calls if call.name in ("send", "recv") and call.data.replace("\\x00", "")
    }
    opened = [call for call in recording.calls if call.name == "socketpair" and call.via]
    pairs = [(call.socket, call.made) for call in opened if call.made]
    return [(one, other) for one, other in pairs if not spoke & {one, other}]


def _pair_note(recording: Recording, pair: tuple[int, int]) -> str:
    call = next(call for call in recording.calls if call.socket == pair[0] and call.name == "socketpair")
    where = f" on line {call.line}" if call.line else ""
    return (
        f"Not drawn: sockets {pair[0]} and {pair[1]}, a pair that {visible(call.via)} opened{where}. "
        "It carried no data; an event loop keeps such a pair to wake itself."
    )


def _talks(recording: Recording, quiet: set[int]) -> list[_Talk]:
    found = [talk for talk in conversations(recording) if not quiet & set(_members(talk))]
    if not recording.saw_packets:
        found += _unseen(recording, found)
    return [_Talk(talk, _ends(recording, talk)) for talk in found]


def _ends(recording: Recording, talk: Conversation) -> float:
    if talk.packets:
        return talk.packets[-1].at
    own = (talk.client_socket, talk.server_socket)
    return max((call.until for call in recording.calls if call.socket in own), default=0.0)


def _unseen(recording: Recording, found: list[Conversation]) -> Iterator[Conversation]:
    """Pair connecting and accepted sockets by their names, where no packet could tell."""
    known = {one for talk in found for one in _members(talk)}
    for socket in recording.sockets:
        if socket.role != "client" or socket.id in known or not socket.local or not socket.peer:
            continue
        opened = next((call.at for call in recording.calls if call.socket == socket.id), 0.0)
        for call in recording.calls:
            if call.name == "accept" and call.made and call.peer == socket.local and call.until >= opened:
                yield Conversation("TCP", socket.local, socket.peer, socket.id, call.made, call.socket, ())
                break


def _give(call: Call, talks: list[_Talk]) -> None:
    """Hand a call to its conversation; if several share the socket, to the one named, else to the one at its time."""
    mine = [talk for talk in talks if talk.side(call.socket)]
    if not mine:
        return
    chosen = next((talk for talk in mine if _names(call, talk.source)), None)
    if chosen is None:
        chosen = next((talk for talk in mine if talk.ends >= call.at), mine[-1])
    side = chosen.side(call.socket)
    if side:
        chosen.calls.append((side, call))


def _names(call: Call, talk: Conversation) -> bool:
    if call.made is not None:
        return call.made == talk.server_socket
    if call.peer is None:
        return False
    return call.peer == (talk.server if call.socket == talk.client_socket else talk.client)


# -- one conversation --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Event:
    at: float
    step: Step


def _section(recording: Recording, talk: _Talk, title: str) -> Section:
    source = talk.source
    steps = [event.step for event in _events(recording, talk)]
    return Section(
        title=title,
        protocol=source.protocol,
        left=_lane(recording, talk, "left"),
        right=_lane(recording, talk, "right"),
        steps=fold(steps),
        note=_kept(recording, source),
    )


def _title(talk: _Talk, talks: list[_Talk]) -> str:
    one = talk.source
    same = [other for other in talks if other.source.protocol == one.protocol]
    words = {"TCP": "TCP connection", "Unix": "Pair of Unix sockets"}
    title = words.get(one.protocol, f"{one.protocol} conversation")
    if len(same) > 1:
        title += f" {next(at for at, other in enumerate(same, 1) if other is talk)} of {len(same)}"
    if one.protocol == "TCP" and one.refused:
        title += ", refused"
    if one.protocol == "Unix":
        return f"{title}: no packets, the bytes stay inside the kernel"
    return f"{title}: {plural(len(one.packets), 'packet') if one.packets else 'packets not recorded'}"


def _lane(recording: Recording, gathered: _Talk, side: Side) -> Lane:
    talk = gathered.source
    ids = (talk.client_socket,) if side == "left" else (talk.listener, talk.server_socket)
    sockets = [recording.socket(one) for one in ids if one is not None]
    endpoint = _shown(talk.client if side == "left" else talk.server)
    if talk.protocol == "TCP":
        role = "client" if side == "left" else "server" if sockets else "no socket"
    else:
        role = f"{talk.protocol} socket" if sockets else "no socket"
    return Lane(role, endpoint, _marks(recording, sockets, gathered.ends))


def _marks(
    recording: Recording, sockets: Sequence[Socket], listening_at: float | None = None
) -> tuple[tuple[int, str], ...]:
    moments = {"listener": listening_at}
    return tuple((socket.id, glyph(recording, socket, moments.get(socket.role))) for socket in sockets)


def _shown(endpoint: Endpoint | None) -> Endpoint | None:
    """Return the endpoint if it says something: a Unix socket may have no name, and port 0 stands for none yet."""
    return None if endpoint is None or endpoint.port == 0 or not str(endpoint.address) else endpoint


def _kept(recording: Recording, talk: Conversation) -> str:
    """Say what the kernel's own table held of this connection when the program had ended."""
    names = {(talk.client, talk.server): "client", (talk.server, talk.client): "server"}
    for row in recording.left:
        end = names.get((row.local, row.remote))
        if talk.protocol == "TCP" and end:
            return f"When the program had ended, the kernel still kept the {end}'s end: {row.state.replace('_', '-')}."
    return ""


def _events(recording: Recording, talk: _Talk) -> list[_Event]:
    """Bring calls and packets into one order. A call that waited while something else happened stands there twice."""
    packets = [
        _Event(packet.at, replace(step, line=_cause(talk, packet, step.side)))
        for packet, step in _packet_steps(talk.source)
    ]
    waits = [(side, call) for side, call in talk.calls if not _noise(call)]
    moments = [event.at for event in packets]
    turns = [(side, moment) for side, call in waits for moment in (call.at, call.until)]
    events = list(packets)
    for side, call in waits:
        inside = any(call.at < at < call.until for at in moments) or any(
            call.at < at < call.until for other, at in turns if other != side
        )
        events += _call_events(recording, side, call, split=inside and call.name in _WAITS)
        if talk.source.protocol == "Unix" and call.name == "send" and call.size and not call.error:
            events.append(_Event(call.at, _kernel_step(side, call)))
    return sorted(events, key=lambda event: event.at)


def _cause(talk: _Talk, packet: Packet, side: Side) -> int | None:
    """Return the line of the call that sent a packet; what the kernel sends by itself has none."""
    for caller, call in talk.calls:
        if caller == side and call.name in _SENDS and call.at <= packet.at <= call.until and not call.path:
            return call.line
    return None


def _noise(call: Call) -> bool:
    """A call on a non-blocking socket that only found nothing to do yet."""
    return call.error in _NOT_YET or (call.name == "socketpair" and call.made is None)


def _packet_steps(talk: Conversation) -> Iterator[tuple[Packet, Step]]:
    moves = states.changes(talk.packets, talk.client) if talk.protocol == "TCP" else [("", "")] * len(talk.packets)
    for packet, (left, right) in zip(talk.packets, moves, strict=True):
        label, data, tone = packet_label(packet)
        sender = packet.about[1] if packet.about else packet.source
        side: Side = "left" if sender == talk.client else "right"
        yield packet, Step("packet", side, label, data=data, tone=tone, left=left, right=right, size=packet.size)


def _kernel_step(side: Side, call: Call) -> Step:
    size = call.size or 0
    return Step("kernel", side, plural(size, "byte"), data=preview(call.data), tone="data", size=size)


def _call_events(recording: Recording, side: Side, call: Call, *, split: bool) -> Iterator[_Event]:
    socket = recording.socket(call.socket)
    function = visible(call.function or call.name)
    step = Step(
        "call",
        side,
        f"{function}({visible(call.argument)})",
        glyph=glyph(recording, socket, call.at),
        socket=call.socket,
        line=call.line,
        path=call.path or "",
        via=call.via.partition(".")[0],
        size=call.size or 0,
        failed=call.error not in (None, "EINPROGRESS"),
    )
    result = _result(socket, call)
    if split:
        yield _Event(call.at, replace(step, after="waits", phase="begins", failed=False, size=0))
        done = result or "returns"
        later = glyph(recording, socket, call.until)
        yield _Event(call.until, replace(step, label=f"{function}()", after=done, phase="returns", glyph=later))
        return
    if call.name == "adopt":
        step = replace(step, label=_adopted(recording, call))
    elif call.name in _ENDINGS:
        step = replace(step, label=_ENDINGS[call.name], failed=True)
    elif call.name == "send":
        step = replace(step, label=f"{function}({moved(call, socket)})")
    elif call.name == "close" and _closes(recording, call.socket) > 1:
        step = replace(step, label=f"{function}()", after=f"descriptor {call.fd}")
    listens = call.name == "listen" and not call.error and protocol(socket) == "TCP"
    state = {"left" if side == "left" else "right": "LISTEN"} if listens else {}
    at = call.until if call.name in ("accept", "recv") else call.at
    yield _Event(at, replace(step, after=result or step.after, **state))  # type: ignore[arg-type]


def _adopted(recording: Recording, call: Call) -> str:
    """Say what it means that a socket object was made for a descriptor that was there before it."""
    earlier = {other.fd for other in recording.calls if other.socket == call.socket and other.at < call.at}
    if recording.socket(call.socket).origin == "adopt" and not earlier:
        return f"takes over descriptor {call.fd}"
    return "another socket object" if call.fd in earlier else f"another descriptor: {call.fd}"


def _closes(recording: Recording, socket: int) -> int:
    return sum(1 for call in recording.calls if call.socket == socket and call.name == "close")


def _result(socket: Socket, call: Call) -> str:
    if call.error:
        return f"\u2192 {visible(call.error)}"
    result = ""
    if call.name == "accept" and call.made:
        result = f"socket {call.made}"
    elif call.name == "recv":
        result = moved(call, socket)
    elif call.name == "bind" and call.local and call.argument.endswith(":0"):
        result = f"port {call.local.port}"
    elif call.name == "socketpair" and call.made:
        result = f"sockets {call.socket} and {call.made}"
    elif call.name == "socket":
        result = protocol(socket)
    return f"\u2192 {result}" if result else ""


# -- many conversations, and none --------------------------------------------------------------------------------------


def _unlike(talks: list[_Talk], sections: list[Section]) -> list[Section]:
    """Keep the first of conversations that went alike, with the others' endpoints and the listener's last calls."""
    shapes = [_shape(talk) for talk in talks]
    many = Counter(shapes)
    drawn: list[Section] = []
    places: dict[object, int] = {}
    for talk, section, shape in zip(talks, sections, shapes, strict=True):
        if many[shape] < 3 or shape not in places:
            places[shape] = len(drawn)
            drawn.append(section)
            continue
        first = drawn[places[shape]]
        shared = [step for step in section.steps if step.socket == talk.source.listener and "accept" not in step.label]
        pair = (talk.source.client, talk.source.server)
        drawn[places[shape]] = replace(first, steps=(*first.steps, *shared), alike=(*first.alike, pair))
    return drawn


def _shape(talk: _Talk) -> object:
    """Return what conversations that went alike have in common: each end's own calls and the packets, without times."""
    source = talk.source

    def own(socket: int | None) -> tuple[object, ...]:
        calls = (call for _, call in talk.calls if call.socket == socket and socket is not None and not _noise(call))
        return tuple((call.name, call.function, call.line, call.error, call.size) for call in calls)

    # When a bare acknowledgment is sent is the kernel's timing, not the program's doing.
    marks = ((packet.source == source.client, packet.flags, packet.size) for packet in source.packets)
    wire = tuple(mark for mark in marks if mark[1:] != ("ACK", 0))
    server = source.server if source.protocol == "TCP" else None
    return source.protocol, server, own(source.client_socket), own(source.server_socket), wire


def _alone(recording: Recording, sockets: list[Socket]) -> Section:
    """Draw the sockets that met no peer: two at two lifelines, more at one."""
    places: dict[int, Side] = {socket.id: "left" for socket in sockets}
    if len(sockets) == 2:
        places[sockets[1].id] = "right"
    groups = [sockets] if len(sockets) != 2 else [[socket] for socket in sockets]
    lanes = [_lonely_lane(recording, group) for group in groups]
    events: list[_Event] = []
    for call in recording.calls:
        if call.socket in places and not _noise(call):
            for event in _call_events(recording, places[call.socket], call, split=False):
                step = replace(event.step, left="", right="")
                if len(sockets) > 2:
                    step = replace(step, label=f"socket {call.socket}: {step.label}")
                events.append(replace(event, step=step))
    events.sort(key=lambda event: event.at)
    return Section(
        title="A socket that met no peer" if len(sockets) == 1 else "Sockets that met no peer",
        protocol="",
        left=lanes[0],
        right=lanes[1] if len(lanes) > 1 else None,
        steps=fold([event.step for event in events]),
    )


def _lonely_lane(recording: Recording, sockets: Sequence[Socket]) -> Lane:
    kinds: Iterable[str] = dict.fromkeys(protocol(socket) for socket in sockets)
    endpoint = _shown(sockets[0].local) if len(sockets) == 1 else None
    noun = "socket" if len(sockets) == 1 else "sockets"
    return Lane(f"{' and '.join(kinds)} {noun}", endpoint, _marks(recording, sockets))
