"""Where a message ends, and whether its receiver can know that: of HTTP, RFC 9112 section 6.3. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Message:
    """A message of HTTP.

    Args:
        fields: The fields of its head.
        body: What came after that.
        status: The three digits that an answer begins with; nothing if it is a request.
        called: How it is called, with its place.
    """

    fields: bytes
    body: bytes
    status: bytes
    called: str

    @property
    def length(self) -> int | None:
        """How many bytes it says that its body has."""
        found = _LENGTH.search(self.fields)
        return int(found["length"]) if found else None

    @property
    def is_chunked(self) -> bool:
        return bool(_CHUNKED.search(self.fields))


def counts_its_bytes(case: Case) -> Iterator[Finding]:
    """A message of HTTP has no more bytes than it says: nobody reads them, or takes them for the next one."""
    for socket in case.recording.sockets:
        sends = _sends(case, socket.id)
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
    called = _called(case, bool(head["status"]), _at(sends, head.start()), surplus or "")
    said, came = end - head.end(), sum(call.size or 0 for call in sends) - head.end()
    words = f"{called} says that {said:,} bytes will come, and {came:,} came (Content-Length)"
    return case.finding("overlong", words, _COUNT_BYTES, surplus)


def endless(case: Case, sender: int, besides: str, *, ended: bool = False) -> Cause | None:
    """Say why somebody still waits for more of a message; `None` if it is whole, or nothing that is known here.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
        ended: Whether the connection has ended, and with it a message that does not say how long it is.
    """
    message = _last(case, sender, besides)
    if message is None:
        return _headless(case, sender, besides) or unfinished_reply(case, sender, besides)
    called, length, came = message.called, message.length, len(message.body)
    if length and length > came:
        return Cause(f"{called} says that {length:,} bytes will come, and {came:,} came (Content-Length)", _COUNT_BYTES)
    if message.is_chunked and not _SIZE.match(message.body):
        words = f"a chunk of {called} does not begin with its size"
        return Cause(words, "write the number of its bytes before each chunk, in hexadecimal and on a line of its own")
    if message.is_chunked and not message.body.endswith(_LAST_CHUNK):
        return Cause(f"{called} lacks its last chunk", r"end it with an empty chunk, b'0\r\n\r\n'")
    is_open = not ended and length is None and not message.is_chunked and not _CLOSES.search(message.fields)
    if is_open and message.status and message.status not in _EMPTY and not message.status.startswith(b"1"):
        words = f"{called} does not say how long it is, so it ends when the connection does, which stays open"
        return Cause(words, "send its length, `Content-Length`, or close the connection after it: `Connection: close`")
    return None


def whole(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a message of HTTP that it came whole, so that who waits for more waits in vain; `None` if it did not.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    message = _last(case, sender, besides)
    if message is None or message.length != len(message.body):
        return None
    if message.status:
        fix = "read as many bytes as its Content-Length says, or ask with `Connection: close`: the server keeps it open"
    else:
        fix = "read as many bytes as the request says: `self.rfile.read(int(self.headers['Content-Length']))`"
    return Cause(f"{message.called} came whole, and it waits for more", fix)


def unmeasured(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a request of HTTP with a body that it does not say how long that is; `None` if it does, or has none.

    Args:
        case: The run.
        sender: `Socket.id` of the end that sent it.
        besides: As in `Case.place`.
    """
    message = _last(case, sender, besides)
    if message is None or message.status or not message.body or message.length is not None or message.is_chunked:
        return None
    words = f"{message.called} does not say how long its body is (Content-Length)"
    return Cause(words, "send its length, `Content-Length`: `request(method, url, body)` does")


def _last(case: Case, sender: int, besides: str) -> _Message | None:
    """Return the last message that an end sent; `None` if it sent no whole head of one.

    Args:
        case: The run.
        sender: Its `Socket.id`.
        besides: As in `Case.place`.
    """
    sends = _sends(case, sender)
    said = _said(case, sender, sends)
    heads = list(_HEAD.finditer(said))
    if not heads:
        return None
    head = heads[-1]
    status = head["status"] or b""
    return _Message(
        head["fields"], said[head.end() :], status, _called(case, bool(status), _at(sends, head.start()), besides)
    )


def _called(case: Case, is_answer: bool, sent: Call | None, besides: Call | str) -> str:
    place = case.place(sent, besides)
    return ("the answer" if is_answer else "the request") + (f" of {place}" if place else "")


def _headless(case: Case, sender: int, besides: str) -> Cause | None:
    """Say of a message of HTTP that its head has no end."""
    sends = _sends(case, sender)
    if not (begins := _BEGINS.match(_said(case, sender, sends))):
        return None
    words = f"{_called(case, bool(begins['answer']), _at(sends, 0), besides)} lacks the empty line that ends its head"
    return Cause(words, r"end the head with an empty line, b'\r\n\r\n' (RFC 9112 section 2.1)")


def _sends(case: Case, socket: int) -> list[Call]:
    return [call for call in case.calls(socket) if moves(call, "send")]


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
