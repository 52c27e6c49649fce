"""The run for pages: a table that a style sheet draws as a ladder and a script plays. Pure.

Read row by row, without styles or by a screen reader, each row is a step and the sentence that says what happened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

from socktrace.ladder.kernels import Kept
from socktrace.ladder.names import Place
from socktrace.ladder.run import Act, Row, Run
from socktrace.ladder.words import Words
from socktrace.markup import append, element
from socktrace.recording import Endpoint
from socktrace.visible import visible
from socktrace.wording import FLAGS, STATES, plural

_PAIRS = 60
"""How many conversations that are not drawn are named."""

_UNREAD = {"aria-hidden": "true"}
_TONES = {"data": "sk-dat", "control": "sk-ctl", "ack": "sk-ctl", "end": "sk-fin", "icmp": "sk-fin"}


def wire(run: Run, id: str, lines: Mapping[Place, str]) -> Element:
    """Return what happened, as a ladder.

    Args:
        run: The run.
        id: What the ids of its rows begin with, unique on the page: row 13 of `echo` is `echo-13`.
        lines: For each line that the page shows, the id of its element.
    """
    box = element("div.sk-wire")
    at = 0
    together = len({act.lanes for act in run.acts}) == 1
    folds = len(run.opens) < len(run.acts) or not together
    for number, act in enumerate(run.acts):
        if not (number and together):
            table = _table(run.amount, act.lanes)
            append(box, _heads(run, act.lanes), table)
        fold = ("open" if number in run.opens else "closed") if folds else ""
        append(table, _body(run, act, id, at, lines, fold=fold))
        at += len(act.rows)
    append(box, *(_alike(noun, pairs) for noun, pairs in run.alike))
    append(box, *(element("p.sk-note", note) for note in run.notes))
    return box


def _alike(noun: str, pairs: Sequence[tuple[Endpoint, Endpoint]]) -> Element:
    named = element("ul")
    for client, server in pairs[:_PAIRS]:
        append(named, element("li", f"{visible(str(client))} to {visible(str(server))}"))
    if len(pairs) > _PAIRS:
        append(named, element("li", f"and {len(pairs) - _PAIRS} more"))
    return element(
        "details.sk-alike", element("summary", f"{plural(len(pairs), f'more {noun}')} of the same shape"), named
    )


def rows(run: Run, id: str, path: str = "") -> dict[int, str]:
    """Return, for each line of a program, the id of the first row that it led to.

    Args:
        run: The run.
        id: The same as given to `wire`.
        path: The program's file, as `Call.path` names it.
    """
    found: dict[int, str] = {}
    for number, row in enumerate(run.rows, 1):
        if row.kind == "call" and row.path == path:
            for line in row.lines:
                found.setdefault(line, f"{id}-{number}")
    return found


def part(run: Run, id: str, chosen: Sequence[int]) -> Element:
    """Return some rows as a small ladder of its own, without the player.

    A line says where rows are left out, and where nothing happened for long.

    Args:
        run: The run.
        id: What the ids of its rows begin with, unique on the page.
        chosen: The numbers of the rows, counted from 1, in order.
    """
    lanes_of = [act.lanes for act in run.acts for _ in act.rows]
    box = element("div.sk-wire")
    last = chosen[0] - 1
    for lanes, numbers in groupby(chosen, lambda number: lanes_of[number - 1]):
        body = element("tbody")
        for number in numbers:
            if number > last + 1:
                append(body, _aside(f"{plural(number - last - 1, 'step')} between"))
            elif silence := _silence(run.rows, number):
                append(body, _aside(f"{silence:,.0f} ms, and not one packet", " sk-silence"))
            row = replace(run.rows[number - 1], states=())  # nothing asks for those here
            append(body, _row(run, lanes, row, f"{id}-{number}", {}))
            last = number
        append(box, _heads(run, lanes), _table(plural(len(chosen), "step"), lanes, body))
    return box


_LONG = 1000.0
"""From how many milliseconds on it is told that nothing happened; less may come of a machine that has much to do."""


def _silence(rows: Sequence[Row], number: int) -> float:
    """Return the milliseconds between a row and the one before, if they are many and not one packet crossed in them."""
    before, row = rows[max(0, number - 2)], rows[number - 1]
    several = before.kind == "more" or (before.wire and " packets" in before.wire.label)
    crossed = any(one.wire and before.at < one.at < row.at for one in rows)
    return row.at - before.at if row.at - before.at >= _LONG and not several and not crossed else 0.0


def _aside(words: str, kind: str = "") -> Element:
    return element(f"tr.sk-row sk-more{kind}", element("td", element("span.sk-what", words)))


def _table(caption: str, lanes: Sequence[int], *bodies: Element) -> Element:
    heads = (element("th", title, attributes={"scope": "col"}) for title in ("step", "what just happened"))
    return element(
        "table.sk-ladder",
        element("caption.sk-vh", caption),
        element("thead.sk-vh", element("tr", *heads)),
        *bodies,
        attributes={"style": f"--n:{len(lanes)}"},
    )


def _body(run: Run, act: Act, id: str, at: int, lines: Mapping[Place, str], *, fold: str = "") -> Element:
    others = {one.lanes for one in run.acts} - {act.lanes}
    name = visible(run.lanes[act.lanes[0]].name) if others and act.lanes else act.name
    body = element("tbody", attributes={"data-act": name})
    if fold:
        said = f"{act.name}: {plural(len(act.rows), 'step')}"
        state = {"checked": ""} if fold == "open" else {}
        box = element("label", element("input", attributes={"type": "checkbox", **state}), said)
        append(body, element("tr.sk-act", element("th", box, attributes={"scope": "rowgroup", "colspan": "2"})))
    for number, row in enumerate(act.rows, at + 1):
        append(body, _row(run, act.lanes, row, f"{id}-{number}", lines))
    return body


def _heads(run: Run, lanes: Sequence[int]) -> Element:
    box = element("div.sk-heads sk-many" if len(lanes) > 2 else "div.sk-heads")
    for number in lanes:
        lane = run.lanes[number]
        head = element("span", element("b", visible(lane.name)), attributes={"style": f"--x:{_x(lanes, number)}"})
        own = [name for name in lane.variables if name not in lane.name.split(", ")]
        if own:
            append(head, " ", element("code", visible(", ".join(own))))
        if lane.endpoint:
            append(head, " ", _endpoint(lane.endpoint))
        append(box, head)
    for left, right in _in_one_hand(run, lanes):
        where = {"style": f"--a:{_x(lanes, left)};--b:{_x(lanes, right)}", **_UNREAD}
        append(box, element("i", attributes=where))
    return box


def _in_one_hand(run: Run, lanes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the neighbours that threads of their own work for, as those of a forwarder do."""
    if len(lanes) < 4:  # of fewer, both ends of a conversation would be neighbours
        return
    threads = {lane: {row.call.thread for row in run.rows if row.call and row.lane == lane} for lane in lanes}
    for left, right in pairwise(lanes):
        others = {thread for lane in lanes if lane not in (left, right) for thread in threads[lane]}
        if (threads[left] & threads[right]) - others:
            yield left, right


def _endpoint(end: Endpoint) -> Element:
    if end.port is not None:
        return element("span.sk-port", str(end.port), attributes={"title": visible(str(end))})
    return element("code", visible(str(end)))


def _x(lanes: Sequence[int], lane: int) -> str:
    """Return where a lifeline stands, from 0 at the left to 1 at the right."""
    place = lanes.index(lane) if lane in lanes else 0
    return f"{place / (len(lanes) - 1):.3g}" if len(lanes) > 1 else "0"


# -- rows --------------------------------------------------------------------------------------------------------------


def _row(run: Run, lanes: Sequence[int], row: Row, id: str, lines: Mapping[Place, str]) -> Element:
    named = {"id": id}
    lit = [lines[row.path, line] for line in row.lines if (row.path, line) in lines]
    if lit:
        named["data-line"] = " ".join(lit)
    kind = {"call": "sk-call", "packet": "sk-pkt", "kernel": "sk-pkt sk-inside"}.get(row.kind, "sk-more")
    if row.kind in ("packet", "kernel"):
        kind += f" {_TONES.get(row.tone, 'sk-ctl')}"
    if row.wire:
        packet = row.wire.packet
        named |= {"data-packet": str(row.wire.number), "data-raw": packet.raw}
        if packet.protocol == "TCP":
            named |= {"data-seq": str(packet.seq), "data-ack": str(packet.ack)}
        if row.wire.sealed:
            named["data-sealed"] = ""
    cell = element("td")
    for lane in row.waits:
        if lane in lanes:
            append(cell, element("i.sk-w", attributes={"style": f"--x:{_x(lanes, lane)}"}))
    if row.kind == "more":
        append(cell, element("span.sk-what", row.code))
    elif row.kind == "call":
        append(cell, *_called(run, lanes, row, shown=bool(lit)))
    else:
        append(cell, _crossed(run, lanes, row))
    append(cell, *(_state(run, lanes, row, lane, state) for lane, state in row.states if lane in lanes))
    return element(
        "tr",
        cell,
        element("td.sk-sentence", *_told(row.sentence)),
        attributes={**named, "class": f"sk-row {kind}"},
    )


def _state(run: Run, lanes: Sequence[int], row: Row, lane: int, state: str) -> Element:
    """Return the label of a state; where a listener shares the lifeline with its connections, it says whose that is.

    A connection's has no sign of its own: the disc means connected, and one that is `SYN-RECEIVED` is not yet.
    """
    listens = any((lane, "LISTEN") in one.states for one in run.rows)
    whose = "listener" if state == "LISTEN" else "connection"
    who = f"{run.lanes[lane].name}'s {whose}" if listens else run.lanes[lane].name
    first = next(one for one in run.rows if state in dict(one.states).values())
    look = {"style": f"--x:{_x(lanes, lane)}"}
    meant = {"title": STATES[state]} if row is first and state in STATES else {}
    label = element("span.sk-st", element("span.sk-vh", f" {who} is now "), attributes=look | meant)
    if state == "LISTEN":
        append(label, element("i.sk-ring"), " ")
    append(label, state)
    return label


def _called(run: Run, lanes: Sequence[int], row: Row, *, shown: bool) -> Iterator[Element]:
    x = _x(lanes, row.lane)
    yield element(f"i.sk-{row.glyph}", attributes={"style": f"--x:{x}"})
    what = element("span.sk-what sk-r" if float(x) > 0.5 else "span.sk-what", attributes={"style": f"--x:{x}"})
    append(what, element("span.sk-vh", f"{run.lanes[row.lane].name}: "), element("code", row.code))
    if row.result:
        append(what, " ", element("span.sk-bad" if row.failed else "span", row.result))
    if row.path and not shown:
        append(what, " ", element("small", f"{row.path}:{row.lines[0]}" if row.lines else row.path))
    elif row.via:
        append(what, " ", element("small", f"({row.via})"))
    yield what


def _crossed(run: Run, lanes: Sequence[int], row: Row) -> Element:
    ends = [float(_x(lanes, lane)) for lane in (row.lane, row.to)]
    right = ends[1] > ends[0] or (ends[0] == ends[1] and row.lane == lanes[0])
    if ends[0] == ends[1]:
        ends = [0, 1] if right else [1, 0]
    where = {"style": f"--a:{min(ends):.3g};--b:{max(ends):.3g}"}
    names = run.lanes[row.lane].name, run.lanes[row.to].name
    path = element("span.sk-path")
    if row.wire is None:
        chip = element(
            "span.sk-chip", element("span.sk-vh", f"Inside the kernel, from {names[0]} to {names[1]}: "), _chip(row)
        )
    else:
        said = f"Packet {row.wire.number}, from {names[0]} to {names[1]}: "
        means = ". ".join(FLAGS[flag] for flag in row.wire.label.split(", ") if flag in FLAGS)
        first = next(one.wire for one in run.rows if one.wire and one.wire.label == row.wire.label)
        named = {"disabled": "", **({"title": means} if means and row.wire is first else {})}
        chip = element("button.sk-chip", element("span.sk-vh", said), _chip(row), attributes=named)
    return element("div.sk-go" if right else "div.sk-go sk-leftward", path, chip, attributes=where)


def _chip(row: Row) -> str:
    return row.wire.label if row.wire else row.result or row.code


def _told(words: Words) -> Iterator[Element | str]:
    for piece in words:
        yield piece.text if not piece.kind else element("code" if piece.kind == "code" else "i", piece.text)


# -- what the kernel keeps ---------------------------------------------------------------------------------------------


def kernel(run: Run, lanes: Sequence[int] | None = None, title: str = "the kernel keeps") -> Element | None:
    """Return the box in which the script shows what the kernel keeps; `None` if that is nothing.

    Args:
        run: The run.
        lanes: Of which lifelines it tells; `None` for all.
        title: Its title.
    """
    keeps = [one for one in run.kept if lanes is None or one.lane in lanes]
    if not keeps:
        return None
    data = json.dumps([_keeps(one) for one in keeps], separators=(",", ":"), ensure_ascii=False)
    data = data.replace("<", "\\u003c")  # in an attribute it would be right, but it must not even look like an element
    return element("div.sk-kernel", element("p", title), attributes={"data-keeps": data, **_UNREAD})


def _keeps(one: Kept) -> list[object]:
    """Return what the script needs: the name, the port, and row, shape, inbox and kind of each moment."""
    return [one.name, one.port, *([m.row, m.glyph, m.inbox, m.kind] for m in one.moments)]
