"""The figure as data: who stands at the two lifelines, and what happens between them, step by step. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from socktrace.ladder import events
from socktrace.ladder.abridge import abridge
from socktrace.ladder.assign import ConversationWithCalls, assign_calls
from socktrace.ladder.steps import Draft, Side, Step, drafted
from socktrace.recording import Call, Endpoint, Recording, Socket
from socktrace.recording.conversations import Conversation, calls_of
from socktrace.visible import visible
from socktrace.wording import glyph, plural, protocol

_Left = Mapping[tuple[Endpoint, Endpoint], tuple[int, str]]


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
        left: How many sections are left out because there are so many.
    """

    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    left: int = 0


def draw(recording: Recording, *, most: int | None = None, about: Collection[int] = ()) -> Figure:
    """Turn a recording into its figure.

    Args:
        recording: Any recording, also one whose packets nobody saw.
        most: How many sections are drawn at most; `None` for all.
        about: The sockets that matter, by `Socket.id`: if not all is drawn, what they did comes before the rest.
    """
    every, silent = assign_calls(recording)
    groups = _groups(recording, every)
    used = {socket for one in every for socket in one.sockets} | {socket for pair in silent for socket in pair}
    alone = [socket.id for socket in recording.sockets if socket.id not in used]
    weights = [min(_weight(one.conversation, about) for one in group) for group in groups]
    weights += [_OTHER if {*about}.isdisjoint(alone) else 0] if alone else []
    chosen = {*sorted(range(len(weights)), key=lambda at: weights[at])[:most]}
    titles = {id(one): title for one, title in zip(every, _titles(every), strict=True)}
    ends = _left(recording)
    drawn = [_group(recording, group, titles[id(group[0])], ends) for at, group in enumerate(groups) if at in chosen]
    if alone and len(groups) in chosen:
        drawn.append(_alone(recording, [recording.socket(one) for one in alone]))
    notes = [*_not_drawn(groups, alone, chosen), *_pair_notes(recording, silent)]
    return Figure(tuple(drawn), tuple(notes), len(weights) - len(chosen))


_OTHER = 3


def _weight(one: Conversation, about: Collection[int]) -> int:
    """Return how much a conversation matters, 0 the most: one of a listener's is rather the one that went wrong."""
    if one.client_socket in about or one.server_socket in about:
        return 0
    return _OTHER if one.listener not in about else 1 if one.reset else 2


def _not_drawn(
    groups: Sequence[Sequence[ConversationWithCalls]], alone: Sequence[int], chosen: Collection[int]
) -> Iterator[str]:
    left = sum(len(group) for at, group in enumerate(groups) if at not in chosen)
    if left:
        yield f"Not drawn: {plural(left, 'more conversation')}."
    if alone and len(groups) not in chosen:
        yield f"Not drawn: {plural(len(alone), 'socket')} without a conversation."


def _pair_notes(recording: Recording, silent: Sequence[tuple[int, int]]) -> Iterator[str]:
    alike: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for pair in silent:
        call = next(call for call in calls_of(recording, pair[0]) if call.name == "socketpair")
        alike.setdefault((visible(call.via), f" on line {call.line}" if call.line else ""), []).append(pair)
    for (via, where), pairs in alike.items():
        if len(pairs) == 1:
            which, it = f"sockets {pairs[0][0]} and {pairs[0][1]}, a pair", "It"
        else:
            which, it = f"{len(pairs):,} pairs of sockets", "They"
        yield (
            f"Not drawn: {which} that {via} opened{where}. {it} carried no data; "
            "an event loop keeps such a pair to wake itself."
        )


# -- one conversation --------------------------------------------------------------------------------------------------


def _group(
    recording: Recording,
    group: Sequence[ConversationWithCalls],
    title: str,
    left: _Left,
) -> Section:
    """Draw the first of conversations that went alike, with the others' endpoints and its listener's last calls."""
    one, *others = group
    source = one.conversation
    steps = abridge(events.drafts(recording, one))
    shared = [step for other in others for step in _at_listener(recording, other, source.listener)]
    return Section(
        title=title,
        protocol=source.protocol,
        left=_lane(recording, one, "left"),
        right=_lane(recording, one, "right"),
        steps=(*steps, *abridge(shared)),
        note=_kept(source, left),
        alike=tuple((other.conversation.client, other.conversation.server) for other in others),
        conversation=source,
    )


def _at_listener(recording: Recording, one: ConversationWithCalls, listener: int | None) -> list[Draft]:
    """Return what happened at the listener of conversations that went alike, but for accepting them."""
    if not any(call.socket == listener and call.name != "accept" for _, call in one.calls):
        return []
    steps = [draft.make() for draft in events.drafts(recording, one)]
    return [drafted(step) for step in steps if step.socket == listener and "accept" not in step.label]


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


NO_SOCKET, NOT_LISTENING = "no socket", "nobody"
"""What an end is that has no socket in the recording; a call is refused where one may be, but does not listen."""


def _lane(recording: Recording, each: ConversationWithCalls, side: Side) -> Lane:
    one = each.conversation
    held = (one.client_socket,) if side == "left" else (one.listener, one.server_socket)
    sockets = [recording.socket(number) for number in held if number is not None]
    if one.protocol == "TCP":
        role = "client" if side == "left" else "server" if sockets else NOT_LISTENING if one.refused else NO_SOCKET
    else:
        role = f"{one.protocol} socket" if sockets else NO_SOCKET
    return Lane(role, _shown(one.client if side == "left" else one.server), _marks(recording, sockets, each.ends))


def _marks(
    recording: Recording, sockets: Sequence[Socket], listening_at: float | None = None
) -> tuple[tuple[int, str], ...]:
    moments = {"listener": listening_at}
    return tuple((one.id, glyph(one, calls_of(recording, one.id), moments.get(one.role))) for one in sockets)


def _shown(endpoint: Endpoint | None) -> Endpoint | None:
    """Return the endpoint if it says something: a Unix socket may have no name, and port 0 stands for none yet."""
    return None if endpoint is None or endpoint.port == 0 or not str(endpoint.address) else endpoint


def _left(recording: Recording) -> _Left:
    """Return the rows of the kernel's own table when the program had ended, by both names, with their places in it."""
    return {(row.local, row.remote): (at, row.state) for at, row in reversed([*enumerate(recording.left)])}


def _kept(one: Conversation, left: _Left) -> str:
    """Say what the kernel's own table held of a connection."""
    names = {(one.client, one.server): "client", (one.server, one.client): "server"}
    rows = sorted((*left[ends], name) for ends, name in names.items() if one.protocol == "TCP" and ends in left)
    if not rows:
        return ""
    _, state, name = rows[0]
    return f"When the program had ended, the kernel still kept the {name}'s end: {state.replace('_', '-')}."


# -- many conversations, and none --------------------------------------------------------------------------------------


def _groups(recording: Recording, every: Sequence[ConversationWithCalls]) -> list[list[ConversationWithCalls]]:
    """Put conversations that went alike together, if they are more than two, in order of the first of each."""
    opened = _openings(recording, every)
    shapes = [_shape(one, opened[one.conversation.listener]) for one in every]
    many = Counter(shapes)
    groups: dict[object, list[ConversationWithCalls]] = {}
    for one, shape in zip(every, shapes, strict=True):
        groups.setdefault(shape if many[shape] > 2 else one, []).append(one)
    return [*groups.values()]


def _openings(recording: Recording, every: Sequence[ConversationWithCalls]) -> dict[int | None, int]:
    """Return a number for each listener, the same for those that were opened and closed alike."""
    numbers: dict[object, int] = {}
    found: dict[int | None, int] = {}
    for listener in {one.conversation.listener: None for one in every}:
        ways = _way(call for call in calls_of(recording, listener) if call.name != "accept")
        found[listener] = numbers.setdefault(ways, len(numbers))
    return found


def _shape(one: ConversationWithCalls, opened: int) -> object:
    """Return what conversations that went alike have in common: the calls at each end and the packets, without times.

    A listener that several share was opened in one way for all of them; two that were opened on other lines differ.

    Args:
        one: The conversation.
        opened: How its listener was opened.
    """
    source = one.conversation
    # When a bare acknowledgment is sent is the kernel's timing, not the program's doing.
    told = (packet for packet in source.packets if packet.size or packet.flags != "ACK")
    wire = tuple((packet.source == source.client, packet.flags, packet.size) for packet in told)
    sockets = (source.client_socket, source.server_socket)
    ends = (_way(call for _, call in one.calls if call.socket == socket) for socket in sockets)
    return source.protocol, *ends, opened, wire


def _way(calls: Iterable[Call]) -> tuple[object, ...]:
    """Return what calls have in common with others that did the same."""
    told = (call for call in calls if not events.is_noise(call))
    return tuple((call.name, call.function, call.line, call.error, call.size) for call in told)


def _alone(recording: Recording, sockets: list[Socket]) -> Section:
    """Draw the sockets of no conversation: two at two lifelines, more at one."""
    groups = [sockets] if len(sockets) != 2 else [[socket] for socket in sockets]
    lanes = [lonely_lane(recording, group) for group in groups]
    places: dict[int, Side] = {socket.id: "left" for socket in groups[0]}
    if len(groups) > 1:
        places[sockets[1].id] = "right"
    found = []
    for call in recording.calls:
        if call.socket in places and not events.is_noise(call):
            for step in events.call_steps(recording, places[call.socket], call):
                if len(sockets) > 2:
                    step = replace(step, label=f"socket {call.socket}: {step.label}")
                found.append(drafted(replace(step, left="", right="") if step.left or step.right else step))
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


def lonely_lane(recording: Recording, sockets: Sequence[Socket]) -> Lane:
    """Return the lifeline of sockets that had no conversation.

    Args:
        recording: The run.
        sockets: The sockets.
    """
    kinds: Iterable[str] = dict.fromkeys(protocol(socket) for socket in sockets)
    endpoint = _shown(sockets[0].local) if len(sockets) == 1 else None
    noun = "socket" if len(sockets) == 1 else "sockets"
    return Lane(f"{' and '.join(kinds)} {noun}", endpoint, _marks(recording, sockets))
