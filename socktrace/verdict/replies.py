"""Where a reply of SMTP or FTP ends: a line with a hyphen after the code is not its last one. Pure."""

from __future__ import annotations

import re

from socktrace.recording.streams import moves, unescape
from socktrace.verdict.case import Case
from socktrace.verdict.misuse import Cause

_GOES_ON = re.compile(rb"(?:\A|\n)(?P<code>[1-5]\d\d-)[^\n]*\r?\n\Z")


def unfinished_reply(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a reply that its last line says that another one follows; `None` if none does (RFC 5321 section 4.2.1).

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    sends = [call for call in case.calls(sender) if moves(call, "send")]
    whole = case.sent.get(sender)
    said = unescape((whole.last or whole.data) if whole else "".join(call.data for call in sends[-2:]))
    if not sends or not (match := _GOES_ON.search(said)):
        return None
    code, place = match["code"].decode(), case.place(sends[-1], besides)
    words = f"the last line of the reply{f' of {place}' if place else ''} begins with {code}, so that more are to come"
    return Cause(words, f"begin its last line with {code[:-1]} and a space: only lines before that have a hyphen")
