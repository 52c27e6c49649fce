"""The figure as data: who stands at the two lifelines, and what happens between them, step by step. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from socktrace.conversations import Conversation
from socktrace.ladder import events
from socktrace.ladder.fold import fold
from socktrace.ladder.gather import Run, Talk, gather
from socktrace.ladder.steps import Side, Step
from socktrace.ladder.words import glyph, plural, protocol, visible
from socktrace.recording import Endpoint, Recording, Socket


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
        protocol: `TCP`, `UDP`, `Unix`, or `""` for sockets of no conversation.
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


def draw(recording: Recording) -> Figure:
    """Turn a recording into its figure.

    Args:
        recording: Any recording, also one whose packets nobody saw.
    """
    run = Run.of(recording)
    talks, silent = gather(run)
    drawn = _unlike(talks, [_section(run, talk, title) for talk, title in zip(talks, _titles(talks), strict=True)])
    used = {one for talk in talks for one in talk.sockets} | {one for pair in silent for one in pair}
    alone = [socket for socket in recording.sockets if socket.id not in used]
    if alone:
        drawn.append(_alone(run, alone))
    return Figure(tuple(drawn), tuple(_pair_note(run, pair) for pair in silent))


def _pair_note(run: Run, pair: tuple[int, int]) -> str:
    call = next(call for call in run.calls[pair[0]] if call.name == "socketpair")
    where = f" on line {call.line}" if call.line else ""
    return (
        f"Not drawn: sockets {pair[0]} and {pair[1]}, a pair that {visible(call.via)} opened{where}. "
        "It carried no data; an event loop keeps such a pair to wake itself."
    )


# -- one conversation --------------------------------------------------------------------------------------------------


def _section(run: Run, talk: Talk, title: str) -> Section:
    return Section(
        title=title,
        protocol=talk.source.protocol,
        left=_lane(run, talk, "left"),
        right=_lane(run, talk, "right"),
        steps=fold(events.steps(run, talk)),
        note=_kept(run.recording, talk.source),
    )


def _titles(talks: Sequence[Talk]) -> list[str]:
    many = Counter(talk.source.protocol for talk in talks)
    seen: Counter[str] = Counter()
    titles = []
    for talk in talks:
        one = talk.source
        seen[one.protocol] += 1
        words = {"TCP": "TCP connection", "Unix": "Unix connection" if one.listener else "Pair of Unix sockets"}
        title = words.get(one.protocol, f"{one.protocol} conversation")
        if many[one.protocol] > 1:
            title += f" {seen[one.protocol]} of {many[one.protocol]}"
        if one.protocol == "TCP" and one.refused:
            title += ", refused"
        count = plural(len(one.packets), "packet") if one.packets else "packets not recorded"
        titles.append(
            f"{title}: " + ("no packets, the bytes stay inside the kernel" if one.protocol == "Unix" else count)
        )
    return titles


def _lane(run: Run, gathered: Talk, side: Side) -> Lane:
    talk = gathered.source
    ids = (talk.client_socket,) if side == "left" else (talk.listener, talk.server_socket)
    sockets = [run.recording.socket(one) for one in ids if one is not None]
    if talk.protocol == "TCP":
        role = "client" if side == "left" else "server" if sockets else "no socket"
    else:
        role = f"{talk.protocol} socket" if sockets else "no socket"
    return Lane(role, _shown(talk.client if side == "left" else talk.server), _marks(run, sockets, gathered.ends))


def _marks(run: Run, sockets: Sequence[Socket], listening_at: float | None = None) -> tuple[tuple[int, str], ...]:
    moments = {"listener": listening_at}
    return tuple((one.id, glyph(one, run.calls[one.id], moments.get(one.role))) for one in sockets)


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


# -- many conversations, and none --------------------------------------------------------------------------------------


def _unlike(talks: list[Talk], sections: list[Section]) -> list[Section]:
    """Keep the first of conversations that went alike, with the others' endpoints and its listener's last calls."""
    shapes = [_shape(talk) for talk in talks]
    many = Counter(shapes)
    drawn: list[Section] = []
    places: dict[object, tuple[int, int | None]] = {}
    for talk, section, shape in zip(talks, sections, shapes, strict=True):
        if many[shape] < 3 or shape not in places:
            places[shape] = len(drawn), talk.source.listener
            drawn.append(section)
            continue
        place, listener = places[shape]
        first = drawn[place]
        mine = [step for step in section.steps if listener is not None and step.socket == listener]
        shared = [step for step in mine if "accept" not in step.label]
        pair = (talk.source.client, talk.source.server)
        drawn[place] = replace(first, steps=(*first.steps, *shared), alike=(*first.alike, pair))
    return drawn


def _shape(talk: Talk) -> object:
    """Return what conversations that went alike have in common: each end's own calls and the packets, without times."""
    source = talk.source

    def own(socket: int | None) -> tuple[object, ...]:
        calls = (
            call for _, call in talk.calls if call.socket == socket and socket is not None and not events.is_noise(call)
        )
        return tuple((call.name, call.function, call.line, call.error, call.size) for call in calls)

    # When a bare acknowledgment is sent is the kernel's timing, not the program's doing.
    marks = ((packet.source == source.client, packet.flags, packet.size) for packet in source.packets)
    wire = tuple(mark for mark in marks if mark[1:] != ("ACK", 0))
    return source.protocol, own(source.client_socket), own(source.server_socket), wire


def _alone(run: Run, sockets: list[Socket]) -> Section:
    """Draw the sockets of no conversation: two at two lifelines, more at one."""
    groups = [sockets] if len(sockets) != 2 else [[socket] for socket in sockets]
    lanes = [_lonely_lane(run, group) for group in groups]
    places: dict[int, Side] = {socket.id: "left" for socket in groups[0]}
    if len(groups) > 1:
        places[sockets[1].id] = "right"
    found = []
    for call in run.recording.calls:
        if call.socket in places:
            for event in events.call_events(run, places[call.socket], call):
                label = f"socket {call.socket}: {event.step.label}" if len(sockets) > 2 else event.step.label
                found.append(replace(event, step=replace(event.step, label=label, left="", right="")))
    found.sort(key=lambda event: event.at)
    spoke = any(call.name in ("send", "recv") and not call.error for one in sockets for call in run.calls[one.id])
    what = "without a connection" if spoke else "that met no peer"
    return Section(
        title=f"A socket {what}" if len(sockets) == 1 else f"Sockets {what}",
        protocol="",
        left=lanes[0],
        right=lanes[1] if len(lanes) > 1 else None,
        steps=fold([event.step for event in found]),
    )


def _lonely_lane(run: Run, sockets: Sequence[Socket]) -> Lane:
    kinds: Iterable[str] = dict.fromkeys(protocol(socket) for socket in sockets)
    endpoint = _shown(sockets[0].local) if len(sockets) == 1 else None
    noun = "socket" if len(sockets) == 1 else "sockets"
    return Lane(f"{' and '.join(kinds)} {noun}", endpoint, _marks(run, sockets))
