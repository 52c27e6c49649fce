"""What two recordings of the same program must have in common. Pure.

Times, port numbers, descriptors and the interleaving of threads differ from run to run, and so does the way in which TCP cuts a
stream into segments and acknowledges it. What stays is each socket's own story, in order, and what passed between which two.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from socktrace.conversations import Conversation, calls_of, conversations
from socktrace.recording import Call, Recording, Socket

_TRY_AGAIN = ("EAGAIN", "EWOULDBLOCK", "EINPROGRESS", "EALREADY")
_PORT = re.compile(r":[1-9]\d*$")


def canonical(recording: Recording) -> dict[str, Any]:
    """Return what must be equal in every recording of the same program, as plain data for JSON."""
    lives = {socket.id: _life(recording, socket) for socket in recording.sockets}
    return {
        "program": recording.program,
        "source": recording.source,
        "exit_code": recording.exit_code,
        "stdout": recording.stdout,
        "stderr": recording.stderr,
        "sockets": _counted(lives.values()),
        "conversations": _counted(_talk(one, lives) for one in conversations(recording)),
        "survivors": [[survivor.kind, survivor.name, survivor.line] for survivor in recording.survivors],
        "left": sorted(f"{row.protocol} {row.state}" for row in recording.left if row.state != "TIME_WAIT"),
    }


def differences(old: Recording, new: Recording) -> list[str]:
    """Return what differs between two recordings, as the lines of a diff; none if they are equal where it matters."""
    before, after = (
        json.dumps(canonical(one), indent=1, ensure_ascii=False).splitlines() for one in (old, new)
    )
    return [line for line in difflib.unified_diff(before, after, "recorded", "now", n=1, lineterm="")]


def _counted(rows: Iterable[Any]) -> list[Any]:
    """Sort rows and count equal ones, since which of several equal sockets came first means nothing."""
    texts = sorted(json.dumps(row, ensure_ascii=False) for row in rows)
    return [{"times": len(list(group)), "what": json.loads(text)} for text, group in groupby(texts)]


def _life(recording: Recording, socket: Socket) -> dict[str, Any]:
    calls = calls_of(recording, socket.id)
    if _is_plumbing(calls):
        calls = tuple(call for call in calls if call.name not in ("send", "recv"))
    return {
        "what": f"{socket.family} {socket.type} {socket.origin} {socket.role}{' tls' if socket.tls else ''}",
        "calls": _story(call for call in calls if call.error not in _TRY_AGAIN),
    }


def _is_plumbing(calls: tuple[Call, ...]) -> bool:
    """Say whether a library made this pair for itself, as an event loop does to wake itself as often as it likes."""
    return bool(calls) and calls[0].name == "socketpair" and calls[0].via != ""


def _story(calls: Iterable[Call]) -> list[list[Any]]:
    """Return a socket's calls in order; neighbours that do the same on the same line become one."""
    story: list[list[Any]] = []
    for call in calls:
        ended = call.name == "recv" and call.size == 0 and call.error is None
        row = [call.name + (" end" if ended else ""), call.line, _PORT.sub(":n", call.argument), call.error]
        moves = call.size if call.size is not None and not ended else None
        if story and story[-1][:4] == row:
            if moves is None:
                story[-1][4] += 1
            else:
                story[-1][4] += moves
        else:
            story.append([*row, 1 if moves is None else moves])
    return story


def _talk(one: Conversation, lives: dict[int, dict[str, Any]]) -> dict[str, Any]:
    talk: dict[str, Any] = {
        "protocol": one.protocol,
        "client": lives.get(one.client_socket or 0),
        "server": lives.get(one.server_socket or 0),
    }
    ends = {"client": one.client, "server": one.server}
    if one.protocol == "TCP":
        talk["established"] = one.established
        talk["reset"] = sorted({who for who, end in ends.items() for packet in one.sent(end) if packet.has("RST")})
        if not one.reset:
            talk["bytes"] = [one.payload(end) for end in ends.values()]
            talk["finished"] = [one.finished(end) for end in ends.values()]
    elif one.protocol == "UDP":
        talk["datagrams"] = [[packet.size for packet in one.sent(end)] for end in ends.values()]
        talk["icmp"] = [packet.flags for packet in one.packets if packet.about]
    return talk
