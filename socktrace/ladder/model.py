"""The figure as data: who stands at the two lifelines, and what happens between them, step by step. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from socktrace.conversations import Conversation, calls_of
from socktrace.ladder import events
from socktrace.ladder.abridge import abridge
from socktrace.ladder.assign import ConversationWithCalls, assign_calls
from socktrace.ladder.steps import Side, Step
from socktrace.recording import Call, Endpoint, Recording, Socket
from socktrace.visible import visible
from socktrace.wording import glyph, plural, protocol


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
        conversation: The conversation, if it is one.
    """

    title: str
    protocol: str
    left: Lane
    right: Lane | None
    steps: tuple[Step, ...]
    note: str = ""
    alike: tuple[tuple[Endpoint, Endpoint], ...] = ()
    conversation: Conversation | None = None


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
    every, silent = assign_calls(recording)
    sections = [_section(recording, one, title) for one, title in zip(every, _titles(every), strict=True)]
    drawn = _unlike(recording, every, sections)
    used = {socket for one in every for socket in one.sockets} | {socket for pair in silent for socket in pair}
    alone = [socket for socket in recording.sockets if socket.id not in used]
    if alone:
        drawn.append(_alone(recording, alone))
    return Figure(tuple(drawn), tuple(_pair_note(recording, pair) for pair in silent))


def _pair_note(recording: Recording, pair: tuple[int, int]) -> str:
    call = next(call for call in calls_of(recording, pair[0]) if call.name == "socketpair")
    where = f" on line {call.line}" if call.line else ""
    return (
        f"Not drawn: sockets {pair[0]} and {pair[1]}, a pair that {visible(call.via)} opened{where}. "
        "It carried no data; an event loop keeps such a pair to wake itself."
    )


# -- one conversation --------------------------------------------------------------------------------------------------


def _section(recording: Recording, one: ConversationWithCalls, title: str) -> Section:
    return Section(
        title=title,
        protocol=one.conversation.protocol,
        left=_lane(recording, one, "left"),
        right=_lane(recording, one, "right"),
        steps=abridge(events.steps(recording, one)),
        note=_kept(recording, one.conversation),
        conversation=one.conversation,
    )


def _titles(every: Sequence[ConversationWithCalls]) -> list[str]:
    many = Counter(each.conversation.protocol for each in every)
    seen: Counter[str] = Counter()
    titles = []
    for each in every:
        one = each.conversation
        seen[one.protocol] += 1
        kinds = {"TCP": "TCP connection", "Unix": "Unix connection" if one.listener else "Pair of Unix sockets"}
        title = kinds.get(one.protocol, f"{one.protocol} conversation")
        if many[one.protocol] > 1:
            title += f" {seen[one.protocol]} of {many[one.protocol]}"
        if one.protocol == "TCP" and one.refused:
            title += ", refused"
        count = plural(len(one.packets), "packet") if one.packets else "packets not recorded"
        titles.append(
            f"{title}: " + ("no packets, the bytes stay inside the kernel" if one.protocol == "Unix" else count)
        )
    return titles


def _lane(recording: Recording, each: ConversationWithCalls, side: Side) -> Lane:
    one = each.conversation
    held = (one.client_socket,) if side == "left" else (one.listener, one.server_socket)
    sockets = [recording.socket(number) for number in held if number is not None]
    if one.protocol == "TCP":
        role = "client" if side == "left" else "server" if sockets else "no socket"
    else:
        role = f"{one.protocol} socket" if sockets else "no socket"
    return Lane(role, _shown(one.client if side == "left" else one.server), _marks(recording, sockets, each.ends))


def _marks(
    recording: Recording, sockets: Sequence[Socket], listening_at: float | None = None
) -> tuple[tuple[int, str], ...]:
    moments = {"listener": listening_at}
    return tuple((one.id, glyph(one, calls_of(recording, one.id), moments.get(one.role))) for one in sockets)


def _shown(endpoint: Endpoint | None) -> Endpoint | None:
    """Return the endpoint if it says something: a Unix socket may have no name, and port 0 stands for none yet."""
    return None if endpoint is None or endpoint.port == 0 or not str(endpoint.address) else endpoint


def _kept(recording: Recording, one: Conversation) -> str:
    """Say what the kernel's own table held of this connection when the program had ended."""
    names = {(one.client, one.server): "client", (one.server, one.client): "server"}
    for row in recording.left:
        end = names.get((row.local, row.remote))
        if one.protocol == "TCP" and end:
            return f"When the program had ended, the kernel still kept the {end}'s end: {row.state.replace('_', '-')}."
    return ""


# -- many conversations, and none --------------------------------------------------------------------------------------


def _unlike(recording: Recording, every: list[ConversationWithCalls], sections: list[Section]) -> list[Section]:
    """Keep the first of conversations that went alike, with the others' endpoints and its listener's last calls."""
    shapes = [_shape(recording, one) for one in every]
    many = Counter(shapes)
    drawn: list[Section] = []
    places: dict[object, tuple[int, int | None]] = {}
    for one, section, shape in zip(every, sections, shapes, strict=True):
        if many[shape] < 3 or shape not in places:
            places[shape] = len(drawn), one.conversation.listener
            drawn.append(section)
            continue
        place, listener = places[shape]
        first = drawn[place]
        mine = [step for step in section.steps if listener is not None and step.socket == listener]
        shared = [step for step in mine if "accept" not in step.label]
        pair = (one.conversation.client, one.conversation.server)
        drawn[place] = replace(first, steps=(*first.steps, *shared), alike=(*first.alike, pair))
    return drawn


def _shape(recording: Recording, one: ConversationWithCalls) -> object:
    """Return what conversations that went alike have in common: the calls at each end and the packets, without times.

    A listener that several share was opened in one way for all of them; two that were opened on other lines differ.
    """
    source = one.conversation

    def own(socket: int | None, calls: Iterable[Call]) -> tuple[object, ...]:
        mine = (call for call in calls if call.socket == socket and not events.is_noise(call))
        return tuple((call.name, call.function, call.line, call.error, call.size) for call in mine)

    at_ends = [call for _, call in one.calls]
    opened = [call for call in calls_of(recording, source.listener) if call.name != "accept"]
    # When a bare acknowledgment is sent is the kernel's timing, not the program's doing.
    marks = ((packet.source == source.client, packet.flags, packet.size) for packet in source.packets)
    wire = tuple(mark for mark in marks if mark[1:] != ("ACK", 0))
    ends = (own(socket, at_ends) for socket in (source.client_socket, source.server_socket))
    return source.protocol, *ends, own(source.listener, opened), wire


def _alone(recording: Recording, sockets: list[Socket]) -> Section:
    """Draw the sockets of no conversation: two at two lifelines, more at one."""
    groups = [sockets] if len(sockets) != 2 else [[socket] for socket in sockets]
    lanes = [_lonely_lane(recording, group) for group in groups]
    places: dict[int, Side] = {socket.id: "left" for socket in groups[0]}
    if len(groups) > 1:
        places[sockets[1].id] = "right"
    found = []
    for call in recording.calls:
        if call.socket in places:
            for event in events.call_events(recording, places[call.socket], call):
                step = event.step
                if len(sockets) > 2:
                    step = replace(step, label=f"socket {call.socket}: {step.label}")
                if step.left or step.right:
                    step = replace(step, left="", right="")
                found.append(replace(event, step=step))
    spoke = any(
        call.name in ("send", "recv") and not call.error for one in sockets for call in calls_of(recording, one.id)
    )
    what = "without a connection" if spoke else "that met no peer"
    return Section(
        title=f"A socket {what}" if len(sockets) == 1 else f"Sockets {what}",
        protocol="",
        left=lanes[0],
        right=lanes[1] if len(lanes) > 1 else None,
        steps=abridge(events.in_order(found)),
    )


def _lonely_lane(recording: Recording, sockets: Sequence[Socket]) -> Lane:
    kinds: Iterable[str] = dict.fromkeys(protocol(socket) for socket in sockets)
    endpoint = _shown(sockets[0].local) if len(sockets) == 1 else None
    noun = "socket" if len(sockets) == 1 else "sockets"
    return Lane(f"{' and '.join(kinds)} {noun}", endpoint, _marks(recording, sockets))
