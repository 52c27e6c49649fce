"""Where a reply of SMTP, FTP, POP3 or IMAP ends, and what it lacks to be whole. Pure."""

from __future__ import annotations

import re

from socktrace.recording import Call
from socktrace.recording.streams import moves, unescape
from socktrace.verdict.case import Case
from socktrace.verdict.misuse import Cause

_GOES_ON = re.compile(rb"(?:\A|\n)(?P<code>[1-5]\d\d-)[^\n]*\r?\n\Z")
"""Of SMTP and FTP a line with a hyphen after the code is not the last one of a reply."""
_PRELIMINARY = re.compile(rb"(?:\A|\n)(?P<code>1\d\d) [^\n]*\r?\n\Z")
"""How the last line of a reply of FTP begins after which another one is to come (RFC 959 section 4.2)."""
_TRANSFERS = re.compile(rb"(?:\A|\n)(?:LIST|NLST|MLSD|RETR|STOR|STOU|APPE)\b[^\n]*\r?\n\Z", re.IGNORECASE)
"""What is asked of FTP that has two replies, one before the data and one after them."""
_LITERAL = re.compile(rb"\{(?P<length>\d+)\}\r?\n")
"""How IMAP says how many bytes come next (RFC 3501 section 4.3)."""
_ASKS_MUCH = re.compile(rb"(?:\A|\n)(?P<asked>(?:LIST|UIDL|CAPA|RETR \d+|TOP \d+ \d+))\r?\n\Z", re.IGNORECASE)
"""What is asked of POP3 whose reply has several lines (RFC 1939 section 3)."""
_ENDS = (b"\n.\r\n", b"\n.\n")
_TAGGED = re.compile(rb"(?:\A|\n)(?P<tag>[A-Z]{4}\d+) [A-Z][^\n]*\r?\n\Z")
"""What `imaplib` asks, after a tag by which the last line of the reply is to begin (RFC 3501 section 2.2)."""


def unfinished_reply(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a reply what it lacks to be whole; `None` if that is nothing, or nothing that is known here.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    sends, said = _last_of(case, sender)
    if not sends:
        return None
    place = case.place(sends[-1], besides)
    reply = f"the reply{f' of {place}' if place else ''}"
    if match := _GOES_ON.search(said):
        code = match["code"].decode()
        words = f"the last line of {reply} begins with {code}, so that more are to come"
        fix = f"begin its last line with {code[:-1]} and a space: only lines before that have a hyphen"
        return Cause(words, fix, sends[-1])
    *_, literal = [None, *_LITERAL.finditer(said)]
    if literal and 0 < len(said) - literal.end() < int(literal["length"]):
        words = f"{reply} says that {int(literal['length']):,} bytes come, and {len(said) - literal.end():,} came"
        fix = "count the bytes that are sent, not the characters: `len(text.encode())` within the braces (RFC 3501)"
        told = (one for one in reversed(sends) if literal[0].strip() in unescape(one.data))
        return Cause(words, fix, next(told, sends[-1]))
    asks, asked = _last_of(case, case.other_ends.get(sender))
    answers = bool(asks) and asks[-1].at <= sends[-1].until
    lacks = _lacks(asked, said) if answers else None
    return Cause(f"{reply} {lacks[0]}", lacks[1], sends[-1]) if lacks else None


def _lacks(asked: bytes, said: bytes) -> tuple[str, str] | None:
    """Say what a reply lacks, by what was asked, and what to do about it; `None` if nothing."""
    if (match := _PRELIMINARY.search(said)) and _TRANSFERS.search(asked):
        words = f"begins with {match['code'].decode()}, after which another one is to come (RFC 959 section 4.2)"
        return words, "send that, too, such as `226 Transfer complete`, when the data have been sent"
    if (match := _ASKS_MUCH.search(asked)) and b"+OK" in said and not said.endswith(_ENDS):
        words = f"to {match['asked'].decode()} lacks the line with a dot alone that ends it (RFC 1939)"
        return words, r"end it with a line that is a dot, b'.\r\n'"
    if (match := _TAGGED.search(asked)) and b"\n" + match["tag"] + b" " not in b"\n" + said:
        words = f"has no line that begins with the tag of what was asked, {match['tag'].decode()}, by which it ends"
        return (
            f"{words} (RFC 3501)",
            "end it with such a line: the tag that came before the command, then OK, NO or BAD",
        )
    return None


def _last_of(case: Case, socket: int | None) -> tuple[list[Call], bytes]:
    """Return the calls by which a socket sent something, and what it sent last."""
    sends = [call for call in case.calls(socket) if moves(call, "send")]
    whole = case.sent.get(socket) if socket is not None else None
    return sends, unescape((whole.last or whole.data) if whole else "".join(call.data for call in sends[-4:]))
