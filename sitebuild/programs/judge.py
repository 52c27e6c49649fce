"""Whether a run is what a task or a hunt asks for. lab/page/judge.mjs decides the same of a reader's run. Pure."""

from __future__ import annotations

import re

from socktrace.recording import Recording
from socktrace.verdict import faults, judge
from socktrace.verdict.events import HOUSE_RULES

NUMBER = "<number>"
"""What stands in a wanted line for a number that the kernel chooses."""

LENIENT = (*HOUSE_RULES, "declaration")
"""What is no fault in a reader's program: it need not keep the rules of this project's house, nor declare anything."""


def lacks(recording: Recording, prints: tuple[str, ...], shows: tuple[str, ...]) -> str:
    """Return what a run lacks to pass; `""` if it passes.

    Args:
        recording: The run.
        prints: The lines that must be printed, in which `NUMBER` stands for any.
        shows: What the run must show besides.
    """
    found = faults(judge(recording, strict=False))
    wrong = next((one for one in found if one.event not in LENIENT), None)
    if wrong:
        return str(wrong)
    printed = [line for one in recording.programs for line in one.stdout.splitlines()]
    for line in prints:
        wanted = re.compile(re.escape(line).replace(re.escape(NUMBER), r"\d+"))
        if not any(wanted.fullmatch(one) for one in printed):
            return f"it did not print {line}"
    shown = facts(recording)
    return next((f"its run does not show: {one}; it shows {', '.join(shown)}" for one in shows if one not in shown), "")


def facts(recording: Recording) -> tuple[str, ...]:
    """Return what a run shows that a task can ask for."""
    sockets = recording.sockets
    listening = (f"listens at {one.local.address}" for one in sockets if one.role == "listener" and one.local)
    found = [f"sockets: {len(sockets)}", f"connections: {sum(one.origin == 'accept' for one in sockets)}"]
    found += dict.fromkeys(listening)
    first = next((packet for packet in recording.packets if packet.has("FIN")), None)
    closer = first and next((one.role for one in sockets if one.local == first.source and one.role != "listener"), None)
    if closer in ("client", "accepted"):
        found.append(f"the {'client' if closer == 'client' else 'server'} closes first")
    clients = [one.id for one in sockets if one.role == "client"]
    reads = (
        sum(bool(call.size) for call in recording.calls if (call.name, call.socket) == ("recv", one)) for one in clients
    )
    if any(count > 1 for count in reads):
        found.append("the client reads more than once")
    return tuple(found)
