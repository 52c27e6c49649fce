"""The figure for pages: one table for each conversation, which style sheets draw as a ladder. Pure.

Read row by row, without styles or by a screen reader, each row is a sentence: who called or sent what, and which TCP
state that led to. No script is needed; the script of the site only lights rows up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from socktrace import markup
from socktrace.ladder.model import Figure, Lane, Section
from socktrace.ladder.steps import Step
from socktrace.markup import append, element
from socktrace.recording import Endpoint
from socktrace.visible import visible

_PAIRS = 60
"""How many endpoint pairs of conversations that are not drawn are listed."""

_SOCKETS = 6
"""How many sockets of one lifeline are named."""


def to_html(figure: Figure, id: str = "ladder", lines: Mapping[int, str] | None = None) -> str:
    """Return the figure as HTML; `""` if there is nothing to draw.

    Args:
        figure: The figure.
        id: What the ids of its rows begin with; unique on the page.
        lines: For each line of the program that the page shows, the id of its element. Others are named, not linked.
    """
    return markup.to_html(to_elements(figure, id, lines or {}))


def to_elements(figure: Figure, id: str, lines: Mapping[int, str]) -> Iterator[Element]:
    """Yield the elements of the figure, in order.

    Args:
        figure: The figure.
        id: What the ids of its rows begin with; unique on the page.
        lines: For each line of the program that the page shows, the id of its element.
    """
    at = 0
    for section in figure.sections:
        yield _table(section, id, at, lines)
        at += len(section.steps)
        if section.note:
            yield element("p.sk-note", section.note)
        if section.alike:
            yield _alike(section)
    for note in figure.notes:
        yield element("p.sk-note", note)


def rows(figure: Figure, id: str = "ladder") -> dict[int, str]:
    """Return, for each line of the program, the id of the first row that it led to.

    Args:
        figure: The figure.
        id: The same as given to `to_html`.
    """
    found: dict[int, str] = {}
    steps = (step for section in figure.sections for step in section.steps)
    for at, step in enumerate(steps):
        if step.kind == "call" and step.line is not None and not step.path:
            found.setdefault(step.line, f"{id}-{at + 1}")
    return found


def endpoint(end: Endpoint, kind: str) -> Element:
    """Return an endpoint as an element, its port number as the tag that stands for port numbers everywhere.

    Args:
        end: The endpoint.
        kind: The class of the element.
    """
    shown = element(f"span.{kind}", element("code", visible(end.address)))
    if end.port is not None:
        append(shown, _aside(" port "), element("span.sk-port", str(end.port)))
    return shown


def mark(shape: str) -> Element:
    """Return the shape that stands for a kind of socket."""
    return element(f"i.sk-{shape}")


def _aside(text: str) -> Element:
    """Return words that are read aloud but not shown."""
    return element("span.sk-vh", text)


def _table(section: Section, id: str, at: int, lines: Mapping[int, str]) -> Element:
    single = section.right is None
    head = element("tr", _head(section.left))
    if section.right:
        append(head, element("th", _aside("between them"), attributes={"scope": "col"}), _head(section.right))
    names = (section.left.role, section.right.role if section.right else "")
    if names[0] == names[1]:
        names = (f"left {names[0]}", f"right {names[1]}")
    body = element("tbody")
    for number, step in enumerate(section.steps, at + 1):
        body.append(_row(step, names, f"{id}-{number}", lines, single=single))
    kind = "sk-one" if single else "sk-two"
    return element(f"table.sk-ladder {kind}", element("caption", section.title), element("thead", head), body)


def _head(lane: Lane) -> Element:
    end = endpoint(lane.endpoint, "sk-at") if lane.endpoint else None
    held = element("span.sk-held") if lane.sockets else None
    if held is not None:
        for number, shape in lane.sockets[:_SOCKETS]:
            append(held, element("span", mark(shape), f"socket {number}"), " ")
        if len(lane.sockets) > _SOCKETS:
            append(held, f"and {len(lane.sockets) - _SOCKETS} more")
    return element("th", element("span.sk-role", lane.role), " ", end, " ", held, attributes={"scope": "col"})


def _row(step: Step, names: tuple[str, str], id: str, lines: Mapping[int, str], *, single: bool) -> Element:
    if step.kind == "more":
        span = {} if single else {"colspan": "3"}
        return element("tr", element("td", step.label, attributes=span), attributes={"id": id, "class": "sk-more"})
    side = "sk-l" if step.side == "left" else "sk-r"
    if step.kind == "call":
        cell = element("td", mark(step.glyph), _call(step, names, lines))
        cells = (cell,) if single else (cell, element("td"), element("td"))
        named = {"id": id, "class": f"sk-call {side}"}
        return element("tr", *(cells if step.side == "left" else reversed(cells)), attributes=named)
    tone = f"sk-{step.tone}" if step.kind == "packet" else "sk-kernel"
    left, right = (_state(name, state) for name, state in zip(names, (step.left, step.right), strict=True))
    cells = (element("td", left), element("td", _arrow(step, names)), element("td", right))
    named = {"id": id, "class": f"sk-pkt {side} {tone}"}
    cause = lines.get(step.line) if step.line is not None else None
    if cause:
        named["data-line"] = cause
    return element("tr", *cells, attributes=named)


def _call(step: Step, names: tuple[str, str], lines: Mapping[int, str]) -> Element:
    name = names[0] if step.side == "left" else names[1]
    shown = element("span.sk-what", _aside(f"{name}: "))
    append(shown, element("code", step.label) if "(" in step.label or step.times > 1 else step.label)
    if step.after:
        append(shown, " ", element("span.sk-bad" if step.failed else "span.sk-res", step.after))
    if step.line is not None:
        anchor = None if step.path else lines.get(step.line)
        text = f"{step.path}:{step.line}" if step.path else f"line {step.line}"
        link = element("a", text, attributes={"href": f"#{anchor}"}) if anchor else element("span", text)
        append(shown, " ", link)
    if step.via:
        append(shown, " ", element("span", f"({step.via})"))
    append(shown, _state(name, step.left or step.right))
    return shown


def _state(name: str, state: str) -> Element | None:
    return element("span.sk-state", _aside(f" {name} is now "), state) if state else None


def _arrow(step: Step, names: tuple[str, str]) -> Element:
    sender, receiver = names if step.side == "left" else names[::-1]
    verb = "passes" if step.kind == "kernel" else "gets back" if step.tone == "icmp" else "sends"
    if step.tone == "icmp":
        sender, receiver = receiver, ""
    label = element("span.sk-label", step.label)
    if step.data:
        append(label, " ", element("code", step.data))
    arrow = element("span.sk-arrow", _aside(f"{sender} {verb} "), label)
    if receiver:
        append(arrow, _aside(f" to {receiver}"))
    if step.kind == "kernel":
        append(arrow, _aside(" inside the kernel, without a packet"))
    return arrow


def _alike(section: Section) -> Element:
    count = len(section.alike)
    noun = "connection" if section.protocol == "TCP" else "conversation"
    noun = noun if count == 1 else f"{noun}s"
    pairs = element("ul")
    for client, server in section.alike[:_PAIRS]:
        append(pairs, element("li", f"{visible(str(client))} to {visible(str(server))}"))
    if count > _PAIRS:
        append(pairs, element("li", f"and {count - _PAIRS} more"))
    return element("details.sk-alike", element("summary", f"{count} more {noun} of the same shape"), pairs)
