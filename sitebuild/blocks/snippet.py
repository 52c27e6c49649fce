"""The snippet block: a program with the evidence of its run. Pure, apart from what the library reads."""

from __future__ import annotations

import base64
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element

from sitebuild import code, options, places
from sitebuild.block import Block, Due, Spot, no_page_shows
from sitebuild.library import Library
from sitebuild.options import PageError, guess
from sitebuild.places import Run
from sitebuild.request import PARTS, Request
from sitebuild.store import Store
from socktrace import ladder
from socktrace.conversations import calls_of
from socktrace.endings import ENDINGS, last_ending
from socktrace.ladder.html import endpoint, mark
from socktrace.ladder.model import Figure
from socktrace.markup import append, element, to_html
from socktrace.packets import to_pcap
from socktrace.recording import Call, Declaration, Program, Recording, Socket
from socktrace.verdict import EVENTS
from socktrace.visible import visible
from socktrace.wording import glyph, plural, ran, role

_MANY = 4
"""From how many sockets with the same life on, the table gives them one row."""

_UNREAD = {"aria-hidden": "true"}

_BIG = 6000
"""From how many bytes on a capture is packed, for the sake of the page's size."""

_GUIDE = """\
### A snippet with its evidence

````markdown
```snippet
sockets/echo.py
```
````

puts the program, what it printed, its ladder (the drawing of its calls and packets) and its sockets on the page. To show less, name the parts:

````markdown
```snippet
file: sockets/echo.py
part: serve
show: [code, output]
```
````

`part` is a function or class. `show` takes any of `code`, `output`, `ladder` and `sockets`.
Every snippet is on one chapter page as a whole.
"""


def read(body: str, library: Library) -> Request:
    """Read a snippet fence.

    Args:
        body: What stands in it.
        library: Where the snippets are.

    Raises:
        PageError: The fence asks for what is not there.
    """
    value = options.parse(body)
    if isinstance(value, str):
        value = {"file": value}
    if not isinstance(value, dict):
        raise PageError("a snippet fence holds a file, such as sockets/echo.py, or the options file, part and show")
    options.keys(value, ("file", "part", "show"), ("file",))
    part = options.text(value, "part") if "part" in value else None
    show = value.get("show", list(PARTS))
    if not isinstance(show, list) or not show:
        raise PageError(f"the option show must be a list of {', '.join(PARTS)}, such as [code, output]")
    for name in show:
        if name not in PARTS:
            raise PageError(f"unknown name {name} in show{guess(str(name), PARTS)}")
    evidence = library.evidence(options.text(value, "file"))
    request = Request(evidence, part, tuple(name for name in PARTS if name in show))
    code.lines_of(evidence.text, part)
    return request


def render_all(requests: Sequence[Request]) -> list[tuple[str, str]]:
    """Return the blocks of one page, each as its id and its HTML, linked with each other: lines to rows and back.

    Args:
        requests: The blocks of the page, in order.
    """
    names = [request.evidence.name for request in requests]
    prefixes = places.anchors(names)
    shown: dict[str, dict[int, str]] = {name: {} for name in names}
    drawn: dict[str, dict[int, str]] = {}
    for name, request, prefix in zip(names, requests, prefixes, strict=True):
        for line in request.lines:
            shown[name].setdefault(line, f"{prefix}-line-{line}")
        if "ladder" in request.show and name not in drawn:
            drawn[name] = ladder.rows(request.evidence.figure, f"{prefix}-step")
    return [
        (prefix, _html(request, prefix, tuple(shown[name].items()), tuple(drawn.get(name, {}).items())))
        for name, request, prefix in zip(names, requests, prefixes, strict=True)
    ]


@lru_cache(maxsize=512)  # a preview that builds the site again makes only the blocks that have changed
def _html(request: Request, prefix: str, shown: tuple[tuple[int, str], ...], drawn: tuple[tuple[int, str], ...]) -> str:
    return to_html([_block(request, prefix, dict(shown), dict(drawn))])


def _block(request: Request, prefix: str, shown: dict[int, str], drawn: dict[int, str]) -> Element:
    """Return a block.

    Args:
        request: What it shows.
        prefix: What its ids begin with.
        shown: The id of each line that stands on the page, by its number.
        drawn: The id of the row that each line first led to, in the first such figure on the page.
    """
    evidence, show = request.evidence, request.show
    own = {line: f"{prefix}-line-{line}" for line in request.lines}
    recording, lines = evidence.recording, {**shown, **own}
    block = element("div.sk-in")
    if request.bar:
        append(block, _bar(request))
    if "code" in show:
        rows = ladder.rows(evidence.figure, f"{prefix}-step") if "ladder" in show else drawn
        append(block, code.to_element(evidence.text, request.lines, own, rows))
        for one, text in zip(recording.beside, evidence.beside, strict=True):
            append(block, element("p.sk-title", f"Beside it, {visible(one.file)}"))
            append(block, code.to_element(text, code.lines_of(text, None), {}, {}))
    append(block, _expected(declaration for one in recording.programs for declaration in one.declarations))
    if "output" in show:
        append(block, _output(recording))
    if "ladder" in show and recording.sockets:
        append(block, _ladder(recording, evidence.figure, f"{prefix}-step", lines))
        if "code" in show:
            block.set("class", "sk-in sk-side")
    if "sockets" in show:
        append(block, _sockets(recording, lines))
    return block


# -- the bar -----------------------------------------------------------------------------------------------------------


def _bar(request: Request) -> Element:
    evidence = request.evidence
    recording = evidence.recording
    facts = [f"recorded on {recording.system}, Python {'.'.join(recording.python.split('.')[:2])}"]
    if recording.saw_packets and recording.sockets:
        facts.append(plural(len(recording.packets), "packet"))
    name = evidence.name + (f" \u00b7 {request.part}" if request.part else "")
    stem = PurePosixPath(evidence.name).stem
    files = {f"{stem}.py": evidence.text}
    files |= {one.file: text for one, text in zip(recording.beside, evidence.beside, strict=True)}
    gets = element("span.sk-get")
    for file, text in files.items():
        program = quote(text, safe="!'()*,/:;=?@")
        append(gets, " " if len(gets) else None, _download(file, f"text/x-python;charset=utf-8,{program}"))
    if recording.packets:
        append(gets, " ", _capture(stem, to_pcap(recording)))
    return element(
        "div.sk-bar",
        element("strong.sk-file", visible(name)),
        " ",
        element("span.sk-meta", visible(" \u00b7 ".join(facts))),
        " ",
        gets,
    )


def _capture(stem: str, data: bytes) -> Element:
    """Return the link to a capture; Wireshark opens a big one packed as it is."""
    if len(data) <= _BIG:
        return _download(f"{stem}.pcap", f"application/vnd.tcpdump.pcap;base64,{_base64(data)}")
    return _download(f"{stem}.pcap.gz", f"application/gzip;base64,{_base64(gzip.compress(data, mtime=0))}")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _download(name: str, content: str) -> Element:
    name = visible(name)
    link = {"download": name, "href": f"data:{content}", "aria-label": f"Download {name}"}
    return element("a", f".{name.partition('.')[2]}", attributes=link)


# -- what it means to show, and what it printed ------------------------------------------------------------------------


def _expected(declarations: Iterable[Declaration]) -> Element | None:
    parts = [
        element(
            "p",
            f"On purpose: {EVENTS.get(one.event) or visible(one.event)}. ",
            f"The program says so itself, on line {one.line}: ",
            element("code", f"# socktrace: expect {visible(one.event)}"),
        )
        for one in declarations
    ]
    return element("div.sk-expect", *parts) if parts else None


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
        yield element("pre.sk-out", visible(text.rstrip("\n"), keep="\n"))


# -- the figure --------------------------------------------------------------------------------------------------------


def _ladder(recording: Recording, figure: Figure, id: str, lines: dict[int, str]) -> Element:
    box = element("div.sk-draw", element("p.sk-title", "Calls and packets"))
    append(box, *ladder.to_elements(figure, id, lines))
    append(box, *(element("p.sk-note", f"Not seen: {visible(reason)}") for reason in recording.unseen))
    key = element("details.sk-key", element("summary", "How to read this"), element("ul", *_key(recording)))
    append(box, key)
    return box


def _key(recording: Recording) -> Iterator[Element]:
    shapes = {glyph(socket, calls_of(recording, socket.id)) for socket in recording.sockets} | {"diamond"}
    protocols = {packet.protocol for packet in recording.packets}
    yield element("li", "Time runs downwards. Each row is one call or one packet, in the order in which it happened.")
    meanings = {
        "ring": "a listening socket",
        "disc": "a connected socket",
        "diamond": "a socket that is neither, or not yet",
    }
    yield from (element("li", mark(shape), meanings[shape]) for shape in meanings if shape in shapes)
    if "TCP" in protocols:
        yield element("li", "A dashed arrow only acknowledges. FIN and bytes do so too, unlabelled.")
        states = "ESTABLISHED and its like are TCP states, worked out from the packets (RFC 9293, section 3.3.2)."
        yield element("li", states)
    waits = ("A call that ", element("em", "waits"), " stands there twice: where it began and where it returned.")
    yield element("li", *waits)


# -- the table of sockets ----------------------------------------------------------------------------------------------


def _sockets(recording: Recording, lines: dict[int, str]) -> Element:
    if not recording.sockets:
        title, note = element("p.sk-title", "Sockets"), element("p.sk-note", "It opened none.")
        return element("div.sk-socks", title, note)
    lives: dict[_Life, list[Socket]] = defaultdict(list)
    for socket in recording.sockets:
        lives[_life(recording, socket)].append(socket)
    rows = []
    for life, sockets in lives.items():
        groups = [sockets] if len(sockets) >= _MANY else [[socket] for socket in sockets]
        for group in groups:
            head = element("th", mark(life.shape), *_who(group, life.kind), attributes={"scope": "row"})
            rows.append((group[0].id, element("tr", head, *_cells(life, lines))))
    rows.sort(key=lambda row: row[0])
    heads = (element("th", head, attributes={"scope": "col"}) for head in ("socket", "opened", "connected", "closed"))
    table = element(
        "table.sk-table",
        element("caption.sk-title", "Opened and closed, by line"),
        element("thead", element("tr", *heads)),
        element("tbody", *(row for _, row in rows)),
    )
    return element("div.sk-socks", table)


def _who(sockets: Sequence[Socket], kind: str) -> Iterator[Element | str]:
    if len(sockets) > 1:
        yield f"{len(sockets)} sockets, {visible(kind)}"
        return
    yield f"{sockets[0].id} {visible(kind)}"
    local = sockets[0].local
    if local and local.port:
        yield " "
        yield endpoint(local, "sk-name")


_At = tuple[str, int] | None


def _at(call: Call | None) -> _At:
    return (call.path or "", call.line) if call and call.line else None


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
    opened: _At
    connects: bool
    connected: _At
    error: str
    ended: str
    closed: _At


def _life(recording: Recording, socket: Socket) -> _Life:
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
        error=visible(tried.error or "") if tried and failed else "",
        ended=last.name if last else "",
        closed=_at(last) if last and last.name == "close" else None,
    )


def _cells(life: _Life, lines: dict[int, str]) -> Iterator[Element]:
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


def _place(at: _At, lines: dict[int, str]) -> tuple[Element | str, ...]:
    if at is None:
        return ("elsewhere",)
    file, line = at
    if file:
        return (visible(f"{file}:{line}"),)
    place = (element("span.sk-vh", "line "), str(line))
    return (element("a", *place, attributes={"href": f"#{lines[line]}"}),) if line in lines else place


class Snippet(Block[Request]):
    """A program with the evidence of its run."""

    name = "snippet"
    guide = _GUIDE

    def read(self, body: str, library: Library) -> Request:
        return read(body, library)

    def render(self, asked: Request, spot: Spot) -> Element:
        (program,) = spot.programs
        return program

    def requests(self, asked: Request, spot: Spot) -> tuple[Request, ...]:
        return (asked,)

    def runs(self, body: str, store: Store) -> Iterator[Run]:
        value = options.parse(body)
        file = value.get("file") if isinstance(value, dict) else value
        yield Run(store.resolve(str(file).strip()), not isinstance(value, dict) or value.keys() == {"file"})

    def shows(self, asked: Request, library: Library) -> tuple[str]:
        return (asked.evidence.name,)

    def tells(self, asked: Request) -> tuple[str, ...]:
        return () if asked.show == ("code",) else (asked.evidence.name,)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in library.store.names():
            yield Due(name, no_page_shows(f"snippets/{name}:1", "this snippet", self.name))


BLOCK = Snippet()
