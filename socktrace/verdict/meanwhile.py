"""What the other end did while somebody waited for it in vain: where it stood, and whether it answered later. Pure."""

from __future__ import annotations

from dataclasses import replace

from socktrace.recording import Call, Stand
from socktrace.recording.conversations import Conversation
from socktrace.verdict.case import Case
from socktrace.verdict.misuse import Cause
from socktrace.wording import describe

_SOONER = "let it answer sooner, or wait longer: settimeout(), or `timeout=` of a library"
"""What to do about an answer that comes too late."""
_FIRST = "let one of the two speak first, as their protocol says, and the other one answer when it has a whole message"
"""What to do about two ends that wait for each other."""
_EACH = (
    "let the server have a thread for each client, as `ThreadingHTTPServer` or `ThreadingTCPServer` does, or give up a "
    "client that says nothing: `timeout = 5` in the class of the handler"
)
"""What to do about a server that has one thread, and waits for one of its clients."""
_APART = (
    "let the thread that accepts do nothing else: give each connection to a thread of its own, "
    "`Thread(target=handle, args=(connection,))`"
)
"""What to do about a loop that serves where it accepts."""
_TYPICAL = 1000.0
"""From how many milliseconds on a time is told in seconds."""


def instead(case: Case, call: Call, other: int) -> Cause | None:
    """Say what who has the other end did, of a call whose time was up.

    Args:
        case: The run.
        call: The call.
        other: `Socket.id` of the other end.
    """
    stand = _serving(case, call, other)
    if stand is None or stand.line is None:
        return _too_late(case, call, other)
    place = case.spot(stand.line, stand.file, call.path or "")
    doing = f", in {stand.function}()" if stand.function else ""
    at = replace(call, path=stand.file, line=stand.line)
    if stand.call == "recv" and stand.socket == other:
        return Cause(f"the other end waited for more itself, at {place}{doing}", _FIRST)
    return Cause(f"who is to answer was at {place} meanwhile{doing}", _SOONER, at)


def waits_at(case: Case, other: int) -> Stand | None:
    """Return where somebody stood who waited for something from the same connection, at its other end.

    Args:
        case: The run.
        other: `Socket.id` of the other end.
    """
    stands = (one for one in case.recording.stands if one.on != "died")
    return next((one for one in stands if (one.socket, one.call) == (other, "recv")), None)


def serves_another(case: Case, call: Call, one: Conversation) -> Cause | None:
    """Say of a connection that nobody has accepted what the thread did that accepts.

    Args:
        case: The run.
        call: The call whose time was up.
        one: The connection.
    """
    accepts = [row for row in case.calls(one.listener) if row.name == "accept" and row.made and row.until <= call.until]
    stands = (row for row in case.recording.stands if accepts and row.thread is not None)
    stand = next(
        (row for row in stands if (row.process, row.thread) == (accepts[-1].process, accepts[-1].thread)), None
    )
    if stand is None or stand.call == "accept" or stand.function == "accept":
        return None
    opened = case.recording.openings[one.listener or 0]
    at = opened if stand.line is None else replace(call, path=stand.file, line=stand.line)
    client = case.other_ends.get(stand.socket or 0)
    if stand.socket is None or client is None or case.recording.socket(stand.socket).role != "accepted":
        if stand.line is None:
            return None
        words = (
            f"waited in the queue: the thread that accepts was at {case.spot(stand.line, stand.file, at.path or '')}"
        )
        return Cause(f"the connection {words}{f', in {stand.function}()' if stand.function else ''}", _APART, at)
    place = case.place(case.recording.openings[client], at)
    whose = f"of {place}" if place else f"from the {describe(case.recording.socket(client))}"
    words = f"the connection waited in the queue: the one thread that accepts waited for what the client {whose} says"
    return Cause(words, _EACH if accepts[-1].via == "socketserver" else _APART, at)


def _serving(case: Case, call: Call, other: int) -> Stand | None:
    """Return where the thread stood that had last used the other end, or the one task beside the one that waited."""
    used = [row for row in case.calls(other) if row.until <= call.until]
    stands = [row for row in case.recording.stands if row.on != "died" and row.socket in (None, other)]
    threads = [row for row in stands if row.thread is not None and used]
    if here := [row for row in threads if (row.process, row.thread) == (used[-1].process, used[-1].thread)]:
        return here[0]
    tasks = [row for row in stands if row.kind == "task" and row.line]
    return tasks[0] if len(tasks) == 1 else None


def _too_late(case: Case, call: Call, other: int) -> Cause | None:
    """Say of an answer that it was sent when the time was up."""
    late = [row for row in case.calls(other) if row.name == "send" and row.at > call.until and row.line]
    if not late or not any(row.name == "send" and row.size for row in case.calls(call.socket) if row.at < call.at):
        return None
    waited = late[0].at - call.until
    after = f"{waited / _TYPICAL:.1f} s" if waited >= _TYPICAL else f"{waited:.0f} ms"
    return Cause(f"the answer was sent only {after} later, at {case.place(late[0], call)}", _SOONER)
