"""Gathers what belongs together: each conversation with the calls that its two ends made. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from socktrace.conversations import Conversation, conversations
from socktrace.ladder.steps import Side
from socktrace.recording import Call, Endpoint, Recording


@dataclass(frozen=True, slots=True)
class Run:
    """A recording, with its calls at hand by socket.

    Args:
        recording: The recording.
        calls: The calls on each socket, in order, by `Socket.id`.
    """

    recording: Recording
    calls: Mapping[int, list[Call]]

    @classmethod
    def of(cls, recording: Recording) -> Run:
        """Sort the calls of a recording by socket."""
        calls: dict[int, list[Call]] = defaultdict(list)
        for call in recording.calls:
            calls[call.socket].append(call)
        return cls(recording, calls)


@dataclass(slots=True, eq=False)
class Talk:
    """A conversation and the calls made at its two ends.

    Args:
        source: The conversation.
        ends: When its last packet crossed the wire, or its last call returned if it has no packets.
        calls: Who called, and the call, in order.
    """

    source: Conversation
    ends: float
    calls: list[tuple[Side, Call]] = field(default_factory=list)

    def side(self, socket: int) -> Side:
        """Return the side of one of its sockets."""
        return "left" if socket == self.source.client_socket else "right"

    @property
    def sockets(self) -> tuple[int, ...]:
        """The sockets of the program that took part."""
        source = self.source
        return tuple(one for one in (source.client_socket, source.server_socket, source.listener) if one is not None)


def gather(run: Run) -> tuple[list[Talk], list[tuple[int, int]]]:
    """Return the conversations of a run with their calls, and the socket pairs that are not worth drawing.

    Args:
        run: The run.
    """
    silent = _silent_pairs(run.recording)
    quiet = {one for pair in silent for one in pair}
    found = list(conversations(run.recording))
    if not run.recording.saw_packets:
        found += _unseen(run, found)
    talks = [talk for talk in (Talk(one, _ends(run, one)) for one in found) if not quiet & set(talk.sockets)]
    _give(run, talks)
    return talks, silent


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


def _ends(run: Run, talk: Conversation) -> float:
    if talk.packets:
        return talk.packets[-1].at
    own = [one for one in (talk.client_socket, talk.server_socket) if one is not None]
    return max((call.until for one in own for call in run.calls[one]), default=0.0)


def _unseen(run: Run, found: list[Conversation]) -> Iterator[Conversation]:
    """Pair connecting and accepted sockets by their names, where no packet could tell."""
    known = {one for talk in found for one in (talk.client_socket, talk.server_socket)}
    for socket in run.recording.sockets:
        if socket.role != "client" or socket.id in known or not socket.local or not socket.peer:
            continue
        opened = run.calls[socket.id][0].at if run.calls[socket.id] else 0.0
        for call in run.recording.calls:
            if call.name == "accept" and call.made and call.peer == socket.local and call.until >= opened:
                yield Conversation("TCP", socket.local, socket.peer, socket.id, call.made, call.socket, ())
                break


def _give(run: Run, talks: list[Talk]) -> None:
    """Hand each call to its conversation.

    Of several that share the socket it belongs to the one it names, else to the first that has not ended yet.
    """
    sharing: dict[int, list[Talk]] = defaultdict(list)
    accepted: dict[int, Talk] = {}
    named: dict[tuple[int, Endpoint], Talk] = {}
    for talk in talks:
        one = talk.source
        for socket in talk.sockets:
            sharing[socket].append(talk)
            named.setdefault((socket, one.server if socket == one.client_socket else one.client), talk)
        if one.server_socket is not None:
            accepted[one.server_socket] = talk
    for call in run.recording.calls:
        mine = sharing[call.socket]
        chosen = accepted.get(call.made) if call.name == "accept" and call.made is not None else None
        if chosen not in mine and call.peer is not None:
            chosen = named.get((call.socket, call.peer))
        if mine and chosen not in mine:
            chosen = next((talk for talk in mine if talk.ends >= call.at), mine[-1])
        if chosen is not None:
            chosen.calls.append((chosen.side(call.socket), call))
