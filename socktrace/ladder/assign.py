"""Assigns each call to the conversation that it belongs to, so that both can be drawn as one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from socktrace.ladder.steps import Side
from socktrace.recording import Call, Endpoint, Recording
from socktrace.recording.conversations import Conversation, Lasting, calls_of, conversations


@dataclass(slots=True, eq=False)
class ConversationWithCalls:
    """A conversation and the calls made at its two ends.

    Args:
        conversation: The conversation.
        ends: When its last packet crossed the wire, or its last call returned if it has no packets; in milliseconds
            since the program started.
        calls: Who called, and the call, in order.
        sockets: The sockets of the program that took part.
    """

    conversation: Conversation
    ends: float
    calls: list[tuple[Side, Call]] = field(default_factory=list)
    sockets: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        one = self.conversation
        held = one.client_socket, one.server_socket, one.listener
        self.sockets = tuple(socket for socket in held if socket is not None)

    def side(self, socket: int) -> Side:
        """Return the side of one of its sockets."""
        return "left" if socket == self.conversation.client_socket else "right"


def assign_calls(recording: Recording) -> tuple[list[ConversationWithCalls], list[tuple[int, int]]]:
    """Return the conversations of a run with their calls, and the socket pairs that are not worth drawing.

    Args:
        recording: The run.
    """
    silent = _silent_pairs(recording)
    quiet = {one for pair in silent for one in pair}
    found = list(conversations(recording))
    if not recording.saw_packets:
        found += _unseen(recording, found)
    every = [ConversationWithCalls(one, _ends(recording, one)) for one in found]
    drawn = [one for one in every if not quiet & set(one.sockets)]
    _assign(recording, drawn)
    return drawn, silent


def _silent_pairs(recording: Recording) -> list[tuple[int, int]]:
    """Find the socket pairs of libraries that carried nothing but wake-up bytes; asyncio's event loop opens one."""
    moved = (call for call in recording.calls if call.name in ("send", "recv"))
    spoke = {call.socket for call in moved if call.data.replace("\\x00", "")}
    opened = [call for call in recording.calls if call.name == "socketpair" and call.via]
    return [
        (call.socket, call.made)
        for call in opened
        if call.made is not None and call.socket not in spoke and call.made not in spoke
    ]


def _ends(recording: Recording, one: Conversation) -> float:
    if one.packets:
        return one.packets[-1].at
    own = [socket for socket in (one.client_socket, one.server_socket) if socket is not None]
    return max((call.until for socket in own for call in calls_of(recording, socket)), default=0.0)


def _unseen(recording: Recording, found: list[Conversation]) -> Iterator[Conversation]:
    """Pair connecting and accepted sockets by their names, where no packet could tell."""
    known = {socket for one in found for socket in (one.client_socket, one.server_socket)}
    accepts: dict[Endpoint, list[Call]] = defaultdict(list)
    for call in recording.calls:
        if call.name == "accept" and call.made and call.peer:
            accepts[call.peer].append(call)
    for socket in recording.sockets:
        if socket.role != "client" or socket.id in known or not socket.local or not socket.peer:
            continue
        opened = next((call.at for call in calls_of(recording, socket.id)), 0.0)
        accept = next((call for call in accepts[socket.local] if call.until >= opened), None)
        if accept:
            yield Conversation("TCP", socket.local, socket.peer, socket.id, accept.made, accept.socket, ())


def _assign(recording: Recording, every: list[ConversationWithCalls]) -> None:
    """Add each call to its conversation.

    Of several that share the call's socket this is the one that the call names, else the first that has not ended yet.
    """
    shared: dict[int, list[ConversationWithCalls]] = defaultdict(list)
    accepted: dict[int, ConversationWithCalls] = {}
    named: dict[tuple[int, Endpoint], ConversationWithCalls] = {}
    for candidate in every:
        one = candidate.conversation
        for socket in candidate.sockets:
            shared[socket].append(candidate)
            named.setdefault((socket, one.server if socket == one.client_socket else one.client), candidate)
        if one.server_socket is not None:
            accepted[one.server_socket] = candidate
    lasting = {socket: Lasting(one.ends for one in mine) for socket, mine in shared.items()}
    for call in recording.calls:
        mine = shared.get(call.socket, [])
        chosen = accepted.get(call.made) if call.name == "accept" and call.made is not None else None
        if (chosen is None or call.socket not in chosen.sockets) and call.peer is not None:
            chosen = named.get((call.socket, call.peer))
        if mine and (chosen is None or call.socket not in chosen.sockets):
            chosen = mine[min(lasting[call.socket].first(call.at), len(mine) - 1)]
        if chosen is not None:
            chosen.calls.append((chosen.side(call.socket), call))
