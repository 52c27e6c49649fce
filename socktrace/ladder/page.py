"""A run with its program, as it stands on a page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from socktrace.ladder import html, source
from socktrace.ladder.lives import lives, mark
from socktrace.ladder.names import names_in
from socktrace.ladder.prints import printed
from socktrace.ladder.run import Run
from socktrace.markup import append, element
from socktrace.recording import Program, Recording
from socktrace.recording.conversations import calls_of
from socktrace.verdict import EVENTS
from socktrace.visible import visible
from socktrace.wording import STATES, glyph, plural, ran

_ONE_MACHINE = (
    "All ran on one machine, whose kernel keeps both ends; between two machines each has its own. "
    "Packets that only confirm may be fewer or more the next time."
)

_NARROW = 42
"""How many characters a line has at most, so that two programs stand beside the wire."""


@dataclass(frozen=True, slots=True)
class File:
    """A program's text, and what of it is to be seen.

    Args:
        path: What `Call.path` says of its lines; `""` for the program itself.
        text: The text.
        shown: The lines to show, counted from 1.
        ids: The id of each line's element, here or elsewhere on the page.
        rows: For each line the id of the row that it first led to.
        head: What stands above it: its name, and where to get it.
        aside: The lines that come in sight only when the reader asks for all, or when they are at work.
    """

    path: str
    text: str
    shown: range
    ids: Mapping[int, str]
    rows: Mapping[int, str]
    head: Element | None = None
    aside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """What of a run is to be seen, and under which ids.

    Args:
        recording: The run.
        run: The same, told.
        files: The texts of its programs.
        id: What the ids of the run's rows begin with: row 13 of `echo` is `echo-13`.
        show: What to show: `code`, `output`, `ladder` and `sockets`.
        capture: Where to get its packets.
        proof: What else is said of how it was recorded.
        plays: Whether the run lies open and plays; if not, the reader opens it first.
    """

    recording: Recording
    run: Run
    files: tuple[File, ...]
    id: str
    show: tuple[str, ...]
    capture: Element | None = None
    proof: str = ""
    plays: bool = True

    @property
    def tells(self) -> bool:
        """Whether there is something that happened."""
        return "ladder" in self.show and bool(self.recording.sockets) and bool(self.run.acts)

    @property
    def lines(self) -> dict[tuple[str, int], str]:
        """The id of each line that the page shows."""
        return {(file.path, line): own for file in self.files for line, own in file.ids.items()}

    @property
    def pair(self) -> tuple[File, File] | None:
        """The files of the client and the server, if each has one and both fit beside the wire."""
        if len(self.files) != 2 or len(self.run.lanes) != 2 or not (self.tells and self.plays and "code" in self.show):
            return None
        own = [{row.path for row in self.run.rows if row.kind == "call" and row.lane == lane} for lane in (0, 1)]
        sides = [next((file for file in self.files if paths == {file.path}), None) for paths in own]
        narrow = all(len(line) <= _NARROW for file in self.files for line in file.text.splitlines())
        left, right = sides
        return (left, right) if left and right and left is not right and narrow else None


def block(view: View) -> Element:
    """Return a run as it stands on a page. The recording chooses the form.

    Args:
        view: What is to be seen of it.
    """
    box = element("div.in")
    if view.tells and view.plays:
        append(box, element("div.sk-player"))
    if view.pair:
        return _columns(box, "sk-r1", *_pair(view, *view.pair))
    program = element("div.sk-prog", *_code(view))
    evidence = (*_outputs(view), _lives(view), _recorded(view))
    if view.tells and "code" in view.show:
        append(program, html.kernel(view.run))
    if view.tells and view.plays:
        append(program, *evidence)
        return _columns(box, "sk-r2", program, _wire(view))
    return _columns(box, "sk-r6", program, element("div.sk-side", *evidence, _later(view)))


def title(name: str) -> Element:
    """Return the name of a file, which may be broken after what parts its words.

    Args:
        name: The name.
    """
    made = element("strong.sk-file")
    for at, piece in enumerate(re.split(r"(?<=[/_])(?=.)", visible(name))):
        append(made, element("wbr") if at else None, piece)
    return made


def _pair(view: View, left: File, right: File) -> Iterator[Element]:
    """Yield the client's program, the wire and the server's program."""
    sides = {0: left, 1: right}
    under = {0: _lives(view), 1: _recorded(view)}
    for lane, file in sides.items():
        code = element("div.sk-prog sk-server" if lane else "div.sk-prog", file.head, _text(file))
        append(code, html.kernel(view.run, (lane,)))
        if "output" in view.show:
            program = next(one for one in view.recording.programs if one.file == file.path)
            append(code, element("div.sk-prints", *_came_of(program, "It", _since(view, program))))
        append(code, under[lane])
        yield code
        if lane == 0:
            yield _wire(view)


def _columns(box: Element, kind: str, *columns: Element) -> Element:
    full = [column for column in columns if len(column)]
    append(box, element(f"div.sk-cols {kind if len(full) > 1 else 'sk-single'}", *full))
    return box


def _code(view: View) -> Iterator[Element]:
    for file in view.files:
        if file.head is not None:
            yield file.head
        if "code" in view.show:
            yield _text(file)


def _text(file: File) -> Element:
    return source.to_element(file.text, file.shown, file.ids, file.rows, source.folded(file.text, file.aside))


def _later(view: View) -> Element | None:
    """Return the run as the reader opens it where it stands."""
    if not view.tells:
        return None
    inside = element("div.sk-inside-later", element("div.sk-player"), _wire(view))
    words = element("span.sk-start", "Play it"), element("span.sk-stop", "Close it")
    amount = element("span.sk-amount", view.run.amount)
    return element("details.sk-later", element("summary", *words, " ", amount), inside)


def _wire(view: View) -> Element:
    box = html.wire(view.run, view.id, view.lines)
    under = element("div.sk-under")
    if any(row.states for row in view.run.rows):
        check = element("input.sk-states", attributes={"type": "checkbox"})
        append(under, element("label.sk-with", check, "Show TCP's states"))
    signs = element("span.sk-signs")
    shapes = {glyph(socket, calls_of(view.recording, socket.id)) for socket in view.recording.sockets} | {"diamond"}
    neither = "neither yet" if len(shapes) > 1 else "neither listening nor connected"
    meanings = {"ring": "listens", "disc": "connected", "diamond": neither}
    append(signs, *(element("span", mark(shape), f" {meanings[shape]}") for shape in meanings if shape in shapes))
    if any(row.waits for row in view.run.rows):
        append(signs, element("span", element("i.sk-hatch"), " waits in a call"))
    append(under, signs, view.capture)
    append(box, under)
    return box


def _lives(view: View) -> Element | None:
    if "sockets" not in view.show or not view.recording.sockets:
        return None
    names = names_in({file.path: file.text for file in view.files})
    return lives(view.recording, names, view.lines, [row.at for row in view.run.rows] if view.tells else ())


# -- what it printed, and how it was recorded --------------------------------------------------------------------------


def _outputs(view: View) -> Iterator[Element]:
    if "output" not in view.show:
        return
    recording = view.recording
    box = element("div.sk-prints")
    if command := ran(recording):
        append(box, element("p.sk-note", "It was run as ", element("code", command)))
    for one in recording.programs:
        who = PurePosixPath(one.program).name if recording.beside else "It"
        append(box, *_came_of(one, who, _since(view, one)))
    yield box


def _since(view: View, one: Program) -> dict[str, str]:
    """Return from which row on the script shows each line of what a program printed; the last is for the rest."""
    if not (view.tells and one.stdout):
        return {}
    text = next((file.text for file in view.files if file.path == one.file), "")
    since = [*printed(view.run, one.file, text, one.stdout.rstrip("\n"))]
    while since[-2:-1] == since[-1:]:
        since.pop()
    return {"data-since": " ".join(map(str, since))}


def _came_of(one: Program, who: str, since: dict[str, str]) -> Iterator[Element]:
    """Yield what a program wrote and how it ended, if that is worth telling."""
    if one.began is None:
        yield element("p.sk-note", f"{who} was not started.")
        return
    yield from _printed(f"{who} printed", one.stdout, since)
    if one.stderr:
        yield from _printed(f"{who} wrote to standard error", one.stderr, {})
    if one.exit_code is None:
        yield element("p.sk-note", f"{who} was stopped at its time limit.")
    elif one.exit_code:
        yield element("p.sk-note", f"{who} ended with exit status {one.exit_code}.")


def _printed(title: str, text: str, since: dict[str, str]) -> Iterator[Element]:
    yield element("p.sk-title", title if text else f"{title} nothing")
    if text:
        yield element(
            "pre.sk-out",
            element("span", visible(text.rstrip("\n"), keep="\n")),
            attributes={"tabindex": "0", "role": "group", "aria-label": title, **since},
        )


def _recorded(view: View) -> Element | None:
    recording = view.recording
    if all(file.head is None for file in view.files):
        return None
    box = element("details.sk-recorded", element("summary", "How it was recorded"))
    said = f"On {visible(recording.system)} with Python {visible(recording.python)}"
    if recording.packets:
        took = recording.packets[-1].at - recording.packets[0].at
        said += f": {plural(len(recording.packets), 'packet')}, {took:,.1f} milliseconds from the first to the last"
    append(box, element("p", f"{said}. {view.proof}".rstrip()))
    if any(packet.protocol == "TCP" for packet in recording.packets):
        append(box, element("p", _ONE_MACHINE))
    if view.run.left:
        meant = (f"{words}." for state, words in STATES.items() if f": {state}." in " ".join(view.run.left))
        append(box, element("p", " ".join((*view.run.left, *meant))))
    for one in (declaration for program in recording.programs for declaration in program.declarations):
        event = EVENTS.get(one.event) or visible(one.event)
        append(box, element("p", f"On purpose: {event}. The program says so itself, on line {one.line}."))
    append(box, *(element("p", f"Not seen: {visible(reason)}") for reason in recording.unseen))
    return box
