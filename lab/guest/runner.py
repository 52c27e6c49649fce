"""One run, in a process of its own: the programs under socktrace's two witnesses, then the evidence."""

import json
import os
import time
import traceback
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import wire

Tell = Callable[[bytes, bytes], None]


def run(request: dict[str, Any], streams: list[int], report: int, number: int) -> None:
    """Do what is asked for, tell what came of it, and end this process.

    Args:
        request: What to run; see `README.md`, "What a page asks for".
        streams: Where each program's output and errors go, two for each.
        report: Where the frames go.
        number: The run's number.
    """
    os.setsid()

    def tell(kind: bytes, payload: bytes) -> None:
        rest = wire.frame(kind, number, payload)
        while rest:
            rest = rest[os.write(report, rest) :]

    try:
        os.dup2(streams[0], 1)
        os.dup2(streams[1], 2)
        if "command" in request:
            _command(request)
        _record(request, streams, number, tell)
    except KeyboardInterrupt:
        pass  # it was stopped before there was anything to tell
    except BaseException:
        tell(wire.FAILED, traceback.format_exc().encode())
    os._exit(0)


def _place(request: dict[str, Any], number: int) -> Path:
    """Write the files of a run, and return their folder."""
    folder = Path(request.get("folder") or f"/srv/run-{number}")
    for name, text in request.get("files", {}).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    return folder


def _command(request: dict[str, Any]) -> None:
    """Become another program, in the network of a run that is going on if one is named."""
    words = request["command"]
    if pid := request.get("beside"):
        with open(f"/proc/{pid}/ns/net") as network:
            os.setns(network.fileno(), os.CLONE_NEWNET)  # type: ignore[attr-defined]  # Python 3.12
    os.execvp(words[0], words)


def _record(request: dict[str, Any], streams: list[int], number: int, tell: Tell) -> None:
    from socktrace.commands import Ran, warm
    from socktrace.ladder.document import fragment
    from socktrace.markup import to_html
    from socktrace.recorder import record_together
    from socktrace.recording import to_json
    from socktrace.verdict import judge

    folder = _place(request, number)
    programs = [
        Ran(warm(folder / one["file"], tuple(one.get("arguments", ()))), one.get("name", one["file"]))
        for one in request["programs"]
    ]
    shown = tuple(zip(streams[::2], streams[1::2], strict=True))
    began = time.monotonic()
    recording = record_together(programs, timeout=request.get("timeout"), shown=shown)
    for fd in (1, 2, *streams):
        os.close(fd)
    wanted = request.get("want", ["ladder"])
    ran = time.monotonic()
    tell(wire.EXIT, json.dumps({"codes": [one.exit_code for one in recording.programs]}).encode())
    given: dict[str, Any] = {}
    if "recording" in wanted:
        given["recording"] = to_json(recording)
    findings = judge(recording)
    given["findings"] = [
        {"event": one.event, "line": one.line, "text": str(one), "note": one.is_note} for one in findings
    ]
    if "ladder" in wanted:
        texts = [one.command.text() for one in programs]
        given["ladder"] = to_html(fragment(recording, texts, f"lab-{number}", findings=findings))
    drawn = time.monotonic()
    given["seconds"] = {"run": ran - began, "evidence": drawn - ran}
    tell(wire.EVIDENCE, zlib.compress(json.dumps(given).encode(), 1))
