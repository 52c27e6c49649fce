"""What send() did not take, somebody sends, or it is lost (send(2)). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.endings import CLOSINGS
from socktrace.verdict.case import Case
from socktrace.verdict.causes import was_dying
from socktrace.verdict.events import Finding


def sends_all(case: Case) -> Iterator[Finding]:
    """Of bytes that send() took only in part, the rest was sent before the connection ended."""
    for socket in case.recording.sockets:
        calls = case.calls(socket.id)
        sends = [number for number, call in enumerate(calls) if call.name == "send"]
        if not sends or (last := calls[sends[-1]]).asked is None or last.via or last.size is None:
            continue
        ends = [call for call in calls[sends[-1] + 1 :] if call.name in ("shutdown", *CLOSINGS)]
        if not ends or case.is_after_cut(ends[0]) or was_dying(case, ends[0]):
            continue
        lost = last.asked - last.size
        message = f"{last.function}() took {last.size:,} bytes of {last.asked:,}, and nobody sent the other {lost:,}"
        yield case.finding("cut-off", message, "send all of them: `sendall()`, or send() again with the rest", last)
