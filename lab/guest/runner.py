"""One run, in a process of its own: the programs under socktrace's two witnesses, then the evidence."""

from __future__ import annotations

import json
import os
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import network
import wire

if TYPE_CHECKING:
    from socktrace.commands import Command, Ran
    from socktrace.recording import Recording
    from socktrace.sandbox import Job

Request = dict[str, Any]


def run(request: Request, streams: list[int], report: int) -> NoReturn:
    """Do what is asked for, tell what came of it, and end this process.

    Args:
        request: What to run; see `README.md`, "What a page asks for".
        streams: Where each program's output and errors go, two for each.
        report: Where the frames go.
    """
    with _telling(streams, report):
        from socktrace.recorder import Known, record_job

        if "command" in request:
            _become(request, report)
        ran, texts = _programs(request)
        commands = tuple(one.command for one in ran)

        def late(command: Command) -> Command:
            if command is commands[0]:
                network.worsen(request.get("network"))
            _be_first_to_go()
            return command

        job = replace(_job(commands, streams, late, request.get("timeout")), reads=request.get("reads", -1))

        def known() -> Known:
            _step_back()
            return Known(ran, texts)

        recording = record_job(job, known)
        _explain(request, recording, texts, streams, report)
    os._exit(0)


def stand_by(orders: int, streams: list[int], report: int) -> NoReturn:
    """Make all ready for one program, wait until somebody says which, and go on as `run` does.

    Args:
        orders: Where the request comes from.
        streams: As in `run`.
        report: As in `run`.
    """
    with _telling(streams, report):
        from socktrace.commands import warm
        from socktrace.recorder import Known, record_job

        request: Request = {}
        kept: list[str] = []
        given = os.pipe()

        def late(_: Command) -> Command:
            _tell(report, wire.READY)
            folder, worse, program, arguments = json.loads(wire.read_message(given[0]))
            os.chdir(folder)
            network.worsen(worse)
            _be_first_to_go()
            return warm(Path(program), tuple(arguments))

        def ordered() -> Known:
            request.update(json.loads(wire.read_message(orders)))
            try:
                (one,), texts = _programs(request)
            except BaseException:
                _tell(report, wire.FAILED, traceback.format_exc().encode())
                os._exit(0)  # what stands by goes with this process
            kept.extend(texts)
            began = time.time_ns()
            told = (os.getcwd(), request.get("network"), str(one.command.program), one.command.arguments)
            _step_back()
            os.write(given[1], wire.message(told))
            return Known([one], texts, began)

        job = replace(_job((warm(Path(os.devnull)),), streams, late), spared=(report, given[0]))
        recording = record_job(job, ordered)
        _explain(request, recording, kept, streams, report)
    os._exit(0)


@contextmanager
def _telling(streams: list[int], report: int) -> Iterator[None]:
    """Make this process the leader of a run, and tell what fails in it."""
    os.setsid()
    Path("/proc/self/comm").write_text("python3")  # what `ss` and `ps` call it; it is a fork of the first process
    try:
        os.dup2(streams[0], 1)
        os.dup2(streams[1], 2)
        yield
    except KeyboardInterrupt:
        pass  # it was stopped before there was anything to tell
    except BaseException:
        _tell(report, wire.FAILED, traceback.format_exc().encode())


def _step_back() -> None:
    """Let the program and what sees to it have the one processor first: this process reads its text meanwhile."""
    os.nice(19)


def _be_first_to_go() -> None:
    """Let the kernel end this process, and not who watches it, when memory runs out (proc(5), oom_score_adj)."""
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")


def _tell(report: int, kind: bytes, payload: bytes = b"") -> None:
    """Write a frame; the first process says which run it is about."""
    rest = wire.frame(kind, 0, payload)
    while rest:
        rest = rest[os.write(report, rest) :]


def _place(request: Request) -> Path:
    """Write the files of a run, and go to their folder."""
    folder = Path(request.get("folder") or f"/srv/run-{request['number']}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in request.get("files", {}).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    os.chdir(folder)
    return folder


def _become(request: Request, report: int) -> NoReturn:
    """Become another program, in the network of a run that is going on if one is named."""
    words = request["command"]
    _place(request)
    if pid := request.get("beside"):
        with open(f"/proc/{pid}/ns/net") as other:
            os.setns(other.fileno(), os.CLONE_NEWNET)  # type: ignore[attr-defined]  # Python 3.12
    os.set_inheritable(report, True)  # it is closed when the command ends, and says so by that
    os.execvp(words[0], words)


def _programs(request: Request) -> tuple[list[Ran], list[str]]:
    """Return the programs of a run and their texts."""
    from socktrace.commands import Ran, warm

    folder = _place(request)
    ran = [
        Ran(warm(folder / one["file"], tuple(one.get("arguments", ()))), one.get("name", one["file"]))
        for one in request["programs"]
    ]
    return ran, [one.command.text() for one in ran]


def _job(
    commands: tuple[Command, ...],
    streams: list[int],
    late: Callable[[Command], Command],
    timeout: float | None = None,
) -> Job:
    """Return what is to be run: see `sandbox.Job`."""
    from socktrace.sandbox import Job

    shown = tuple(zip(streams[::2], streams[1::2], strict=True))
    return Job(commands, timeout, captured=True, shown=shown, late=late)


def _explain(request: Request, recording: Recording, texts: list[str], streams: list[int], report: int) -> None:
    """Tell how a run ended, and then what is shown of it."""
    from socktrace.ladder.document import fragment
    from socktrace.markup import to_html
    from socktrace.recording import to_json
    from socktrace.verdict import judge

    for fd in (1, 2, *streams):
        os.close(fd)
    _tell(report, wire.EXIT, json.dumps({"codes": [one.exit_code for one in recording.programs]}).encode())
    wanted = request.get("want", ["ladder"])
    given: dict[str, Any] = {}
    if "recording" in wanted:
        given["recording"] = to_json(recording)
    findings = judge(recording, strict=False)  # a reader's program keeps no house rules
    if request.get("network", {}).get("loss"):  # what is lost on purpose fools no witness
        findings = tuple(one for one in findings if one.event != "disagreement")
    given["findings"] = [
        {"event": one.event, "line": one.line, "text": str(one), "note": one.is_note} for one in findings
    ]
    if "ladder" in wanted:
        given["ladder"] = to_html(fragment(recording, texts, f"lab-{request['number']}", findings=findings))
    _tell(report, wire.EVIDENCE, zlib.compress(json.dumps(given).encode(), 1))
