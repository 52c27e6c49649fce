"""What is said of sockets and streams by errors that no call on a socket has: why, and what to do about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LATE = "unregister a socket, or take it out of what you wait for, before you close it"
_TOLD: Mapping[str, tuple[str, str]] = {
    r"filedescriptor out of range in select\(\)": (
        "select() takes no descriptor from 1,024 on (FD_SETSIZE, select(2)), and so many are open",
        "wait with `selectors.DefaultSelector` or select.poll(), which take any, or close what is no longer used",
    ),
    r"file descriptor cannot be a negative integer \(-1\)|Invalid file descriptor: -1": (
        "a socket that was closed has no descriptor any more",
        _LATE,
    ),
    r"\[closed\] fd=-1.* is already registered": ("a socket that is closed is registered there still", _LATE),
    "AF_UNIX path too long": (
        "a path of the Unix domain has 107 bytes at most (unix(7))",
        "bind a shorter one, such as a path seen from the current folder, or in `tempfile.mkdtemp()`",
    ),
    "digest sent was rejected|digest received was wrong": (
        "the two ends have different keys",
        "give Client() and Listener() the same `authkey`",
    ),
    r"CannotSendRequest\b|ResponseNotReady: Request-sent": (
        "the response before it has not been read",
        "read each response to its end, `getresponse().read()`, before the next request, or make another connection",
    ),
    "called while another coroutine is already waiting": (
        "two tasks read from one stream",
        "let one task read, and hand on what came, as by an asyncio.Queue",
    ),
    "do_handshake_on_connect should not be specified for non-blocking": (
        "wrap_socket() is to agree upon TLS at once, and the socket does not wait: setblocking(False) says so",
        "wrap it first, and call setblocking(False) then; or pass `do_handshake_on_connect=False`",
    ),
    r"The operation did not complete \((?:read|write)\)": (
        "TLS waits for the other end, and the socket does not: setblocking(False) or settimeout(0) says so",
        "wait until it is ready, with `selectors`, and call it again; or let the call itself wait: `settimeout()`",
    ),
    "attached to a different loop": (
        "what was made in one event loop is used in another",
        "make streams, locks and clients in the loop that uses them, within the same `asyncio.run()`",
    ),
    "Event loop is closed": (
        "the event loop to which it belongs has come to its end",
        "close clients and writers while the loop runs, within `asyncio.run()`, and make new ones for the next loop",
    ),
    "File descriptor .* is used by transport": (
        "a transport of the event loop has that socket already",
        "talk through its stream or transport only, or give the loop a socket of its own",
    ),
    "a bytes-like object is required, not 'str'": (
        "sockets carry bytes, not text",
        "encode the text, `text.encode()`, and decode what comes",
    ),
}
"""What is said, what was the matter, as the end of a sentence, and what to do about it."""


def told_by(said: str) -> tuple[str, str] | None:
    """Return what was the matter, and what to do about it; `None` if what is said is nothing of these.

    Args:
        said: The last words of a program or thread.
    """
    return next((told for saying, told in _TOLD.items() if re.search(saying, said)), None)
