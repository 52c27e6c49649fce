"""One step of the figure. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
        via: The library that made the call for the program, or `""`.
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
