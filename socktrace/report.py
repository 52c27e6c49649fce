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
    parts.append("")
    for finding in findings:
        parts.append(f"{'note' if finding.is_note else 'fault'}: {finding}")
    count = len(faults(findings))
    parts.append("clean" if count == 0 else f"{count} fault{'s' if count > 1 else ''}")
    return "\n".join(parts) + "\n"


def _headline(recording: Recording) -> str:
    ended = "stopped at its time limit" if recording.exit_code is None else f"exit {recording.exit_code}"
    sockets, packets = len(recording.sockets), len(recording.packets)
    wire = f", {packets} packet{'s' if packets != 1 else ''}" if recording.saw_packets else ""
    return (
        f"socktrace: {recording.program}: {ended} after {recording.milliseconds:.0f} ms, "
        f"{sockets} socket{'s' if sockets != 1 else ''}{wire}"
    )


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
