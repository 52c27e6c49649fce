"""Where a message ends, and whether its receiver can know that: of HTTP, RFC 9112 section 6.3. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socktrace.recording import Call
from socktrace.recording.streams import moves, unescape
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.verdict.misuse import Cause
from socktrace.verdict.replies import unfinished_reply

_HEAD = re.compile(
    rb"(?:HTTP/1\.\d (?P<status>\d{3})[^\r\n]*|[A-Z]+ \S+ HTTP/1\.\d)\r?\n(?P<fields>(?:[^\r\n]+\r?\n)*)\r?\n"
)
_BEGINS = re.compile(rb"(?P<answer>HTTP/1\.\d \d{3}\b)|[A-Z]+ \S+ HTTP/1\.\d\r?\n")
_MAY_BEGIN = re.compile(r"HTTP/1\.\d \d{3}\b|[A-Z]+ \S+")
"""How a message may begin, of which a call shows so much (`Call.data`)."""
_LENGTH = re.compile(rb"^content-length:[ \t]*(?P<length>\d+)", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding:.*chunked", re.IGNORECASE | re.MULTILINE)
_CLOSES = re.compile(rb"^connection:.*close", re.IGNORECASE | re.MULTILINE)
_EMPTY = (b"204", b"304")
"""The statuses of answers that have no body, whatever they say."""
_SIZE = re.compile(rb"[0-9a-fA-F]+[^\r\n]*\r?\n|\Z")
"""How a chunk begins (RFC 9112 section 7.1)."""
_LAST_CHUNK = b"0\r\n\r\n"
_COUNT_BYTES = "let Content-Length count the bytes of the body, not its characters; then send all of them"
_UNKNOWN = b"\0"
"""What stands for a byte of which the recording does not say which it is."""
_MOST = 16 << 20
"""How many bytes of a stream are looked at."""


def counts_its_bytes(case: Case) -> Iterator[Finding]:
    """A message of HTTP has no more bytes than it says: nobody reads them, or takes them for the next one."""
    for socket in case.recording.sockets:
        sends = [call for call in case.calls(socket.id) if moves(call, "send")]
        if not sends or not _MAY_BEGIN.match(sends[0].data) or not _names_length(case, socket.id, sends):
            continue
        said, at, messages = _said(case, socket.id, sends), 0, 0
        while head := _HEAD.match(said, at):
            messages += 1
            body, length = head.end(), _LENGTH.search(head["fields"])
            at = body + (0 if length is None else int(length["length"]))
            over = said[at:]
            if length is None or not over.strip() or _BEGINS.match(said, body):
                break  # of what comes after the answer to HEAD, its own length says nothing
            if not _BEGINS.match(over) and (over[:1] != _UNKNOWN or _asked(case, socket.id) <= messages):
                yield _overlong(case, sends, head, at)
                break


def _names_length(case: Case, socket: int, sends: list[Call]) -> bool:
    """Say whether what a socket sent may say how long it is. To see that takes less time than to read its bytes."""
    whole = case.sent.get(socket)
    texts = (whole.data, whole.first) if whole else (call.data for call in sends)
    return any("content-length:" in text.lower() for text in texts)


def _asked(case: Case, socket: int) -> int:
    """Count the messages that came from the other end of a connection, where each began a call."""
    calls = case.calls(case.other_ends.get(socket))
    return sum(1 for call in calls if moves(call, "send") and _MAY_BEGIN.match(call.data))


def _overlong(case: Case, sends: list[Call], head: re.Match[bytes], end: int) -> Finding:
    """Say of a message of HTTP that more came than it says.

    Args:
        case: The run.
        sends: The calls that sent it.
        head: Its head.
        end: Where it would end.
    """
    surplus = _at(sends, end)
    what = "the answer" if head["status"] else "the request"
    place = case.place(_at(sends, head.start()), surplus or "")
    said, came = end - head.end(), sum(call.size or 0 for call in sends) - head.end()
    words = f"{what}{f' of {place}' if place else ''} says that {said:,} bytes will come, and {came:,} came"
    return case.finding("overlong", f"{words} (Content-Length)", _COUNT_BYTES, surplus)


def endless(case: Case, sender: int, besides: str, *, ended: bool = False) -> Cause | None:
    """Say why somebody still waits for more of a message; `None` if it is whole, or nothing that is known here.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
        ended: Whether the connection has ended, and with it a message that does not say how long it is.
    """
    sends = [call for call in case.calls(sender) if moves(call, "send")]
    said = _said(case, sender, sends)
    heads = list(_HEAD.finditer(said))
    if not heads:
        return _headless(case, sends, said, besides) or unfinished_reply(case, sender, besides)
    head, body = heads[-1], said[heads[-1].end() :]
    place = case.place(_at(sends, head.start()), besides)
    what = ("the answer" if head["status"] else "the request") + (f" of {place}" if place else "")
    length = _LENGTH.search(head["fields"])
    if length and int(length["length"]) > len(body):
        words = f"{what} says that {int(length['length']):,} bytes will come, and {len(body):,} came (Content-Length)"
        return Cause(words, _COUNT_BYTES)
    if _CHUNKED.search(head["fields"]) and not _SIZE.match(body):
        words = f"a chunk of {what} does not begin with its size"
        return Cause(words, "write the number of its bytes before each chunk, in hexadecimal and on a line of its own")
    if _CHUNKED.search(head["fields"]) and not body.endswith(_LAST_CHUNK):
        return Cause(f"{what} lacks its last chunk", r"end it with an empty chunk, b'0\r\n\r\n'")
    is_open = not ended and not length and not _CHUNKED.search(head["fields"]) and not _CLOSES.search(head["fields"])
    if is_open and head["status"] and head["status"] not in _EMPTY and not head["status"].startswith(b"1"):
        words = f"{what} does not say how long it is, so it ends when the connection does, which stays open"
        return Cause(words, "send its length, `Content-Length`, or close the connection after it: `Connection: close`")
    return None


def whole(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a message of HTTP that it came whole, so that who waits for more waits in vain; `None` if it did not.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    sends = [call for call in case.calls(sender) if moves(call, "send")]
    said = _said(case, sender, sends)
    heads = list(_HEAD.finditer(said))
    length = _LENGTH.search(heads[-1]["fields"]) if heads else None
    if not heads or length is None or int(length["length"]) != len(said) - heads[-1].end():
        return None
    place = case.place(_at(sends, heads[-1].start()), besides)
    words = f"of {place} came whole, and it waits for more" if place else "came whole, and it waits for more"
    if heads[-1]["status"]:
        fix = "read as many bytes as its Content-Length says, or ask with `Connection: close`: the server keeps it open"
        return Cause(f"the answer {words}", fix)
    fix = "read as many bytes as the request says: `self.rfile.read(int(self.headers['Content-Length']))`"
    return Cause(f"the request {words}", fix)


def unmeasured(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a request of HTTP with a body that it does not say how long that is; `None` if it does, or has none.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    sends = [call for call in case.calls(sender) if moves(call, "send")]
    said = _said(case, sender, sends)
    heads = list(_HEAD.finditer(said))
    if not heads or heads[-1]["status"] or not said[heads[-1].end() :]:
        return None
    if _LENGTH.search(heads[-1]["fields"]) or _CHUNKED.search(heads[-1]["fields"]):
        return None
    place = case.place(_at(sends, heads[-1].start()), besides)
    words = f"the request{f' of {place}' if place else ''} does not say how long its body is (Content-Length)"
    return Cause(words, "send its length, `Content-Length`: `request(method, url, body)` does")


def _headless(case: Case, sends: list[Call], said: bytes, besides: str) -> Cause | None:
    """Say of a message of HTTP that its head has no end."""
    if not (begins := _BEGINS.match(said)):
        return None
    what = "the answer" if begins["answer"] else "the request"
    place = case.place(_at(sends, 0), besides)
    words = f"{what}{f' of {place}' if place else ''} lacks the empty line that ends its head"
    return Cause(words, r"end the head with an empty line, b'\r\n\r\n' (RFC 9112 section 2.1)")


def _said(case: Case, socket: int, sends: list[Call]) -> bytes:
    """Return what a socket sent: what is not known of a long stream is `_UNKNOWN`."""
    whole = case.sent.get(socket)
    if whole is None:
        return b"".join(unescape(call.data).ljust(min(call.size or 0, _MOST), _UNKNOWN) for call in sends)
    part, size = unescape(whole.data), min(whole.size, _MOST)
    if part:
        return (part * (size // len(part) + 1))[:size]
    first, last = unescape(whole.first), unescape(whole.last)
    return first + _UNKNOWN * (size - len(first) - len(last)) + last


def _at(sends: list[Call], offset: int) -> Call | None:
    """Return the call that sent the byte at an offset."""
    for call in sends:
        offset -= call.size or 0
        if offset < 0:
            return call
    return None
