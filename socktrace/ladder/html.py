"""The figure for pages: one table for each conversation, which style sheets draw as a ladder. Pure.

Read row by row, without styles or by a screen reader, each row is a sentence: who called or sent what, and which TCP
state that led to. No script is needed; the script of the site only lights rows up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from socktrace.ladder.model import Figure, Lane, Section
from socktrace.ladder.steps import Step
from socktrace.ladder.words import visible
from socktrace.recording import Endpoint

_PAIRS = 60
"""How many endpoint pairs of conversations that are not drawn are listed."""


def render(figure: Figure, id: str, lines: Mapping[int, str]) -> str:
    """Return the figure as HTML.

    Args:
        figure: The figure.
        id: What the ids of its rows begin with; unique on the page.
        lines: For each line of the program that the page shows, the id of its element. Others are named, not linked.
    """
    parts: list[str] = []
    at = 0
    for section in figure.sections:
        parts += _table(section, id, at, lines)
        at += len(section.steps)
    parts += [f'<p class="sk-note">{escape(note)}</p>' for note in figure.notes]
    return "".join(parts)


def rows(figure: Figure, id: str) -> dict[int, str]:
    """Return, for each line of the program, the id of the first row that it led to.

    Args:
        figure: The figure.
        id: The same as given to `render`.
    """
    found: dict[int, str] = {}
    steps = (step for section in figure.sections for step in section.steps)
    for at, step in enumerate(steps):
        if step.kind == "call" and step.line is not None and not step.path:
            found.setdefault(step.line, f"{id}-{at + 1}")
    return found


def endpoint(end: Endpoint) -> str:
    """Return an endpoint as HTML, its port number as the tag that stands for port numbers everywhere."""
    address = escape(visible(end.address))
    if end.port is None:
        return f"<code>{address}</code>"
    return f'<code>{address}</code><span class="sk-vh"> port </span><span class="sk-port">{end.port}</span>'


def mark(shape: str) -> str:
    """Return the shape that stands for a kind of socket."""
    return f'<i class="sk-{shape}"></i>'


def _table(section: Section, id: str, at: int, lines: Mapping[int, str]) -> Iterator[str]:
    kind = "sk-one" if section.right is None else "sk-two"
    yield f'<table class="sk-ladder {kind}"><caption>{escape(section.title)}</caption><thead><tr>{_head(section.left)}'
    if section.right:
        yield f'<th scope="col"><span class="sk-vh">between them</span></th>{_head(section.right)}'
    yield "</tr></thead><tbody>"
    names = (section.left.role, section.right.role if section.right else "")
    if names[0] == names[1]:
        names = (f"left {names[0]}", f"right {names[1]}")
    for number, step in enumerate(section.steps, at + 1):
        yield _row(step, names, f"{id}-{number}", lines, single=section.right is None)
    yield "</tbody></table>"
    if section.note:
        yield f'<p class="sk-note">{escape(section.note)}</p>'
    if section.alike:
        yield from _alike(section)


def _head(lane: Lane) -> str:
    end = f'<span class="sk-at">{endpoint(lane.endpoint)}</span>' if lane.endpoint else ""
    sockets = "".join(f"<span>{mark(shape)}socket {number}</span> " for number, shape in lane.sockets[:6])
    more = f"and {len(lane.sockets) - 6} more" if len(lane.sockets) > 6 else ""
    held = f'<span class="sk-held">{sockets}{more}</span>' if sockets else ""
    return f'<th scope="col"><span class="sk-role">{escape(lane.role)}</span> {end} {held}</th>'


def _row(step: Step, names: tuple[str, str], id: str, lines: Mapping[int, str], *, single: bool) -> str:
    if step.kind == "more":
        span = "" if single else ' colspan="3"'
        return f'<tr id="{id}" class="sk-more"><td{span}>{escape(step.label)}</td></tr>'
    side = "sk-l" if step.side == "left" else "sk-r"
    if step.kind == "call":
        cell = _call(step, names, lines)
        cells = f"<td>{cell}</td>" if single else f"<td>{cell}</td><td></td><td></td>"
        if step.side == "right":
            cells = f"<td></td><td></td><td>{cell}</td>"
        return f'<tr id="{id}" class="sk-call {side}">{cells}</tr>'
    tone = f"sk-{step.tone}" if step.kind == "packet" else "sk-kernel"
    left, right = (_state(name, state) for name, state in zip(names, (step.left, step.right), strict=True))
    cells = f"<td>{left}</td><td>{_arrow(step, names)}</td><td>{right}</td>"
    cause = lines.get(step.line) if step.line is not None else None
    line = f' data-line="{cause}"' if cause else ""
    return f'<tr id="{id}" class="sk-pkt {side} {tone}"{line}>{cells}</tr>'


def _call(step: Step, names: tuple[str, str], lines: Mapping[int, str]) -> str:
    name = names[0] if step.side == "left" else names[1]
    where = ""
    if step.line is not None:
        text = f"{escape(step.path)}:{step.line}" if step.path else f"line {step.line}"
        anchor = None if step.path else lines.get(step.line)
        where = f' <a href="#{anchor}">{text}</a>' if anchor else f" <span>{text}</span>"
    if step.via:
        where += f" <span>({escape(step.via)})</span>"
    after = f' <span class="{"sk-bad" if step.failed else "sk-res"}">{escape(step.after)}</span>' if step.after else ""
    state = _state(name, step.left or step.right)
    label = escape(step.label)
    what = f"<code>{label}</code>" if "(" in step.label or step.times > 1 else label
    who = f'<span class="sk-vh">{escape(name)}: </span>'
    return f'{mark(step.glyph)}<span class="sk-what">{who}{what}{after}{where}{state}</span>'


def _state(name: str, state: str) -> str:
    return f'<span class="sk-state"><span class="sk-vh"> {escape(name)} is now </span>{state}</span>' if state else ""


def _arrow(step: Step, names: tuple[str, str]) -> str:
    sender, receiver = names if step.side == "left" else names[::-1]
    data = f" <code>{escape(step.data)}</code>" if step.data else ""
    verb = "passes" if step.kind == "kernel" else "gets back" if step.tone == "icmp" else "sends"
    if step.tone == "icmp":
        sender, receiver = receiver, ""
    to = f'<span class="sk-vh"> to {escape(receiver)}</span>' if receiver else ""
    inside = '<span class="sk-vh"> inside the kernel, without a packet</span>' if step.kind == "kernel" else ""
    return (
        f'<span class="sk-arrow"><span class="sk-vh">{escape(sender)} {verb} </span>'
        f'<span class="sk-label">{escape(step.label)}{data}</span>{to}{inside}</span>'
    )


def _alike(section: Section) -> Iterator[str]:
    count = len(section.alike)
    noun = "connection" if section.protocol == "TCP" else "conversation"
    noun = noun if count == 1 else f"{noun}s"
    yield f'<details class="sk-alike"><summary>{count} more {noun} of the same shape</summary><ul>'
    for client, server in section.alike[:_PAIRS]:
        yield f"<li>{escape(visible(str(client)))} to {escape(visible(str(server)))}</li>"
    if count > _PAIRS:
        yield f"<li>and {count - _PAIRS} more</li>"
    yield "</ul></details>"
