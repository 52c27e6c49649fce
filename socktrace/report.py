"""Recording and findings in, the text for a terminal out. Pure."""

from __future__ import annotations

from socktrace import ladder
from socktrace.conversations import calls_of
from socktrace.recording import Recording, Socket
from socktrace.verdict import Finding, describe, faults

_CLOSED_BY = {
    "close": "closed line {}",
    "collected": "left to the garbage collector",
    "exit": "left open",
    "exec": "left open",
}


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
        drawn = ladder.to_text(recording, ascii=ascii)
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
    lines.append(", ".join([_count(count, "fault") if count else "clean", *([_count(notes, "note")] if notes else [])]))
    return "\n".join(lines) + "\n"


def _headline(recording: Recording) -> str:
    ended = "stopped at its time limit" if recording.exit_code is None else f"exit {recording.exit_code}"
    seen = [_count(len(recording.sockets), "socket")]
    if recording.saw_packets:
        seen.append(_count(len(recording.packets), "packet"))
    return f"socktrace: {recording.program}: {ended} after {recording.milliseconds:.0f} ms, {', '.join(seen)}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _life(recording: Recording, socket: Socket) -> str:
    calls = calls_of(recording, socket.id)
    opening = recording.openings[socket.id]
    ends = [call for call in calls if call.name in _CLOSED_BY]
    opened = f"opened line {opening.line}" if opening.line else "opened"
    if opening.via:
        opened += f" by {opening.via}"
    if ends:
        closed = _CLOSED_BY[ends[-1].name].format(ends[-1].line or "?")
    else:
        closed = "handed on" if any(call.name == "detach" for call in calls) else "not seen to close"
    peer = f" to {socket.peer}" if socket.peer and socket.role != "listener" else ""
    return f"{describe(socket)}{peer}: {opened}, {closed}"
