"""One step of the figure, and what is known of it before it is made. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from socktrace.recording import Call, Packet

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: one row of the figure.

    Args:
        kind: `call`; `packet`; `kernel` for bytes that pass inside the kernel; `more` for steps that are not drawn.
        side: Who called or sent.
        label: `connect(127.0.0.1:4242)`, `SYN`, `5 bytes`, ...
        after: What became of a call: `waits`, `returns`, an arrow and its result, or `""`.
        data: The start of a packet's payload.
        tone: For packets `data`, `control`, `ack`, `end` or `icmp`.
        glyph: The shape of the socket that was called.
        socket: For calls `Socket.id`.
        line: The line that led to it, counted from 1; for a packet the line of the call during which it was sent.
        path: The file of that line; `""` is the program itself.
        via: The library that made the call for the program, or where it was made; `""` if neither is to be said.
        left: The TCP state that the left end reached by this step, or `""`.
        right: The same of the right end.
        phase: `begins` or `returns` for the two halves of a call that waited.
        failed: True if the call failed.
        size: Bytes moved.
        times: How many calls or packets like this one, in a row, it stands for.
        at: The moment, in milliseconds since the program started.
        call: The call, or the first of those that it stands for.
        packet: The packet, or the first of those that it stands for.
    """

    kind: Literal["call", "packet", "kernel", "more"]
    side: Side
    label: str
    after: str = ""
    data: str = ""
    tone: str = ""
    glyph: str = ""
    socket: int | None = None
    line: int | None = None
    path: str = ""
    via: str = ""
    left: str = ""
    right: str = ""
    phase: str = ""
    failed: bool = False
    size: int = 0
    times: int = 1
    at: float = 0.0
    call: Call | None = None
    packet: Packet | None = None


class Draft(NamedTuple):
    """A step that is not made yet.

    Of the thousands of steps of a loop a figure draws a few, and to find out which takes no more than this.

    Args:
        at: The moment, as in `Step`.
        sign: What equal steps have in common: all but the bytes.
        make: Makes the step.
        kind: As in `Step`.
        size: As in `Step`.
        phase: As in `Step`.
        times: As in `Step`.
        is_single: Whether it is never counted together with others.
        changes: Whether it changes a state, and so is like no other.
    """

    at: float
    sign: Hashable
    make: Callable[[], Step]
    kind: str
    size: int = 0
    phase: str = ""
    times: int = 1
    is_single: bool = False
    changes: bool = False


def drafted(step: Step) -> Draft:
    """Return a step that is made already as a draft."""
    changes = bool(step.left or step.right)
    is_single = bool((step.kind == "call" and not step.size) or step.phase or step.failed or changes)
    sign = step.kind, step.side, *_told(step), step.socket, step.line, step.path, step.phase, step.failed
    return Draft(step.at, sign, lambda: step, step.kind, step.size, step.phase, step.times, is_single, changes)


def _told(step: Step) -> tuple[str, str]:
    """Return what equal steps say: without the bytes, if there are any."""
    if step.size == 0:
        return step.label, step.after
    return step.label.partition("(")[0] if step.kind == "call" else step.tone, ""
