"""What the kernel keeps while a run goes on: its sockets, their ports and what lies in them unread. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socktrace.ladder.facts import Facts
from socktrace.ladder.names import Names
from socktrace.ladder.steps import SIDES, Side
from socktrace.recording import Call, Recording, Socket
from socktrace.recording.conversations import calls_of
from socktrace.recording.endings import CLOSINGS
from socktrace.recording.streams import escape
from socktrace.visible import visible
from socktrace.wording import glyph, plural, preview, protocol

_MOST = 6
_KEPT = frozenset({"FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "TIME-WAIT", "LAST-ACK"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What the kernel keeps of one socket from a row on.

    Args:
        row: The row, counted from 1.
        glyph: Its shape; `""` if it is not there, `gone` if the program has closed it and the kernel keeps it.
        inbox: What lies in it.
        kind: `data` for bytes, `queue` for connections, `end` if no more will come, else `""`.
    """

    row: int
    glyph: str
    inbox: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One socket in the kernel.

    Args:
        lane: The lifeline it belongs to.
        name: `listener`, `accepted`, `client`, or the variable's name.
        port: Its port, or `""`.
        moments: What is kept of it, from row to row where that changes.
    """

    lane: int
    name: str
    port: str
    moments: tuple[Moment, ...]


def kept(
    recording: Recording, facts: Sequence[Facts], names: Names, owners: dict[int, int], ats: Sequence[float]
) -> tuple[Kept, ...]:
    """Return what the kernel kept of each socket, as far as the recording tells.

    Args:
        recording: The run.
        facts: Its conversations.
        names: What the program's text tells.
        owners: The lifeline of each socket that is drawn.
        ats: The moments of the rows.
    """
    found: list[Kept] = []
    for socket in recording.sockets:
        if socket.id not in owners or len(found) == _MOST:
            continue
        moments: list[Moment] = []
        calls, life = calls_of(recording, socket.id), lifetime(recording, socket)
        mine = [(one, side) for one in facts for side in SIDES if one.socket(side) == socket.id]
        for row, at in enumerate(ats, 1):
            moment = _moment(facts, socket, calls, life, mine, row, at)
            if not moments or _what(moments[-1]) != _what(moment):
                moments.append(moment)
        variable = names.variable(recording, socket.id)
        port = str(socket.local.port) if socket.local and socket.local.port else ""
        found.append(Kept(owners[socket.id], variable or visible(socket.role), port, tuple(moments)))
    return tuple(found)


def _what(moment: Moment) -> tuple[str, ...]:
    return moment.glyph, moment.inbox, moment.kind


def lifetime(recording: Recording, socket: Socket) -> tuple[float, float]:
    """Return when a program opened a socket and when it closed it again, in milliseconds since the program started.

    Args:
        recording: The run.
        socket: The socket.
    """
    never = float("inf")
    opening = recording.openings.get(socket.id)
    opened = never if opening is None else opening.until if opening.made == socket.id else opening.at
    closes = (call.at for call in reversed(calls_of(recording, socket.id)) if call.name in CLOSINGS)
    return opened, max(opened, next(closes, never))


def _moment(
    facts: Sequence[Facts],
    socket: Socket,
    calls: Sequence[Call],
    life: tuple[float, float],
    mine: Sequence[tuple[Facts, Side]],
    row: int,
    at: float,
) -> Moment:
    opened, closed = (at >= moment for moment in life)
    if opened and len(mine) == 1 and protocol(socket) in ("TCP", "Unix"):
        return _connected(mine[0][0], mine[0][1], glyph(socket, calls, at), row, at, closed=closed)
    if not opened or closed:
        return Moment(row, "")
    return _queue(facts, socket, glyph(socket, calls, at), row, at)


def _connected(one: Facts, side: Side, shape: str, row: int, at: float, *, closed: bool) -> Moment:
    if closed:
        state = _state(one, side, at)
        return Moment(row, "gone", f"kept: {state}") if state in _KEPT else Moment(row, "")
    if one.sealed:
        return Moment(row, shape, "sealed, if any")
    unread = _unread(one, side, at)
    if unread:
        return Moment(row, shape, unread, "data")
    if one.ended(side, at):
        return Moment(row, shape, "no more to come", "end")
    return Moment(row, shape, "nothing to read" if shape == "disc" else "")


def _unread(one: Facts, side: Side, at: float) -> str:
    """Return what lies at one end unread, and whether more may come; nothing if no byte does."""
    size = one.unread(side, at)
    text = _text(one.unread_bytes(side, at), size) if size else ""
    return f"{text}, no more" if text and one.ended(side, at) else text


def _text(data: bytes | None, size: int) -> str:
    return preview(escape(data)) or plural(size, "byte") if data else plural(size, "byte")


def _queue(facts: Sequence[Facts], socket: Socket, shape: str, row: int, at: float) -> Moment:
    if shape != "ring":
        return Moment(row, shape)
    waiting = [
        one
        for one in facts
        if one.conversation.listener == socket.id
        and one.opened is not None
        and one.opened <= at
        and (one.accept is None or one.accept.until > at)
    ]
    if not waiting:
        return Moment(row, shape, "nobody in the queue")
    brought = _unread(waiting[0], "right", at) if len(waiting) == 1 else ""
    return Moment(row, shape, f"queue: {brought}" if brought else f"{len(waiting)} in the queue", "queue")


def _state(one: Facts, side: Side, at: float) -> str:
    state = ""
    for packet, (left, right) in zip(one.conversation.packets, one.states, strict=False):
        if packet.at <= at:
            state = (left if side == "left" else right) or state
    return state
