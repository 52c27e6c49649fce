"""Recording and findings in, the text for a terminal out. Pure."""

from __future__ import annotations

from socktrace import ladder
from socktrace.conversations import calls_of
from socktrace.endings import ENDINGS, last_ending
from socktrace.recording import Call, Program, Recording, Socket
from socktrace.verdict import Finding, faults
from socktrace.wording import describe, plural


def report(recording: Recording, findings: tuple[Finding, ...], *, ascii: bool = False) -> str:
    """Say what a program did with its sockets, draw it, and list what is wrong with it.

    Args:
        recording: What it did.
        findings: What is wrong with it.
        ascii: Draw with ASCII characters only.
    """
    parts = [_headline(recording)]
    parts += [f"not seen: {reason}" for reason in recording.unseen]
    parts += [f"not watched: {command} (a program of its own)" for command in recording.strangers]
    if recording.sockets:
        parts += ["", *(f"  {_life(recording, socket)}" for socket in recording.sockets)]
        drawn = ladder.to_text(ladder.draw(recording), ascii=ascii)
        if drawn:
            parts += ["", drawn.rstrip("\n")]
    return "\n".join([*parts, "", listed(findings)])


def listed(findings: tuple[Finding, ...]) -> str:
    """Return what is wrong with a program as the last lines of a report.

    Args:
        findings: What is wrong with it.
    """
    lines = [f"{'note' if finding.is_note else 'fault'}: {finding}" for finding in findings]
    count = len(faults(findings))
    notes = len(findings) - count
    lines.append(", ".join([plural(count, "fault") if count else "clean", *([plural(notes, "note")] if notes else [])]))
    return "\n".join(lines) + "\n"


def _headline(recording: Recording) -> str:
    ended = [f"{one.program}: {_ended(one)}" for one in recording.programs]
    seen = [plural(len(recording.sockets), "socket")]
    if recording.saw_packets:
        seen.append(plural(len(recording.packets), "packet"))
    return f"socktrace: {', '.join(ended)} after {recording.milliseconds:.0f} ms, {', '.join(seen)}"


def _ended(one: Program) -> str:
    if one.began is None:
        return "not started"
    return "stopped at its time limit" if one.exit_code is None else f"exit {one.exit_code}"


def _life(recording: Recording, socket: Socket) -> str:
    opening = recording.openings[socket.id]
    opened = f"opened {_line(opening)}" if opening.line else "opened"
    if opening.via:
        opened += f" by {opening.via}"
    last = last_ending(calls_of(recording, socket.id))
    ended = ENDINGS[last.name].words if last else "not seen to close"
    if last and last.name == "close":
        ended += f" {_line(last)}"
    peer = f" to {socket.peer}" if socket.peer and socket.role != "listener" else ""
    return f"{describe(socket)}{peer}: {opened}, {ended}"


def _line(call: Call) -> str:
    return f"{call.path}:{call.line}" if call.path else f"line {call.line or '?'}"
