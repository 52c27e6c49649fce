"""The bytes that a socket moved: as they stand in a recording, and whole. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from socktrace.recording import Call, Recording, Stream

PREVIEW = 48
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\", "'": "'"}
_UNIT = 1024
_LAST = 256
_MESSAGE = re.compile(rb"(?:HTTP/\d|[A-Z]+ \S+ HTTP/\d|[1-5]\d\d[ -])[^\r\n]*\r?\n")
"""How a message of HTTP, or a reply of SMTP or FTP begins, of which the edges tell whether it is whole."""
_TRIES = 64


def escape(data: bytes) -> str:
    """Write bytes as Python does, without the quotes."""
    return repr(data)[2:-1]


def unescape(text: str) -> bytes:
    """Read what `escape` wrote.

    Raises:
        ValueError: It is not written so.
    """
    try:
        data = _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else _SHORT[match[2]], text).encode(
            "latin-1"
        )
    except (KeyError, UnicodeError) as error:
        raise ValueError(f"not bytes as Python writes them: {text}") from error
    if escape(data) != text:
        raise ValueError(f"not bytes as Python writes them: {text}")
    return data


def moves(call: Call, name: str) -> bool:
    """Say whether a call moved bytes one way; one that looked at bytes and left them there did not.

    Args:
        call: The call.
        name: `send` or `recv`.
    """
    return call.name == name and bool(call.size) and call.argument != "MSG_PEEK"


def stream(
    socket: int, name: str, moved: Sequence[tuple[Call, bytes]], mask: Callable[[bytes], bytes]
) -> Stream | None:
    """Return what is to be recorded of the bytes that a socket moved one way, beyond what its calls show.

    Args:
        socket: `Socket.id`.
        name: `send` or `recv`.
        moved: The calls that moved them, and the bytes that each moved, as far as they are known.
        mask: Replaces the numbers that the kernel chose.

    Returns:
        `None` if the calls show all, or not all is known.
    """
    sizes = [call.size or 0 for call, _ in moved]
    data = b"".join([part for _, part in moved])
    if max(sizes) <= PREVIEW or sum(sizes) != len(data):  # of each part no more is known than there was
        return None
    unit = _unit(data)
    if len(unit) <= _UNIT:
        return Stream(socket, name, len(data), escape(unit))
    digest = hashlib.sha256(mask(data)).hexdigest()[:16]
    is_told = _MESSAGE.match(data) is not None
    first, last = (data[:_UNIT], data[max(_UNIT, len(data) - _LAST) :]) if is_told else (b"", b"")
    return Stream(socket, name, len(data), "", digest, escape(first), escape(last))


def content(recording: Recording, socket: int, name: str) -> bytes | None:
    """Return all bytes that a socket moved one way; `None` if the recording does not hold them.

    Args:
        recording: The recording.
        socket: `Socket.id`.
        name: `send` or `recv`.
    """
    row = next((row for row in recording.streams if (row.socket, row.name) == (socket, name)), None)
    if row:
        unit = unescape(row.data)
        return (unit * (row.size // len(unit) + 1))[: row.size] if unit else None
    calls = [call for call in recording.calls_by_socket.get(socket, ()) if moves(call, name)]
    shown = [unescape(call.data) for call in calls]
    return b"".join(shown) if all(len(data) == call.size for call, data in zip(calls, shown, strict=True)) else None


def _unit(data: bytes) -> bytes:
    """Return the part that `data` repeats: `b"x"` for 3,000 of them; all of it if that is not found soon."""
    start = 0
    for _ in range(_TRIES):
        start = data.find(data[:_TRIES], start + 1)
        if start < 0:
            break
        if data.startswith(data[start:]):
            return data[:start]
    return data
