"""The snippet block: a program with the evidence of its run. Pure, apart from what the library reads."""

from __future__ import annotations

import base64
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
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
from socktrace.ladder.html import endpoint, mark
from socktrace.ladder.words import glyph, plural, ran, role, visible
from socktrace.packets import to_pcap
from socktrace.recording import Declaration, Recording, Socket

_MANY = 4
"""From how many sockets with the same life on, the table gives them one row."""

_BIG = 6000
"""From how many bytes on a capture is packed, for the sake of the page's size."""

_EVENTS = {
    "reset": "a TCP connection ends with RST",
    "refused": "a TCP connection is refused",
    "wildcard": "a socket is bound to every address of the host",
    "no-socket": "the program opens no socket",
    "fixed-port": "the program fixes a port number",
    "beyond-loopback": "the program speaks to more than its own host",
    "left-open": "a socket is left open",
    "collected": "a socket is left to the garbage collector",
    "survivor": "a thread or process outlives the program",
    "stderr": "the program writes to standard error",
    "failure": "the program fails",
    "hang": "the program does not end by itself",
    "unanswered": "a TCP connection gets no answer",
}

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
    prefixes = places.anchors([request.evidence.name for request in requests])
    shown: dict[str, dict[int, str]] = defaultdict(dict)
    drawn: dict[str, dict[int, str]] = {}
    for request, prefix in zip(requests, prefixes, strict=True):
        for line in request.lines:
            shown[request.evidence.name].setdefault(line, f"{prefix}-line-{line}")
        if "ladder" in request.show:
            drawn.setdefault(request.evidence.name, ladder.rows(request.evidence.recording, f"{prefix}-step"))
    return [
        (prefix, _block(request, prefix, shown[request.evidence.name], drawn.get(request.evidence.name, {})))
        for request, prefix in zip(requests, prefixes, strict=True)
    ]


def _block(request: Request, prefix: str, shown: dict[int, str], drawn: dict[int, str]) -> str:
    evidence = request.evidence
    own = {line: f"{prefix}-line-{line}" for line in request.lines}
    recording = evidence.recording
    parts = [_bar(request)] if request.bar else []
    if "code" in request.show:
        rows = ladder.rows(recording, f"{prefix}-step") if "ladder" in request.show else drawn
        parts.append(code.to_html(evidence.text, request.lines, own, rows))
    parts.append(_expected(recording.declarations))
    if "output" in request.show:
        parts.append(_output(recording))
    if "ladder" in request.show and recording.sockets:
        parts.append(_ladder(recording, f"{prefix}-step", {**shown, **own}))
    if "sockets" in request.show:
        parts.append(_sockets(recording, {**shown, **own}))
    both = " sk-side" if {"code", "ladder"} <= set(request.show) and recording.sockets else ""
    return f'<div class="sk-in{both}">{"".join(parts)}</div>'


# -- the bar -----------------------------------------------------------------------------------------------------------


def _bar(request: Request) -> str:
    evidence = request.evidence
    recording = evidence.recording
    facts = [f"recorded on {recording.system}, Python {'.'.join(recording.python.split('.')[:2])}"]
    if recording.saw_packets and recording.sockets:
        facts.append(plural(len(recording.packets), "packet"))
    meta = escape(visible(" \u00b7 ".join(facts)))
    name = escape(visible(evidence.name)) + (f" \u00b7 {escape(visible(request.part))}" if request.part else "")
    stem = PurePosixPath(evidence.name).stem
    program = quote(evidence.text, safe="!'()*,/:;=?@")
    gets = [_download(f"{stem}.py", f"text/x-python;charset=utf-8,{program}")]
    if recording.packets:
        gets.append(_capture(stem, to_pcap(recording)))
    return (
        f'<div class="sk-bar"><strong class="sk-file">{name}</strong> '
        f'<span class="sk-meta">{meta}</span> '
        f'<span class="sk-get">{" ".join(gets)}</span></div>'
    )


def _capture(stem: str, data: bytes) -> str:
    """Return the link to a capture; Wireshark opens a big one packed as it is."""
    if len(data) <= _BIG:
        return _download(f"{stem}.pcap", f"application/vnd.tcpdump.pcap;base64,{_base64(data)}")
    return _download(f"{stem}.pcap.gz", f"application/gzip;base64,{_base64(gzip.compress(data, mtime=0))}")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _download(name: str, content: str) -> str:
    name = escape(visible(name))
    suffix = name.partition(".")[2]
    return f'<a download="{name}" href="data:{escape(content)}" aria-label="Download {name}">.{suffix}</a>'


# -- what it means to show, and what it printed ------------------------------------------------------------------------


def _expected(declarations: Iterable[Declaration]) -> str:
    parts = [
        f"<p>On purpose: {_EVENTS.get(one.event, escape(visible(one.event)))}. The program says so itself, on line "
        f"{one.line}: <code># socktrace: expect {escape(visible(one.event))}</code></p>"
        for one in declarations
    ]
    return f'<div class="sk-expect">{"".join(parts)}</div>' if parts else ""


def _output(recording: Recording) -> str:
    command = ran(recording)
    parts = [f'<p class="sk-note">It was run as <code>{escape(command)}</code></p>'] if command else []
    parts.append(_printed("It printed", recording.stdout))
    if recording.stderr:
        parts.append(_printed("It wrote to standard error", recording.stderr))
    if recording.exit_code is None:
        parts.append('<p class="sk-note">It was stopped at its time limit.</p>')
    elif recording.exit_code:
        parts.append(f'<p class="sk-note">It ended with exit status {recording.exit_code}.</p>')
    return f'<div class="sk-prints">{"".join(parts)}</div>'


def _printed(title: str, text: str) -> str:
    if not text:
        return f'<p class="sk-title">{title} nothing</p>'
    shown = escape(visible(text.rstrip("\n"), keep="\n"), quote=False)
    return f'<p class="sk-title">{title}</p><pre class="sk-out">{shown}</pre>'


# -- the figure --------------------------------------------------------------------------------------------------------


def _ladder(recording: Recording, id: str, lines: dict[int, str]) -> str:
    unseen = "".join(f'<p class="sk-note">Not seen: {escape(visible(reason))}</p>' for reason in recording.unseen)
    figure = ladder.to_html(recording, id, lines)
    key = "".join(_key(recording))
    return (
        f'<div class="sk-draw" data-search-exclude><p class="sk-title">Calls and packets</p>{figure}{unseen}'
        f'<details class="sk-key"><summary>How to read this</summary><ul>{key}</ul></details></div>'
    )


def _key(recording: Recording) -> Iterator[str]:
    shapes = {glyph(socket, calls_of(recording, socket.id)) for socket in recording.sockets} | {"diamond"}
    protocols = {packet.protocol for packet in recording.packets}
    yield "<li>Time runs downwards. Each row is one call or one packet, in the order in which it happened.</li>"
    words = {
        "ring": "a listening socket",
        "disc": "a connected socket",
        "diamond": "a socket that is neither, or not yet",
    }
    yield from (f"<li>{mark(shape)}{words[shape]}</li>" for shape in words if shape in shapes)
    if "TCP" in protocols:
        yield "<li>A dashed arrow only acknowledges. FIN and bytes do so too, unlabelled.</li>"
        yield "<li>ESTABLISHED and its like are TCP states, worked out from the packets (RFC 9293, section 3.3.2).</li>"
    yield "<li>A call that <em>waits</em> stands there twice: where it began and where it returned.</li>"


# -- the table of sockets ----------------------------------------------------------------------------------------------


def _sockets(recording: Recording, lines: dict[int, str]) -> str:
    if not recording.sockets:
        return '<div class="sk-socks"><p class="sk-title">Sockets</p><p class="sk-note">It opened none.</p></div>'
    lives: dict[tuple[str, ...], list[Socket]] = defaultdict(list)
    for socket in recording.sockets:
        lives[role(socket), glyph(socket, calls_of(recording, socket.id)), *_life(recording, socket, lines)].append(
            socket
        )
    rows = []
    for (kind, shape, opened, connected, closed), sockets in lives.items():
        groups = [sockets] if len(sockets) >= _MANY else [[socket] for socket in sockets]
        for group in groups:
            cells = f"<td>{opened}</td><td>{connected}</td><td>{closed}</td>"
            rows.append((group[0].id, f'<tr><th scope="row">{mark(shape)}{_who(group, kind)}</th>{cells}</tr>'))
    body = "".join(row for _, row in sorted(rows))
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("socket", "opened", "connected", "closed"))
    return (
        '<div class="sk-socks" data-search-exclude><table class="sk-table">'
        '<caption class="sk-title">Opened and closed, by line</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _who(sockets: Sequence[Socket], kind: str) -> str:
    if len(sockets) > 1:
        return f"{len(sockets)} sockets, {escape(visible(kind))}"
    local = sockets[0].local
    name = f' <span class="sk-name">{endpoint(local)}</span>' if local and local.port else ""
    return f"{sockets[0].id} {escape(visible(kind))}{name}"


def _life(recording: Recording, socket: Socket, lines: dict[int, str]) -> tuple[str, str, str]:
    calls = calls_of(recording, socket.id)
    made = [call for call in recording.calls if call.made == socket.id]
    opened = _place(made[0].line if made else calls[0].line if calls else None, lines)
    connects = [call for call in calls if call.name == "connect"]
    connected = '<span class="sk-vh">not</span><span aria-hidden="true">\u2013</span>'
    if socket.role in ("accepted", "pair"):
        connected = opened
    elif connects:
        connected = _place(connects[-1].line, lines)
        if connects[-1].error not in (None, "EINPROGRESS"):
            error = escape(visible(connects[-1].error or ""))
            connected += f' <span class="sk-bad"><span aria-hidden="true">\u2717</span> <span>{error}</span></span>'
    ends = [call for call in calls if call.name in ("close", "collected", "exit", "exec", "detach")]
    words = {"collected": "by the garbage collector", "exit": "never", "exec": "by the kernel", "detach": "handed on"}
    if not ends:
        return opened, connected, '<span class="sk-bad">never</span>'
    last = ends[-1]
    if last.name == "close":
        return opened, connected, f'<span class="sk-good">{_place(last.line, lines)} \u2713</span>'
    return opened, connected, f'<span class="sk-bad">{words[last.name]}</span>'


def _place(line: int | None, lines: dict[int, str]) -> str:
    if line is None:
        return "elsewhere"
    text = f'<span class="sk-vh">line </span>{line}'
    return f'<a href="#{lines[line]}">{text}</a>' if line in lines else text


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

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in library.store.names():
            yield Due(name, no_page_shows(f"snippets/{name}:1", "this snippet", self.name))


BLOCK = Snippet()
