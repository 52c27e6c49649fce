"""The snippet block: a program with the evidence of its run. Pure, apart from what the library reads."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element

from sitebuild.kit import places
from sitebuild.kit.block import Block, Due, Spot, no_page_shows
from sitebuild.kit.library import Library
from sitebuild.kit.live import commands, fits
from sitebuild.kit.places import Run
from sitebuild.kit.request import PARTS, Request
from sitebuild.programs import code
from sitebuild.programs.store import Store
from sitebuild.reading import options
from sitebuild.reading.options import PageError, guess
from socktrace import ladder
from socktrace.ladder.names import place_of
from socktrace.ladder.page import File, View, block, title
from socktrace.markup import element, to_html
from socktrace.packets.decoder import to_pcap
from socktrace.visible import visible

_BIG = 6000
"""From how many bytes on a capture is packed, for the sake of the page's size."""

_PROOF = "The tests run it again and compare."

PROGRAMS = "data-programs"
"""The attribute that tells the lab what to start: nothing if that is one file without arguments. Each byte counts."""

_GUIDE = """\
## A snippet with its evidence

````markdown
```snippet
sockets/echo.py
```
````

puts the program, what it printed, its ladder (the drawing of its calls and packets) and its sockets on the page. To show less, name the parts:

````markdown
```snippet
file: sockets/echo.py
show: [code, output]
```
````

`show` takes any of `code`, `output`, `ladder` and `sockets`.
Every snippet is on one chapter page as a whole.

Docstrings, imports, the time limit for all sockets and the `__name__` guard are one click away. If more than 15 lines are left in sight, make the program simpler, or name the functions and constants that teach:

````markdown
```snippet
file: sockets/echo.py
teaches: [serve]
```
````

The rest is one click away too, and a line of it comes in sight when the run comes to it. Copy and Download give the whole file.
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
        raise PageError("a snippet fence holds a file, such as sockets/echo.py, or the options file, show and teaches")
    options.keys(value, ("file", "show", "teaches"), ("file",))
    teaches = value.get("teaches", [])
    if not isinstance(teaches, list) or not all(isinstance(name, str) for name in teaches):
        raise PageError("the option teaches must be a list of names in the program, such as [serve, main]")
    show = value.get("show", list(PARTS))
    if not isinstance(show, list) or not show:
        raise PageError(f"the option show must be a list of {', '.join(PARTS)}, such as [code, output]")
    for name in show:
        if name not in PARTS:
            raise PageError(f"unknown name {name} in show{guess(str(name), PARTS)}")
    evidence = library.evidence(options.text(value, "file"))
    request = Request(evidence, tuple(name for name in PARTS if name in show), teaches=tuple(map(str, teaches)))
    code.aside(evidence.text, request.teaches)
    return request


def render_all(requests: Sequence[Request]) -> list[tuple[str, str, str]]:
    """Return the blocks of one page, each as its id, its class and its HTML, linked with each other.

    The first run with something to play stands open over the whole width; the others are opened where they stand.

    Args:
        requests: The blocks of the page, in order.
    """
    names = [request.evidence.name for request in requests]
    prefixes = places.anchors(names)
    runs = places.short(names)
    shown: dict[str, dict[int, str]] = {name: {} for name in names}
    drawn: dict[str, dict[int, str]] = {}
    stage = next((at for at, one in enumerate(requests) if one.plays and one.alone), None)
    for name, request, prefix, run in zip(names, requests, prefixes, runs, strict=True):
        for line in request.lines:
            shown[name].setdefault(line, f"{prefix}-line-{line}")
        if "ladder" in request.show and name not in drawn:
            drawn[name] = ladder.rows(request.evidence.run, run)
    return [
        (
            prefix,
            "band sk-run" if at == stage else "sk-run wide" if request.alone else "sk-run",
            _html(request, prefix, run, tuple(shown[name].items()), tuple(drawn.get(name, {}).items()), at == stage),
        )
        for at, (name, request, prefix, run) in enumerate(zip(names, requests, prefixes, runs, strict=True))
    ]


@lru_cache(maxsize=512)  # a preview that builds the site again makes only the blocks that have changed
def _html(
    request: Request,
    prefix: str,
    run: str,
    shown: tuple[tuple[int, str], ...],
    drawn: tuple[tuple[int, str], ...],
    plays: bool,
) -> str:
    return to_html([_block(request, prefix, run, dict(shown), dict(drawn), plays=plays)])


def _block(
    request: Request, prefix: str, run: str, shown: dict[int, str], drawn: dict[int, str], *, plays: bool
) -> Element:
    """Return a block.

    Args:
        request: What it shows.
        prefix: What its ids begin with.
        run: What the ids of its rows begin with.
        shown: The id of each line that stands on the page, by its number.
        drawn: The id of the row that each line first led to, in the first such figure on the page.
        plays: Whether its run lies open.
    """
    evidence = request.evidence
    own = {line: f"{prefix}-line-{line}" for line in request.lines}
    recording, capture = evidence.recording, None
    if recording.packets and request.bar:
        capture = _capture(PurePosixPath(evidence.name).stem, to_pcap(recording))
    rows = ladder.rows(evidence.run, run) if "ladder" in request.show else drawn
    led = {(row.path, line) for row in evidence.run.rows for line in row.lines}
    led |= {place_of(call) for call in recording.calls}  # to no other line does anything on the page lead
    ids = {line: at for line, at in {**shown, **own}.items() if ("", line) in led}
    files = [File("", evidence.text, request.lines, ids, rows, _head(request) if request.bar else None, request.aside)]
    for one, text in zip(recording.beside, evidence.beside, strict=True):
        lines = range(1, len(text.splitlines()) + 1)
        ids = {line: f"{prefix}-{places.slug(one.file)}-line-{line}" for line in lines if (one.file, line) in led}
        led_to = ladder.rows(evidence.run, run, one.file) if "ladder" in request.show else {}
        files.append(File(one.file, text, lines, ids, led_to, _named(one.file, text)))
    return block(View(recording, evidence.run, tuple(files), run, request.show, capture, _PROOF, plays))


# -- the bar -----------------------------------------------------------------------------------------------------------


def _head(request: Request) -> Element:
    evidence = request.evidence
    name = PurePosixPath(evidence.name).name if evidence.beside else evidence.name
    # what a page leaves out at the end says what is wrong with a program
    text = "".join(evidence.text.splitlines(keepends=True)[: request.last])
    bar = _named(name, text)
    get = bar[-1]
    if fits(evidence):
        starts = commands(evidence)
        get.set(PROGRAMS, "" if len(starts) == len(starts[0]) == 1 else json.dumps(starts, separators=(",", ":")))
    return bar


def _named(name: str, text: str) -> Element:
    """Return the name of a file, and where to get it."""
    program = quote(text, safe=" !'()*+,/:;=?@[]{}|")  # a blank is allowed there, and light
    file = PurePosixPath(name).name
    get = element("span.sk-get", _download(file, "Download", f"text/x-python;charset=utf-8,{program}"))
    return element("div.sk-bar", title(name), " ", get)


def _capture(stem: str, data: bytes) -> Element:
    """Return the link to a capture; Wireshark opens a big one packed as it is."""
    if len(data) <= _BIG:
        content = f"application/vnd.tcpdump.pcap;base64,{_base64(data)}"
        return _download(f"{stem}.pcap", ".pcap for Wireshark", content)
    content = f"application/gzip;base64,{_base64(gzip.compress(data, mtime=0))}"
    return _download(f"{stem}.pcap.gz", ".pcap.gz for Wireshark", content)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _download(name: str, words: str, content: str) -> Element:
    name = visible(name)
    says = f"Download {name}" if words == "Download" else f"Download {name.partition('.')[0]}{words}"
    return element("a", words, attributes={"download": name, "href": f"data:{content}", "aria-label": says})


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
        yield Run(store.resolve(str(file).strip()), not isinstance(value, dict) or "show" not in value)

    def shows(self, asked: Request, library: Library) -> tuple[str]:
        return (asked.evidence.name,)

    def tells(self, asked: Request) -> tuple[str, ...]:
        return () if asked.show == ("code",) else (asked.evidence.name,)

    def due(self, library: Library, shown: set[str]) -> Iterator[Due]:
        for name in library.store.names():
            yield Due(name, no_page_shows(f"snippets/{name}:1", "this snippet", self.name))


BLOCK = Snippet()
