"""What send() did not take, somebody sends, or it is lost (send(2)). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case
from socktrace.verdict.deaths import was_dying
from socktrace.verdict.events import Finding


def sends_all(case: Case) -> Iterator[Finding]:
    """Of bytes that send() took only in part, the rest was sent before the connection ended."""
    sends = {call.socket: call for call in case.recording.calls if call.name == "send"}
    for last in sends.values():
        if last.asked is None or last.size is None:
            continue
        closes = (
            call for call in case.calls(last.socket) if call.name in ("shutdown", *CLOSINGS) and call.at > last.at
        )
        end = next(closes, None)
        if end is None or case.is_after_cut(end) or was_dying(case, end):
            continue
        lost = last.asked - last.size
        message = f"{last.function}() took {last.size:,} bytes of {last.asked:,}, and nobody sent the other {lost:,}"
        yield case.finding("cut-off", message, "send all of them: `sendall()`, or send() again with the rest", last)
