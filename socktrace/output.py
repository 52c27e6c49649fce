"""What a run gives out: the report, and the files that somebody asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from socktrace.commands import decoded

if TYPE_CHECKING:
    from socktrace.recording import Recording
    from socktrace.report import Look
    from socktrace.verdict import Finding

_FILES = 8
"""How many files beside the programs a page shows at most."""
_SHORTEST, _LONGEST = 24, 60
"""Between which numbers of lines a report is as long as the terminal."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what to give out.

    Args:
        parser: What reads the command line.
    """
    parser.add_argument("--full", action="store_true", help="report everything, however long that gets")
    parser.add_argument("--no-ladder", action="store_true", help="leave the ladder of calls and packets out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the recording here; - for standard output")
    parser.add_argument("--pcap", type=Path, metavar="FILE", help="write the packets here, for Wireshark")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page here on which the run plays")


def check(options: argparse.Namespace) -> None:
    """Say before the run what could not be written after it.

    Args:
        options: What the command line says.

    Raises:
        OSError: There is no folder for a file, or no standard output.
    """
    if str(options.json) == "-" and sys.stdout is None:
        raise OSError("the standard output is closed")
    for target in (options.json, options.pcap, options.html):
        if target is not None and not target.resolve().parent.is_dir():
            raise FileNotFoundError(2, "there is no such folder", str(target.parent))
        if target is not None and target.is_dir():
            raise IsADirectoryError(21, f"this is a folder; name a file, such as {target / 'run'}", str(target))


def prepare() -> None:
    """Load what is needed after a run, while that goes on: loading it takes as long as a small run does."""
    import socktrace.report
    import socktrace.verdict  # noqa: F401
    from socktrace import bytecode

    bytecode.keep()


def give(
    options: argparse.Namespace,
    recording: Recording,
    findings: Sequence[Finding],
    texts: Callable[[], Sequence[str]],
) -> None:
    """Write what was asked for, and the report to standard error.

    Args:
        options: What the command line says.
        recording: The run.
        findings: What is wrong with it.
        texts: Returns the texts of its programs, in the order of `Recording.programs`.

    Raises:
        OSError: A file cannot be written.
    """
    # what few want is loaded for those who want it
    if options.json is not None:
        from socktrace.recording import to_json

        text = to_json(recording).encode("utf-8", "surrogatepass")  # names need not be UTF-8
        if str(options.json) == "-":
            sys.stdout.buffer.write(text)
            sys.stdout.flush()
        else:
            options.json.write_bytes(text)
    if options.pcap is not None:
        from socktrace.packets.decoder import to_pcap

        options.pcap.write_bytes(to_pcap(recording))
    if options.html is not None:
        from socktrace.ladder.document import document

        page = document(recording, texts(), findings=findings, further=_further(recording))
        options.html.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    if sys.stderr is None:  # whoever started this closed it (sys, "standard streams")
        return
    from socktrace.report import report

    if any(call.function.startswith("ssl.") for call in recording.calls):
        from socktrace.ladder.names import as_called

        recording = as_called(recording, dict(zip((one.file for one in recording.programs), texts(), strict=True)))
    seen = look(sys.stderr, os.environ, full=options.full, ladder=not options.no_ladder)
    print(report(recording, findings, seen), end="", file=sys.stderr, flush=True)


def _further(recording: Recording) -> dict[str, str]:
    """Return the texts of the files beside the programs whose lines led to calls."""
    known = {one.file for one in recording.programs}
    paths = dict.fromkeys(call.path for call in recording.calls if call.path and call.path not in known)
    found = {}
    for path in [*paths][:_FILES]:
        file = Path(recording.program).parent / path
        if file.is_file():
            found[path] = decoded(file.read_bytes())
    return found


def look(stream: TextIO, environ: Mapping[str, str], *, full: bool = False, ladder: bool = True) -> Look:
    """Return how a report is to look on a stream.

    Args:
        stream: Where it goes.
        environ: The environment: `NO_COLOR`, `FORCE_COLOR`, `TERM`, `COLUMNS` and `LINES` count.
        full: Whether all is to be said.
        ladder: Whether to draw the calls and packets.
    """
    from socktrace.ladder import WIDTH
    from socktrace.report import Look

    try:
        size: tuple[int, int] | None = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):  # no terminal, or none that has a size
        size = None
    columns = _number(environ.get("COLUMNS")) or (size[0] if size else 0)
    lines = _number(environ.get("LINES")) or (size[1] if size else 0)
    is_terminal = stream.isatty() and environ.get("TERM") != "dumb"
    return Look(
        width=columns or WIDTH,
        height=None if full else max(_SHORTEST, min(lines or _LONGEST, _LONGEST)),
        ladder=ladder,
        ascii=not (stream.encoding or "").lower().startswith("utf"),
        colour=not environ.get("NO_COLOR") and (bool(environ.get("FORCE_COLOR")) or is_terminal),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
