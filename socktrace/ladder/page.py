"""A run with its program, as it stands on a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from socktrace.conversations import calls_of
from socktrace.ladder import html, source
from socktrace.ladder.lives import lives, mark
from socktrace.ladder.names import names_in
from socktrace.ladder.run import Run
from socktrace.markup import append, element
from socktrace.recording import Program, Recording
from socktrace.verdict import EVENTS
from socktrace.visible import visible
from socktrace.wording import glyph, plural, ran


@dataclass(frozen=True, slots=True)
class View:
    """What of a run is to be seen, and under which ids.

    Args:
        recording: The run.
        run: The same, told.
        text: The program.
        beside: The programs that ran beside it: file and text.
        id: What the ids of the run's rows begin with: row 13 of `echo` is `echo-13`.
        shown: The lines of the program to show, counted from 1.
        ids: The id of each line's element.
        rows: For each line the id of the row that it first led to, here or elsewhere on the page.
        show: What to show: `code`, `output`, `ladder` and `sockets`.
        head: What stands above the program: its name, and where to get it.
        plays: Whether the run lies open and plays; if not, the reader opens it first.
    """

    recording: Recording
    run: Run
    text: str
    beside: tuple[tuple[str, str], ...]
    id: str
    shown: range
    ids: Mapping[int, str]
    rows: Mapping[int, str]
    show: tuple[str, ...]
    head: Element | None = None
    plays: bool = True


def block(view: View) -> Element:
    """Return a run as it stands on a page.

    Args:
        view: What is to be seen of it.
    """
    recording, show = view.recording, view.show
    told = "ladder" in show and bool(recording.sockets) and bool(view.run.acts)
    box = element("div.in")
    if told and view.plays:
        append(box, element("div.sk-player"))
    program = element("div.sk-prog", view.head)
    if "code" in show:
        append(program, _code(view))
        for file, text in view.beside:
            whole = range(1, len(text.splitlines()) + 1)
            code = source.to_element(text, whole, {}, {}, source.folded(text))
            append(program, element("p.sk-title", f"Beside it, {visible(file)}"), code)
    if told:
        append(program, html.kernel(view.run))
    evidence = _evidence(view)
    wire = _wire(view) if told else None
    if wire is not None and view.plays:
        append(program, *evidence)
        return _columns(box, "sk-r2", program, wire)
    side = element("div.sk-side", *evidence)
    if wire is not None:
        count = plural(len(view.run.rows), "step")
        packets = sum(row.wire is not None for row in view.run.rows)
        said = f"Play it: {count}" + (f", {plural(packets, 'packet')}" if packets else "")
        append(side, element("details.sk-later", element("summary", said), element("div.sk-player"), wire))
    return _columns(box, "sk-r6", program, side)


def _columns(box: Element, kind: str, *columns: Element) -> Element:
    full = [column for column in columns if len(column)]
    kind = kind if len(full) > 1 else "sk-single"
    append(box, element(f"div.sk-cols {kind}", *full))
    return box


def _code(view: View) -> Element:
    return source.to_element(view.text, view.shown, view.ids, view.rows, source.folded(view.text))


def _evidence(view: View) -> Iterator[Element]:
    recording = view.recording
    if "output" in view.show:
        yield _output(recording)
    if "sockets" in view.show and recording.sockets:
        yield lives(recording, names_in(view.text).variables, view.ids)
    if view.head is not None and ("ladder" in view.show or "output" in view.show):
        yield _recorded(recording)


def _wire(view: View) -> Element:
    box = html.wire(view.run, view.id, view.ids)
    under = element("div.sk-under")
    if any(row.states for row in view.run.rows):
        check = element("input.sk-states", attributes={"type": "checkbox"})
        append(under, element("label.sk-with", check, "Show TCP's states"))
    shapes = {glyph(socket, calls_of(view.recording, socket.id)) for socket in view.recording.sockets} | {"diamond"}
    meanings = {"ring": "listens", "disc": "connected", "diamond": "neither yet"}
    append(under, *(element("span", mark(shape), f" {meanings[shape]}") for shape in meanings if shape in shapes))
    append(box, under)
    return box


# -- what it printed, and how it was recorded --------------------------------------------------------------------------


def _output(recording: Recording) -> Element:
    box = element("div.sk-prints")
    if command := ran(recording):
        append(box, element("p.sk-note", "It was run as ", element("code", command)))
    for one in recording.programs:
        append(box, *_came_of(one, PurePosixPath(one.program).name if recording.beside else "It"))
    return box


def _came_of(one: Program, who: str) -> Iterator[Element]:
    """Yield what a program wrote and how it ended, if that is worth telling."""
    if one.began is None:
        yield element("p.sk-note", f"{who} was not started.")
        return
    yield from _printed(f"{who} printed", one.stdout)
    if one.stderr:
        yield from _printed(f"{who} wrote to standard error", one.stderr)
    if one.exit_code is None:
        yield element("p.sk-note", f"{who} was stopped at its time limit.")
    elif one.exit_code:
        yield element("p.sk-note", f"{who} ended with exit status {one.exit_code}.")


def _printed(title: str, text: str) -> Iterator[Element]:
    yield element("p.sk-title", title if text else f"{title} nothing")
    if text:
        yield element("pre.sk-out", visible(text.rstrip("\n"), keep="\n"), attributes={"tabindex": "0"})


def _recorded(recording: Recording) -> Element:
    box = element("details.sk-recorded", element("summary", "Recorded, not drawn"))
    said = f"On {visible(recording.system)} with Python {visible(recording.python)}"
    if recording.packets:
        took = recording.packets[-1].at - recording.packets[0].at
        said += f": {plural(len(recording.packets), 'packet')}, {took:,.1f} milliseconds from the first to the last"
    append(box, element("p", f"{said}. The tests run it again and compare."))
    for one in (declaration for program in recording.programs for declaration in program.declarations):
        event = EVENTS.get(one.event) or visible(one.event)
        append(box, element("p", f"On purpose: {event}. The program says so itself, on line {one.line}."))
    append(box, *(element("p", f"Not seen: {visible(reason)}") for reason in recording.unseen))
    return box
