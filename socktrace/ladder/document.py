"""A run as one page that needs nothing else: its style and its script stand in it. Pure, but for reading those."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from socktrace.ladder import html
from socktrace.ladder.model import draw
from socktrace.ladder.page import File, View, block, title
from socktrace.ladder.run import tell
from socktrace.markup import element, to_html
from socktrace.recording import Recording
from socktrace.verdict import Finding
from socktrace.visible import visible

_PAGE = """\
body { margin: 0; background: var(--page); color: var(--ink); font: 19px/1.58 var(--text); }
h1, .sk-found { width: min(100% - 32px, 1184px); margin: 32px auto; overflow-wrap: anywhere; }
h1 { font: 700 31px/1.2 var(--show); }
.sk-found { padding-left: 1.2em; box-sizing: border-box; font-size: .9em; } .sk-found li + li { margin-top: .5em; }
.sk-code + .sk-bar { margin-top: 16px; }
"""
_SCRIPTED = """\
document.documentElement.className = "js";
onerror = () => document.readyState === "complete" || (document.documentElement.className = "");
"""
"""Only where its scripts run has a run controls, and folds."""
_SECTIONS, _FINDINGS = 12, 30
_LINES, _AROUND = 1200, 40
"""How much of a run stands on the page: conversations, findings, lines of a file, and of these before the first one
that led to something."""


def document(
    recording: Recording,
    texts: Sequence[str],
    *,
    findings: Sequence[Finding] = (),
    further: Mapping[str, str] | None = None,
) -> str:
    """Return a page on which a run plays. What the programs printed is not on it: it went to their own streams.

    However much happened, the page stays of a size that a browser likes; it says what is left out.

    Args:
        recording: The run.
        texts: The texts of its programs, in the order of `Recording.programs`.
        findings: What is wrong with it.
        further: The texts of further files whose lines led to calls, as `Call.path` names them.
    """
    program = " and ".join(visible(_called(one.program)) for one in recording.programs)
    here = files("socktrace.ladder")
    style, player, packet, sheet = (
        here.joinpath(name).read_text(encoding="utf-8") for name in ("run.css", "run.js", "packet.js", "sheet.js")
    )
    begin = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
    begin += '<meta name="viewport" content="width=device-width">\n'
    run = fragment(recording, texts, "step", findings=findings, further=further)
    body = to_html([element("h1", f"What {program} did"), *run])
    scripts = "".join(f"<script>\n{script}</script>\n" for script in (packet, sheet, player))
    head = f"{to_html([element('title', program)])}<style>\n{style}{_PAGE}</style>\n"
    head += f"<script>\n{_SCRIPTED}</script></head>\n"
    return f"{begin}{head}<body>{body}\n{scripts}</body></html>\n"


def fragment(
    recording: Recording,
    texts: Sequence[str],
    id: str,
    *,
    findings: Sequence[Finding] = (),
    further: Mapping[str, str] | None = None,
) -> list[Element]:
    """Return what is wrong with a run, and the run itself, for a page that has the style and the script already.

    Args:
        recording: The run.
        texts: As in `document`.
        id: What the ids of its rows begin with, unique on the page.
        findings: As in `document`.
        further: As in `document`.
    """
    sources = dict(zip((one.file for one in recording.programs), texts, strict=True)) | dict(further or {})
    about = [one.socket for one in findings if one.socket is not None]
    run = tell(recording, draw(recording, most=_SECTIONS, about=about), sources)
    shown = []
    for number, (path, text) in enumerate(sources.items()):
        lines = _lines(text, {row.lines[0] for row in run.rows if row.lines and row.path == path})
        ids = {line: f"{id}-file-{number}-line-{line}" for line in lines}
        name = title(path or PurePosixPath(recording.program).name)
        shown.append(File(path, text, lines, ids, html.rows(run, id, path), element("div.sk-bar", name)))
    view = View(recording, run, tuple(shown), id, ("code", "ladder", "sockets"))
    return [*_found(findings, recording), element("div.band sk-run", block(view))]


def _called(program: str) -> str:
    """Return what people call a program: its file, or the folder whose `__main__.py` that is."""
    path = PurePosixPath(program)
    return path.parent.name if path.name == "__main__.py" and path.parent.name else path.name or program


def _lines(text: str, used: Collection[int]) -> range:
    """Return the lines to show of a file: all, or of a long one those around the ones that led to something."""
    count = len(text.splitlines())
    if count <= _LINES:
        return range(1, count + 1)
    first = max(1, min(used, default=1) - _AROUND)
    return range(first, min(count, first + _LINES - 1) + 1)


def _found(findings: Sequence[Finding], recording: Recording) -> Iterator[Element]:
    """Yield what is wrong with the run, and what of it nobody saw."""
    said = []
    for one in sorted(findings, key=lambda one: one.is_note):
        noun, kind = ("note", "sk-quiet") if one.is_note else ("fault", "sk-bad")
        what, _, cure = str(one).partition("\n")
        said.append(
            element("li", element(f"strong.{kind}", f"{noun}: "), visible(what), element("br"), visible(cure.strip()))
        )
    said += [element("li", f"Not seen: {visible(reason)}") for reason in recording.unseen]
    if len(said) > _FINDINGS:
        said = [*said[:_FINDINGS], element("li", f"and {len(said) - _FINDINGS:,} more")]
    if said:
        yield element("ul.sk-found", *said)
