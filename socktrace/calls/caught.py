"""Listens to the libraries that catch the program's errors and go on, and to those that keep them for who asks.

They log them, print them, make a text of them, or lay them into a future; to the program nothing has happened. Which
libraries these are, and what is told of an error, is in `raised`; whose futures, in `futures`.
"""

from __future__ import annotations

import os
import sys
from functools import partial, wraps

from socktrace.calls import cpython
from socktrace.calls.frames import variables
from socktrace.calls.futures import Futures
from socktrace.calls.places import is_server
from socktrace.calls.raised import TELL_OTHERWISE, catchers, caught, traceback_of
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType
    from typing import Any

    from socktrace.calls.places import Places
    from socktrace.calls.telling import Telling

_PID, _FRAME = os.getpid, cpython.frame
"""As they are before a program replaces them."""
_ERRORS = 100
"""How many errors are told of that libraries caught. A server goes on for long."""
_RAISED: Mapping[str, Any] = {}
_ERROR = 40
"""The level from which on a record of `logging` tells of an error."""


class Caught:
    """Tells of the program's errors that nobody in it meets.

    Args:
        telling: Takes the rows.
        places: Tells the program's own lines.
    """

    def __init__(self, telling: Telling, places: Places) -> None:
        self._telling = telling
        self._places = places
        self._futures = Futures(lambda row: telling.row({**row, "pid": _PID()}), self._raised)
        self._pid = _PID()
        self._watched_kinds: set[Any] = set()
        self._told = 0  # how many errors are

    def install(self) -> None:
        """Listen to the interpreter, which prints an error that came when it called for nobody."""
        sys.unraisablehook = self._telling.told_first(self._ignored, sys.unraisablehook)

    def watch_libraries(self) -> None:
        """Listen to what is loaded by now."""
        self._watch_catchers()
        self._watch_logging()
        self._watch_twisted()
        self._watch_futures()
        self._watch_processes()

    def where_raised(self, error: BaseException) -> dict[str, Any]:
        """Return the program's own file and line, the innermost one, that an error went through.

        Args:
            error: The error.
        """
        path, line = self._places.raised(error)
        return {"path": path, "line": line}

    # -- what is listened to -----------------------------------------------------------------------------------------

    def _is_new(self, kind: Any) -> bool:
        """Say whether something is there that is not watched yet, and take note that it is from now on."""
        if kind is None or kind in self._watched_kinds:
            return False
        self._watched_kinds.add(kind)
        return True

    def _watch_catchers(self) -> None:
        for library, kind, name in catchers():
            if self._is_new((kind, name)):
                tell = partial(self._caught, library)
                setattr(kind, name, self._telling.told_first(tell, getattr(kind, name)))

    def _watch_logging(self) -> None:
        told_first = self._telling.told_first
        logger: Any = getattr(sys.modules.get("logging"), "Logger", None)
        if self._is_new(logger):
            # Not handle(), which is at work while handlers are: of an error of one of those its stack is printed.
            logger.filter = told_first(self._logged, logger.filter)
            logger.isEnabledFor = self._asked_whether_to_log(logger.isEnabledFor)
        printed: Any = getattr(sys.modules.get("traceback"), "TracebackException", None)
        if self._is_new(printed):
            printed.__init__ = told_first(self._printed, printed.__init__)

        warnings: Any = sys.modules.get("warnings")
        if self._is_new(warnings):
            shown = told_first(self._warned, getattr(warnings, cpython.shows_warning))
            setattr(warnings, cpython.shows_warning, shown)

    def _watch_twisted(self) -> None:
        told_first = self._telling.told_first
        log: Any = sys.modules.get("twisted.python.log")
        if hasattr(log, "err") and self._is_new(log):  # else it is being loaded
            log.err = told_first(self._logged_now, log.err)
        logger: Any = getattr(sys.modules.get("twisted.logger._logger"), "Logger", None)
        if self._is_new(logger):
            logger.failure = told_first(self._failure, logger.failure)

    def _watch_futures(self) -> None:
        """Learn what errors lie in futures, and who asks for them."""
        for library, kind, puts, asks in cpython.futures():
            if self._is_new((kind, puts)):
                tells: dict[str, Callable[..., None]] = dict.fromkeys(asks, self._futures.asked)
                tells |= {"__init__": self._futures.made, puts: partial(self._futures.settled, library)}
                for name in tells.keys() & vars(kind).keys():
                    setattr(kind, name, self._telling.told_first(tells[name], vars(kind)[name]))

    def _watch_processes(self) -> None:
        """Learn of what a process of multiprocessing dies, and whether somebody asks how it has ended."""
        kind: Any = getattr(sys.modules.get("multiprocessing.process"), "BaseProcess", None)
        if self._is_new(kind):
            method = cpython.process_method
            setattr(kind, method, self._telling.told_first(self._begins, vars(kind)[method]))
            kind.exitcode = property(self._telling.told_first(self._asked_how, kind.exitcode.fget))

    # -- what they tell ----------------------------------------------------------------------------------------------

    def _begins(self, process: Any, *_: Any, **__: Any) -> None:
        """Watch what a process was made for, in that process itself."""
        original = process.run

        @wraps(original)
        def run() -> Any:
            try:
                return original()
            except BaseException as error:
                self._telling.without_harm(self._tell_of, "multiprocessing", error)
                unseen(error)
                raise

        process.run = run

    def _asked_how(self, process: Any) -> None:
        self._telling.row({"event": "looked", "pid": process.pid})

    def _caught(self, library: str, _: Any = None, *args: Any, **kwargs: Any) -> None:
        given = (*args, *kwargs.values())
        error = caught(library, given)
        # what a future has kept is told wherever that is let go of
        is_at_work = library in ("logging", "wsgiref") or (library == "asyncio" and "transport" in given[0])
        without_line = is_at_work and error is not None and self._places.raised(error)[1] is None
        self._tell_of(library, error, self._places.led_to(_FRAME(3)) if without_line else _RAISED)

    def _logged(self, _: Any, record: Any) -> None:
        """Take note of what is logged: it may be an error of the program's that a library has caught."""
        if record.levelno >= _ERROR:  # that it is not named in the record, does not mean that it was no error
            self._tell_of_logged(record.exc_info[1] if record.exc_info else sys.exception(), _FRAME(3))

    def _asked_whether_to_log(self, original: Callable[..., bool]) -> Callable[..., bool]:
        """Watch what is asked before anything is logged, to take note of what is logged in vain."""

        @wraps(original)
        def isEnabledFor(logger: Any, level: int) -> bool:  # noqa: N802  # as it is called in `logging`
            try:
                enabled = original(logger, level)
                if not enabled and level >= _ERROR:
                    self._telling.without_harm(self._logged_in_vain)
                return enabled
            except BaseException as error:
                unseen(error)
                raise

        return isEnabledFor

    def _logged_in_vain(self) -> None:
        frame = _FRAME(3)
        if frame.f_globals.get("__name__") == "logging":
            given = variables(frame).get("kwargs", {}).get("exc_info")
            error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else None
            self._tell_of_logged(error or sys.exception(), frame)

    def _warned(self, message: Any) -> None:
        """Take note of a coroutine that was called and never awaited, and of where it begins."""
        code = getattr(message.source, "cr_code", None)
        if code is None or message.category is not RuntimeWarning or self._told >= _ERRORS:
            return
        self._told += 1
        text = f"{message.filename}:{message.lineno}: RuntimeWarning: {message.message}\n"
        if self._places.own(code) == "":
            text += f"  async def at line {code.co_firstlineno}\n"
        self._telling.row({"event": "warned", "pid": _PID(), "text": text})

    def _logged_now(self, *_: Any, **__: Any) -> None:
        """Take note of what Twisted logs."""
        self._tell_of_logged(sys.exception(), _FRAME(3))

    def _failure(self, _: Any, __: str, failure: Any = None, *___: Any, **____: Any) -> None:
        """Take note of what a Deferred of Twisted has kept, for which nobody asked; it has no frames any more."""
        error = getattr(failure, "value", None)
        lines = [(name, line, function) for function, name, line, *_ in getattr(failure, "frames", ())]
        own = [(path, line) for name, line, _ in lines if (path := self._places.own_file(name)) is not None]
        if isinstance(error, Exception) and own and self._told < _ERRORS:
            self._told += 1
            frames = [f'  File "{name}", line {line}, in {function}' for name, line, function in lines]
            text = traceback_of(error, frames)
            path, line = own[-1]
            row = {"event": "raised", "library": "twisted", "pid": _PID(), "text": text, "path": path, "line": line}
            self._telling.write(row)  # even after the end: one in a cycle may be taken down with the interpreter only

    def _printed(self, _: Any, *args: Any, **kwargs: Any) -> None:
        """Take note of what a library makes a text of: it may be an error of the program's that it has caught.

        That of another process may be for the program, to which a pool hands it over.
        """
        _, error, trace = (*args, *kwargs.values())[:3]
        if trace is None or _PID() != self._pid or _FRAME(3).f_code.co_name == "__init__":
            return  # it only names the error, or it is the cause of another
        if isinstance(error, Exception) and self._places.raised(error)[1] is not None:
            library = self._places.logs_for(error, _FRAME(3), by="traceback")
            is_its_own = type(error).__module__.partition(".")[0] == library
            self._tell_of(library, error if is_server(library) and not is_its_own else None)

    def _ignored(self, args: Any) -> None:
        """Take note of an error that the interpreter only prints, because it called for nobody."""
        error = None if self._telling.is_over else args.exc_value
        if isinstance(error, Exception) and self._places.raised(error)[1] is not None:
            self._tell_of("the garbage collector", error)

    def kept(self) -> None:
        """Take note of the errors that tasks of asyncio still keep at the end, which tell only of what is collected."""
        for error in cpython.kept_errors():
            if self._places.raised(error)[1] is not None:
                self._tell_of("asyncio", error)

    # -- what is written of it ---------------------------------------------------------------------------------------

    def _tell_of_logged(self, error: BaseException | None, frame: FrameType) -> None:
        if isinstance(error, Exception) and self._places.raised(error)[1] is not None:
            library = self._places.logs_for(error, frame)
            self._tell_of(library, error if library not in ("", *TELL_OTHERWISE) else None)

    def _tell_of(self, library: str, error: BaseException | None, where: Mapping[str, Any] = _RAISED) -> None:
        """Tell of an error that a library has caught, unless there were too many.

        Args:
            library: The library.
            error: The error.
            where: The line to which it is put down, if that is not the one that raised it.
        """
        if isinstance(error, Exception) and self._told < _ERRORS:
            self._told += 1
            self._telling.row({"event": "raised", "library": library, "pid": _PID(), **self._raised(error), **where})

    def _raised(self, error: BaseException) -> dict[str, Any]:
        """Return what is told of an error: its traceback, and the program's own line."""
        return {"text": traceback_of(error), **self.where_raised(error)}
