"""A run as one page that needs nothing else: its style and its script stand in it. Pure, but for reading those."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import PurePosixPath

from socktrace.ladder import html
from socktrace.ladder.model import draw
from socktrace.ladder.page import File, View, block, title
from socktrace.ladder.run import tell
from socktrace.markup import element, to_html
from socktrace.recording import Recording
from socktrace.visible import visible

_PAGE = """\
body { margin: 0; background: var(--page); color: var(--ink); font: 19px/1.58 var(--text); }
h1 { width: min(100% - 32px, 1184px); margin: 32px auto; font: 700 31px/1.2 var(--show); overflow-wrap: anywhere; }
"""


def document(recording: Recording, texts: Sequence[str]) -> str:
    """Return a page on which a run plays. What the programs printed is not on it: it went to their own streams.

    Args:
        recording: The run.
        texts: The texts of its programs, in the order of `Recording.programs`.
    """
    sources = dict(zip((one.file for one in recording.programs), texts, strict=True))
    run = tell(recording, draw(recording), sources)
    shown = []
    for number, (path, text) in enumerate(sources.items()):
        lines = range(1, len(text.splitlines()) + 1)
        ids = {line: f"file-{number}-line-{line}" for line in lines}
        name = title(path or PurePosixPath(recording.program).name)
        shown.append(File(path, text, lines, ids, html.rows(run, "step", path), element("div.sk-bar", name)))
    view = View(recording, run, tuple(shown), "step", ("code", "ladder", "sockets"))
    program = visible(PurePosixPath(recording.program).name)
    here = files("socktrace.ladder")
    style, player, packet = (
        here.joinpath(name).read_text(encoding="utf-8") for name in ("run.css", "run.js", "packet.js")
    )
    page = element("div.band sk-run", block(view))
    begin = '<!doctype html>\n<html lang="en" class="js"><head><meta charset="utf-8">\n'
    begin += '<meta name="viewport" content="width=device-width">\n'
    body = to_html([element("h1", f"What {program} did"), page])
    scripts = "".join(f"<script>\n{script}</script>\n" for script in (packet, player))
    head = f"{to_html([element('title', program)])}<style>\n{style}{_PAGE}</style></head>\n"
    return f"{begin}{head}<body>{body}\n{scripts}</body></html>\n"
