"""The table of sockets: by which line each was opened, connected and closed. Pure."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from socktrace.ladder.kernels import lifetime
from socktrace.ladder.names import Names, Place, place_of
from socktrace.markup import element
from socktrace.recording import Call, Recording, Socket
from socktrace.recording.conversations import calls_of, conversations
from socktrace.recording.endings import ENDINGS, last_ending
from socktrace.visible import visible
from socktrace.wording import glyph, plural, role

_MANY = 4
"""From how many sockets with the same life on, the table gives them one row."""

_UNREAD = {"aria-hidden": "true"}


def lives(recording: Recording, names: Names, lines: Mapping[Place, str], ats: Sequence[float]) -> Element:
    """Return the sockets of a run in one line, which unfolds into the table.

    Args:
        recording: The run.
        names: What a program's text tells of its sockets.
        lines: For each line that the page shows, the id of its element.
        ats: The moments of the run's rows, for the script, which says how many are open while the run plays.
    """
    found: dict[_Life, list[Socket]] = defaultdict(list)
    refused = {one.client_socket for one in conversations(recording) if one.refused}
    for socket in recording.sockets:
        found[_life(recording, socket, is_refused=socket.id in refused)].append(socket)
    rows = []
    for life, sockets in found.items():
        for group in [sockets] if len(sockets) >= _MANY else [[socket] for socket in sockets]:
            who = _who(group, life, names.variable(recording, group[0].id))
            head = element("th", mark(life.shape), " ", *who, attributes={"scope": "row"})
            rows.append((group[0].id, element("tr", head, *_cells(life, lines))))
    rows.sort(key=lambda row: row[0])
    heads = (element("th", head, attributes={"scope": "col"}) for head in ("socket", "opened", "connected", "closed"))
    table = element(
        "table.sk-table", element("thead", element("tr", *heads)), element("tbody", *(row for _, row in rows))
    )
    now = {"data-open": json.dumps([*_open(recording, ats)], separators=(",", ":"))}
    return element("details.sk-socks", element("summary", _sum(found, recording), attributes=now), table)


def _open(recording: Recording, ats: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield how many sockets are open from a row on, where that changes."""
    before = 0
    spans = [lifetime(recording, socket) for socket in recording.sockets]
    opened, closed = (sorted(moments) for moments in zip(*spans, strict=True)) if spans else ([], [])
    for row, at in enumerate(ats, 1):
        count = bisect_right(opened, at) - bisect_right(closed, at)
        if count != before:
            yield row, count
        before = count


def mark(shape: str) -> Element:
    """Return the shape that stands for a kind of socket."""
    return element(f"i.sk-{shape}")


def _sum(found: Mapping[_Life, Sequence[Socket]], recording: Recording) -> str:
    every = sum(map(len, found.values()))
    programs = len(recording.programs)  # of several, it stands below one
    whose = "" if programs == 1 else f" in {'both' if programs == 2 else f'all {programs}'} programs"
    left = sum(len(sockets) for life, sockets in found.items() if life.ended != "close")
    if left == every:
        return f"{plural(every, 'socket')}{whose}, not closed by the program"
    if left:
        return f"{every:,} sockets{whose}, {left:,} of them not closed by the program"
    return "1 socket, closed" if every == 1 else f"{every:,} sockets{whose}, all closed"


def _at(call: Call | None) -> Place | None:
    at = place_of(call)
    return at if at[1] else None


@dataclass(frozen=True, slots=True)
class _Life:
    """What the table says of a socket, and of others with the same life.

    Args:
        kind: What the program made of it.
        shape: The shape that stands for it.
        opened: The file and line that opened it.
        connects: Whether it was connected, or tried to be.
        connected: The file and line that did so.
        error: Why that failed, or `""`.
        ended: The call that ended it, `""` if nobody saw one.
        closed: The file and line of that call.
    """

    kind: str
    shape: str
    opened: Place | None
    connects: bool
    connected: Place | None
    error: str
    ended: str
    closed: Place | None


def _life(recording: Recording, socket: Socket, *, is_refused: bool) -> _Life:
    """Return what the table says of a socket.

    Args:
        recording: The run.
        socket: The socket.
        is_refused: Whether its packets say that it was refused, which a non-blocking connect() comes too early for.
    """
    calls = calls_of(recording, socket.id)
    opened = _at(recording.openings.get(socket.id))
    tried = next((call for call in reversed(calls) if call.name == "connect"), None)
    born = socket.role in ("accepted", "pair")
    last = last_ending(calls)
    failed = tried is not None and not born and tried.error not in (None, "EINPROGRESS")
    return _Life(
        kind=role(socket),
        shape=glyph(socket, calls),
        opened=opened,
        connects=born or tried is not None,
        connected=opened if born else _at(tried),
        error=visible(tried.error or "") if tried and failed else "ECONNREFUSED" if tried and is_refused else "",
        ended=last.name if last else "",
        closed=_at(last) if last and last.name == "close" else None,
    )


def _who(sockets: Sequence[Socket], life: _Life, name: str) -> Iterator[Element | str]:
    if len(sockets) > 1:
        yield f"{len(sockets)} sockets, {visible(life.kind)}"
        return
    if name:
        yield element("code", visible(name))
        yield f", {visible(life.kind)}"
    else:
        yield visible(life.kind)
    local = sockets[0].local
    if local and local.port:
        yield " "
        yield element("span.sk-port", str(local.port), attributes={"title": visible(str(local))})


def _cells(life: _Life, lines: Mapping[Place, str]) -> Iterator[Element]:
    yield element("td", *_place(life.opened, lines))
    if life.error:
        cross = element("span", "\u2717", attributes=_UNREAD)
        wrong = element("span.sk-bad", cross, " ", element("span", life.error))
        yield element("td", *_place(life.connected, lines), " ", wrong)
    elif life.connects:
        yield element("td", *_place(life.connected, lines))
    else:
        yield element("td", element("span.sk-vh", "not"), element("span", "\u2013", attributes=_UNREAD))
    if life.ended == "close":
        yield element("td", element("span.sk-good", *_place(life.closed, lines), " \u2713"))
    else:
        yield element("td", element("span.sk-bad", ENDINGS[life.ended].words if life.ended else "never"))


def _place(at: Place | None, lines: Mapping[Place, str]) -> tuple[Element | str, ...]:
    if at is None:
        return ("elsewhere",)
    said = visible(f"{at[0]}, line {at[1]}" if at[0] else f"line {at[1]}")
    return (element("a", said, attributes={"href": f"#{lines[at]}"}),) if at in lines else (said,)
