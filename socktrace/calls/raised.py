"""What an error is told by that nobody in the program handled, and the libraries that catch such errors and go on.

A loop of asyncio and a server of socketserver, wsgiref or gevent print what a handler raises, and serve the next
client; others log it. To the program nothing has happened; its standard error, and so the only trace of it, passes the
witness by.
"""

from __future__ import annotations

import os
import sys

from socktrace.calls.frames import steps, variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType
    from typing import Any

_CATCHERS = (
    ("asyncio", "asyncio.base_events", "BaseEventLoop", "default_exception_handler"),
    ("socketserver", "socketserver", "BaseServer", "handle_error"),
    ("wsgiref", "wsgiref.handlers", "BaseHandler", "log_exception"),
    ("gevent", "gevent.hub", "Hub", "handle_error"),
    ("uvloop", "uvloop", "Loop", "default_exception_handler"),
    ("hypercorn", "hypercorn.logging", "Logger", "exception"),
    ("logging", "logging", "Handler", "handleError"),
)
"""Each library, with its module, class and method that is called when it has caught something."""
TELL_OTHERWISE = ("asyncio", "hypercorn")
"""The libraries of these that log it then."""
_REFUSES = ("missing ", "takes ", "got an unexpected ", "got multiple ")
"""How what is said of a function goes on that does not take its arguments."""
_FUNCTION, _METHOD = type(steps), type(steps.__get__(0))
"""The kinds of a function and of a method, without `types`, which need not be loaded."""
_SENDS = os.path.join("logging", "handlers.py")
"""The end of the path of the handlers of `logging` that send what is logged. Others only write it to files."""
_SERVES = ("baseserver.py", "pywsgi.py")
"""The files of gevent by which a server calls its handlers. Of other greenlets anybody may ask for the error."""


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
        is_of_server = any(frame.f_code.co_filename.endswith(_SERVES) for frame, _ in steps(given[2]))
        is_its_own = type(given[2]).__module__.startswith(f"{library}.")  # of who uses it as it must not be used
        error = given[2] if is_of_server or is_its_own else None
    if library == "logging" and error is not None:
        error = error if any(frame.f_code.co_filename.endswith(_SENDS) for frame, _ in steps(error)) else None
    return error if isinstance(error, Exception) else None


def traceback_of(error: BaseException, frames: Iterable[str] = ()) -> str:
    """Return an error with the lines that led to it, without `traceback`, which would load much and read their text.

    Of a group of errors it is the last one, as Python itself prints that last.

    Args:
        error: The error.
        frames: The lines, if it has none itself any more.
    """
    found = ["Traceback (most recent call last):", *frames, *_frames(error)]
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[-1]
        found += _frames(error)
    if isinstance(error, SyntaxError):
        found.append(f'  File "{error.filename}", line {error.lineno}')
    if called := refused(error):
        found.append(f'  File "{called.co_filename}", line {called.co_firstlineno}, in {called.co_name}')
    kind = type(error)
    name = (
        kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    )
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:
        text = "<exception str() failed>"
    return "\n".join([*found, f"{name}: {text}" if text else name, ""])


def refused(error: BaseException) -> CodeType | None:
    """Return the function that another file called with other arguments than it takes; `None` if that was not so.

    It stands on no stack, for it never began. Who called it has it in a variable, or in an attribute of its object.
    """
    said = str(error) if type(error) is TypeError else ""
    name, parentheses, rest = said.partition("() ")
    frames = [frame for frame, _ in steps(error)]
    if not frames or not parentheses or not rest.startswith(_REFUSES):
        return None
    caller = frames[-1].f_code
    known = variables(frames[-1])
    for value in (*known.values(), *_attributes(known.get("self"), caller.co_names)):
        made: Any = vars(value).get("__init__") if isinstance(value, type) else value
        function: Any = getattr(made, "__func__", None) if type(made) is _METHOD else made
        if type(function) is _FUNCTION and function.__qualname__ == name:
            code: CodeType = function.__code__
            return None if code.co_filename == caller.co_filename else code
    return None


def _attributes(one: object, names: tuple[str, ...]) -> Iterator[object]:
    """Yield the attributes of an object by name, without a call of anything that is the program's."""
    for name in names:
        for where in (one, *type(one).__mro__):
            if (found := getattr(where, "__dict__", {}).get(name)) is not None:
                yield found
                break


def _frames(error: BaseException) -> Iterator[str]:
    cause = error.__cause__
    if type(cause).__name__.endswith("RemoteTraceback"):  # how a pool tells of the lines in its process
        yield from (line for line in str(cause).splitlines() if line.startswith('  File "'))
    for frame, line in steps(error):
        yield f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'
