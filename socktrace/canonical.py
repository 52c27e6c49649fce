"""What two recordings of the same program must have in common. Pure.

Times, port numbers, descriptors and the interleaving of threads differ from run to run, and so does the way in which
TCP cuts a stream into segments and acknowledges it. What stays is each socket's own story, in order, and what passed
between which two.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from socktrace.conversations import Conversation, calls_of, conversations
from socktrace.recording import Call, Recording, Socket

_TRY_AGAIN = ("EAGAIN", "EWOULDBLOCK", "EINPROGRESS", "EALREADY")
_PORT = re.compile(r":[1-9]\d*$")


def canonical(recording: Recording) -> dict[str, Any]:
    """Return what must be equal in every recording of the same program, as plain data for JSON."""
    lives = {socket.id: json.dumps(_life(recording, socket)) for socket in recording.sockets}
    kinds = sorted(set(lives.values()))
    number = {id_: kinds.index(life) + 1 for id_, life in lives.items()}
    talks = [json.dumps(_talk(one, number)) for one in conversations(recording)]
    return {
        "program": recording.program,
        "source": recording.source,
        "arguments": list(recording.arguments),
        "exit_code": recording.exit_code,
        "stdout": recording.stdout.splitlines(keepends=True),
        "stderr": recording.stderr.splitlines(keepends=True),
        "sockets": [{"times": list(lives.values()).count(life), **json.loads(life)} for life in kinds],
        "conversations": [{"times": talks.count(talk), **json.loads(talk)} for talk in sorted(set(talks))],
        "survivors": [[survivor.kind, survivor.name, survivor.line] for survivor in recording.survivors],
        "left": sorted(f"{row.protocol} {row.state}" for row in recording.left if row.state != "TIME_WAIT"),
    }


def differences(old: Recording, new: Recording) -> list[str]:
    """Return what differs between two recordings, as the lines of a diff; none if they are equal where it matters."""
    before, after = (list(_lines(canonical(one))) for one in (old, new))
    found = list(difflib.unified_diff(before, after, "recorded", "now", n=0, lineterm=""))
    return [line for line in found if not line.startswith("@@")]


def _lines(story: dict[str, Any]) -> Iterator[str]:
    """Write canonical data one fact a line, so that a diff of it can be read."""
    for name, value in story.items():
        if not isinstance(value, list):
            yield f"{name}: {value}"
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict):
                yield f"{name}: " + ", ".join(f"{key} {part}" for key, part in row.items() if key != "calls")
                for call, line, argument, error, times in row.get("calls", ()):
                    yield f"  line {line}: {call}({argument}) {error or 'ok'}, {times}"
            else:
                yield f"{name}: {row!r}"


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


def _talk(one: Conversation, number: dict[int, int]) -> dict[str, Any]:
    talk: dict[str, Any] = {
        "protocol": one.protocol,
        "client": number.get(one.client_socket or 0),
        "server": number.get(one.server_socket or 0),
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
