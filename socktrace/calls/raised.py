"""What an error is told by that nobody in the program handled, and the libraries that catch such errors and go on.

A loop of asyncio and a server of socketserver, wsgiref or gevent print what a handler raises, and serve the next
client; others log it. To the program nothing has happened; its standard error, and so the only trace of it, passes the
witness by.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

_CATCHERS = (
    ("asyncio", "asyncio.base_events", "BaseEventLoop", "default_exception_handler"),
    ("socketserver", "socketserver", "BaseServer", "handle_error"),
    ("wsgiref", "wsgiref.handlers", "BaseHandler", "log_exception"),
    ("gevent", "gevent.hub", "Hub", "handle_error"),
    ("uvloop", "uvloop", "Loop", "default_exception_handler"),
    ("hypercorn", "hypercorn.logging", "Logger", "exception"),
)
"""Each library, with its module, class and method that is called when it has caught something."""
TELL_OTHERWISE = ("asyncio", "hypercorn")
"""The libraries of these that log it then."""
_SERVES = "baseserver.py"
"""The file of gevent by which a server calls its handlers. Of other greenlets anybody may ask for the error."""


def catchers() -> Iterator[tuple[str, Any, str]]:
    """Yield the libraries that are loaded, each with its class and the name of its method."""
    for library, module, kind, name in _CATCHERS:
        if (found := getattr(sys.modules.get(module), kind, None)) is not None:
            yield library, found, name


def caught(library: str, given: tuple[Any, ...]) -> Exception | None:
    """Return the error that a library has caught; `None` if that is none, such as the end of a task.

    Args:
        library: The library.
        given: What its method was given: for asyncio it holds the error.
    """
    error = given[0].get("exception") if given and isinstance(given[0], dict) else sys.exception()
    if library == "gevent":
        error = given[2] if any(frame.f_code.co_filename.endswith(_SERVES) for frame, _ in steps(given[2])) else None
    return error if isinstance(error, Exception) else None


def traceback_of(error: BaseException) -> str:
    """Return an error with the lines that led to it, without `traceback`, which would load much and read their text.

    Of a group of errors it is the last one, as Python itself prints that last.
    """
    found = ["Traceback (most recent call last):", *_frames(error)]
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[-1]
        found += _frames(error)
    if isinstance(error, SyntaxError):
        found.append(f'  File "{error.filename}", line {error.lineno}')
    kind = type(error)
    name = (
        kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    )
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:
        text = "<exception str() failed>"
    return "\n".join([*found, f"{name}: {text}" if text else name, ""])


def _frames(error: BaseException) -> Iterator[str]:
    cause = error.__cause__
    if type(cause).__name__.endswith("RemoteTraceback"):  # how a pool tells of the lines in its process
        yield from (line for line in str(cause).splitlines() if line.startswith('  File "'))
    for frame, line in steps(error):
        yield f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'


def steps(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """Yield the frames that an error went through, the outermost first, each with its line."""
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame, step.tb_lineno
        step = step.tb_next
