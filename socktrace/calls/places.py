"""Whose line it is: the program's own line that led to a call, read off the stack and, in an event loop, off its tasks.

A library may stand between the two, also in time. An event loop calls what it was told to call, when a socket is ready,
from `asyncio.run(main())`; the line that a person would point at is the one that waits for it, or that will handle it.
"""

from __future__ import annotations

import os
import sys
from types import CodeType, FrameType, FunctionType

from socktrace.calls import cpython
from socktrace.calls.frames import steps, variables
from socktrace.calls.raised import refused
from socktrace.calls.rows import INLINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from pathlib import Path
    from typing import Any

    _Found = tuple[str, int, str]
    """A file of the program's own, a line of it, and the library that waits for it there, if that is known."""

_STAT, _READLINK, _GETCWD = os.stat, getattr(os, "readlink", None), os.getcwd
"""As they are before a program replaces them. Those of `os.path` call what is in `os` at that moment."""
_LINKS = 40
"""How many links are followed, as on Linux (path_resolution(7))."""
_PACKAGE = os.path.dirname(os.path.dirname(__file__)) + os.sep
_RUNNER = _PACKAGE + "program.py"
"""What runs a program in a process that is there already; what called that is not the program's."""
_LIBRARY = os.path.realpath(os.path.dirname(os.__file__)) + os.sep
_INSTALLED = tuple(os.sep + name + os.sep for name in ("site-packages", "dist-packages"))
_NO_SERVERS = ("_pytest", "gevent", "pluggy", "pytest", "twisted")
"""What makes a text of an error that is a test's result, or that is told of otherwise (`raised`)."""
_TRANSPARENT = frozenset(("socket", "ssl"))
"""The modules of the standard library that only stand between a program and its socket."""
_WITNESS = "socktrace.calls."
"""How the names of the witness's modules begin, whose functions stand in the place of the program's."""
_LOOP_FILES = tuple(cpython.LOOPS.values())
LIBRARIES_OF_LOOPS = ("asyncio", "anyio", "trio", "uvloop")
"""The libraries by which others open sockets in a loop of events."""
_COROUTINE = 0x80 | 0x100 | 0x200 | 0x20  # CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR, CO_GENERATOR
_METHODS = {
    "accept": ("connection_made",),
    "recv": ("data_received", "datagram_received", "buffer_updated", "get_buffer", "eof_received"),
    "send": ("data_received", "datagram_received", "connection_made"),
    "close": ("connection_lost",),
}
"""Which methods of a protocol an event loop's calls are for (`asyncio.Protocol`)."""
_FEW = 3
"""How many arguments a function has at most that is called when something is collected: `self`, the reference, and
those that have defaults. More frames are not looked into: that takes time."""
_CLOSES = frozenset({"close", "aclose", "clear", "disconnect", "dispose", "shutdown", "stop", "__exit__", "__aexit__"})
"""What functions are called by which a library is asked to close what it holds."""
_CLOSERS = ("close", "aclose", "disconnect", "quit", "logout", "stop", "shutdown", "terminate")
"""The names of methods that close what their object has opened, the surest first."""
_VAIN = 20
"""How often nobody is found to wait before it is no longer tried: to find nobody takes about a millisecond."""
_PLAIN = frozenset({int, str, bytes, bytearray, float, bool, dict})
"""What leads nowhere, or everywhere."""
_GAVE_NOTHING = (
    "return",
    "validation error",
    "a bytes-like object is required, not 'str'",
    "'NoneType' object is not ",
    "attribute 'prepare'",
)
"""What a library says that was given nothing by a function, or not what it can take."""
_NEAR = 6
"""How many frames, and how far from them, are looked at in search of that function."""
_SEEN, _DEEP = 200, 12
"""How many objects, and how far from where the event loop stands, are looked at in search of who waits for it."""


def is_library(file: str) -> bool:
    """Say whether a file is of this package, of the standard library or of a package that was installed.

    Args:
        file: Its real path.
    """
    if file.startswith(_LIBRARY + "test" + os.sep):
        return False  # the tests of Python itself, which use the library as any program does
    return file.startswith((_PACKAGE, _LIBRARY)) or any(part in file for part in _INSTALLED)


def is_server(library: str) -> bool:
    """Say whether a library that makes a text of an error is taken for one that serves, and prints it somewhere.

    Those of Python itself that do so are told of otherwise, or test what they call, or hand the error over.

    Args:
        library: The name of its module or package.
    """
    file = str(getattr(sys.modules.get(library), "__file__", ""))
    return library not in _NO_SERVERS and any(part in file for part in _INSTALLED)


def is_installed(code: CodeType) -> bool:
    """Say whether code is of a package that was installed."""
    return any(part in code.co_filename for part in _INSTALLED)


def ending(kind: type, function: str, names: Iterable[str]) -> str:
    """Return the name of the method that ends what another one of the same object began; `""` if there is none.

    Args:
        kind: The class of the object.
        function: What was called: `loop_start` is ended by `loop_stop`, if there is such a method.
        names: The names of other methods that may do, the surest first.
    """
    has = {one for base in kind.__mro__ for one in vars(base)}
    counterpart = (function.replace("start", "stop"),) if "start" in function else ()
    return next((one for one in (*counterpart, *names) if one in has), "")


class Place:
    """Where a call came from.

    Args:
        path: The file of the program's own line, seen from the program's folder; `""` for the program itself, `None`
            if there is no such line.
        line: That line, counted from 1.
        via: The module of the library that made the call for the program; not that of a loop of events by which another
            library opened a socket.
        direct: Whether the line stands on the stack of the call, in no event loop's or above it.
    """

    __slots__ = ("direct", "line", "path", "via")

    def __init__(self, path: str | None, line: int | None, via: str = "", *, direct: bool = True) -> None:
        self.path = path
        self.line = line
        self.via = via
        self.direct = direct


class Places:
    """Tells the program's own code from that of libraries.

    Args:
        program: The program's file; `None` if there is none, and then all files are its own that are neither of the
            standard library nor of an installed package.
        inline: Whether this process runs a text that it was given with `-c` by the program, whose lines go by `INLINE`.
    """

    def __init__(self, program: str | Path | None, *, inline: bool = False) -> None:
        self.belong_to(program)
        self._own |= {"<string>": INLINE} if inline else {}  # which is what a program goes by that is such a text, too

    def belong_to(self, program: str | Path | None) -> None:
        """Say whose code is the program's own.

        Args:
            program: As this class is given it.
        """
        self._program = os.path.realpath(program) if program else ""
        self.folder = os.path.dirname(self._program) if program else _GETCWD()
        in_zip = program is not None and not _exists(self._program) and _exists(self.folder)
        self._archive = self.folder + os.sep if in_zip else None
        # By the name that code bears: its path as `Place.path`, `None` if it is not the program's own. The program may
        # change its folder, and then its name as given would lead elsewhere.
        self._own: dict[str, str | None] = {str(program): ""} if program else {}
        self._notable = {_RUNNER}  # of them those where a search of the stack has more to ask
        self._through: set[str] = set()  # the files of libraries of which a search asks nothing but the first's name
        self._vias: dict[str, str] = {}  # by the name of a module: what it is as in `Place.via`
        self._vain: dict[str, int] = {}  # by where a loop stands: how often nobody was found
        self._handlers: dict[tuple[str, type], _Found | None] = {}

    def find(self, frame: FrameType | None, kind: str = "", known: Place | None = None) -> Place:
        """Return the place of a call.

        Args:
            frame: The innermost frame to look at.
            kind: What the call does, as in `Call.name`.
            known: The last place on whose stack something was done with the same socket, if any is known.
        """
        own, vias, notable, via, start, called = self._own, self._vias, self._notable, "", frame, None
        through = () if kind == "socket" else self._through
        while frame is not None:
            code = frame.f_code
            name = code.co_filename
            if via and name in through:  # as most frames of a deep stack
                frame = frame.f_back
                continue
            path = own[name] if name in own else self.own(code)
            if path is not None:
                return Place(path, frame.f_lineno, via, direct=called is None)
            if not via:
                module = frame.f_globals.get("__name__")
                via = vias[module] if type(module) is str and module in vias else self._via(frame)
            elif kind == "socket" and called is None and via.startswith(LIBRARIES_OF_LOOPS):
                via = _unless_loops(frame, via)
            if name in notable:
                if name == _RUNNER:
                    break
                if called is None and cpython.is_loop(code):
                    called = frame
                    stack = _until(start, called)
                    if stack and (found := self._in_loop(stack, called, via, kind, known)):
                        path, line, library = found
                        by = library if library and kind == "socket" and via.startswith(LIBRARIES_OF_LOOPS) else via
                        return Place(path, line, by, direct=False)
            frame = frame.f_back
        return Place(None, None, via, direct=called is None)

    def _via(self, frame: FrameType) -> str:
        module = str(frame.f_globals.get("__name__"))
        self._vias[module] = via = _library(frame)
        return via

    def library(self, frame: FrameType | None) -> list[tuple[CodeType, int]]:
        """Return where the libraries stand that the program has called.

        Args:
            frame: The innermost frame.
        """
        found = []
        while frame is not None and self.own(frame.f_code) is None:
            found.append((frame.f_code, frame.f_lasti))
            frame = frame.f_back
        return found

    def ender(self, frame: FrameType | None) -> tuple[str, str]:
        """Return the library whose object's method the program has called, and the method that ends what that began.

        Args:
            frame: The innermost frame.

        Returns:
            Two names, which are empty if no object of an installed library was asked, or nothing is known to end it.
        """
        asked = None
        while frame is not None and self.own(frame.f_code) is None:
            asked, frame = frame, frame.f_back
        if asked is None or frame is None or not is_installed(asked.f_code) or "self" not in asked.f_code.co_varnames:
            return "", ""
        ends = ending(type(variables(asked).get("self")), asked.f_code.co_name, _CLOSERS)
        return (str(asked.f_globals.get("__name__")).partition(".")[0], ends) if ends else ("", "")

    def own(self, code: CodeType) -> str | None:
        """Return the path of the program's own code, `None` if it is not its own."""
        return self.own_file(code.co_filename)

    def own_file(self, name: str) -> str | None:
        """Return the path of a file of the program's own, by the name that its code bears; `None` if it is none."""
        try:
            return self._own[name]
        except KeyError:
            if name.endswith(_LOOP_FILES):
                self._notable.add(name)
            self._own[name] = found = self._path(name)
            if found is None and name not in self._notable:
                self._through.add(name)
            return found

    def raised(self, error: BaseException) -> tuple[str | None, int | None]:
        """Return the program's own file and line, the innermost one, that an error went through.

        Of a group of errors it is the last one that counts.
        """
        found: tuple[str | None, int | None] = None, None
        while True:
            for frame, line in steps(error):
                path = self.own(frame.f_code)
                found = found if path is None else (path, line)
            if found[1] is None and (code := refused(error)) and (path := self.own(code)) is not None:
                found = path, code.co_firstlineno
            if found[1] is None and (code := self._gave_nothing(error)):
                found = self.own(code), code.co_firstlineno
            if not isinstance(error, BaseExceptionGroup):
                return found
            error = error.exceptions[-1]

    def led_to(self, frame: FrameType | None) -> dict[str, Any]:
        """Say which line of the program led to where a library has caught an error that went through none; or nothing.

        It is on the stack, up to where an event loop called; or what a library was to call has failed in its result.

        Args:
            frame: The innermost frame of the library.
        """
        while frame is not None and not cpython.is_loop(frame.f_code):
            if (path := self.own(frame.f_code)) is not None:
                return {"path": path, "line": frame.f_lineno}
            application = frame.f_locals.get("application") if frame.f_code.co_name == "run" else None
            if isinstance(application, FunctionType) and (path := self.own(application.__code__)) is not None:
                return {"path": path, "line": application.__code__.co_firstlineno}
            frame = frame.f_back
        return {}

    def _gave_nothing(self, error: BaseException) -> CodeType | None:
        """Return the program's own function that had returned nothing a library can take; it is on no stack any more.

        It is the one that is named, or else the only one that is so near to where the library stands.
        """
        said = str(error)
        row = [value for frame, _ in [*steps(error)][-_NEAR:] for value in variables(frame).values()]
        names, seen = said.split("'")[1::2], set[int]()
        for _ in range(_NEAR if any(words in said for words in _GAVE_NOTHING) else 0):
            row = [one for one in row if one is not None and id(one) not in seen and len(seen) < _SEEN]
            seen.update(map(id, row))
            functions = (getattr(one, "__func__", one) for one in row)
            made = {one.__code__ for one in functions if isinstance(one, FunctionType)}
            codes = {code for code in made if self.own(code) is not None}
            named = [code for code in codes if code.co_name in names]
            if named or len(codes) == 1:
                return (named or [*codes])[0]
            tables = (one for one in row if type(one) is dict)
            further = [table[name] for table in tables for name in names if name in table]
            row = [*further, *(near for one in row if type(one) not in _PLAIN for near in cpython.neighbours(one))]
        return None

    def logs_for(self, error: BaseException, frame: FrameType | None, *, by: str = "logging") -> str:
        """Say which library logs an error that it has caught; `""` if that is the program itself, by whatever means.

        Args:
            error: What is logged.
            frame: The innermost frame of the call that logs it.
            by: The module by which it does that.
        """
        catcher = next((one for one, _ in steps(error)), None)
        if catcher is None or self.own(catcher.f_code) is not None:
            return ""
        library = ""
        while frame is not None and frame is not catcher and not cpython.is_loop(frame.f_code):
            if self.own(frame.f_code) is not None:
                return ""
            module = str(frame.f_globals.get("__name__")).partition(".")[0]
            library = library or ("" if module == by else module)
            frame = frame.f_back
        return library or str(catcher.f_globals.get("__name__")).partition(".")[0]

    def whole(self, path: str) -> str:
        """Return the whole path of a file of the program's own, as `Place.path` names it."""
        return os.path.join(self.folder, path) if path else self._program

    def _path(self, name: str) -> str | None:
        if name.startswith("<"):
            return None
        real = _real(name)
        if real == self._program:
            return ""
        is_there = _exists(real) or (self._archive is not None and real.startswith(self._archive))
        return None if is_library(real) or not is_there else _seen_from(self.folder, real)

    # -- in an event loop --------------------------------------------------------------------------------------------

    def _in_loop(
        self, stack: list[FrameType], loop: FrameType, via: str, kind: str, known: Place | None
    ) -> _Found | None:
        """Return whose line it is when the loop makes a call that no line of the program stands above.

        Args:
            stack: The frames from the call to the one that the loop has called.
            loop: The loop's own frame.
            via: As in `Place`.
            kind: What the call does.
            known: The last place of the same socket.
        """
        before = (known.path, known.line, "") if known and known.path is not None and known.line is not None else None
        in_pool = loop.f_code.co_name == "run"
        if in_pool and via.startswith("asyncio"):
            return None  # the thread tells the loop that it has done its work: nobody's line
        if before and kind in ("send", "close") and not in_pool:
            return before  # what was asked for there is done now
        first = [cpython.current_task(stack[-1])] if stack[-1].f_code.co_flags & _COROUTINE else []
        if in_pool:  # what the thread works on
            first.append(variables(loop).get("self"))
        for frame in stack if kind == "accept" else stack[-1:]:
            values = variables(frame)
            first += [values[name] for name in frame.f_code.co_varnames[:8] if name in values]
        where = f"{stack[-1].f_code.co_name} {kind}"
        if kind == "accept":
            return self._search(where, first, kind, waits=True, functions=True) or before
        if in_pool:
            return self._search(where, first, kind, waits=True)
        stream, waiter = cpython.stream_of(first[0] if first else None)
        if not stream:
            waits = self._search(where, first, kind, waits=True)
        elif waiter is None:
            waits = None
        else:
            directly = filter(None, map(self._waits, cpython.told_by(waiter)))
            waits = next(directly, None) or self._search(where, [waiter], kind, waits=True)
        return waits or before or self._search(f"{where} begins", first, kind, functions=True)

    def _search(
        self, where: str, first: list[Any], kind: str, *, waits: bool = False, functions: bool = False
    ) -> _Found | None:
        """Search for who waits or will handle it, unless nobody was found again and again.

        Some programs have hardly a line of their own: a library serves, and what it serves is elsewhere.

        Args:
            where: Where the loop stands.
            first: Where to begin.
            kind: What the call does.
            waits: Whether tasks that wait are looked for.
            functions: Whether the program's functions and classes are; its protocols always are.
        """
        vain = self._vain.get(where, 0)
        if vain >= _VAIN:
            return None
        found = self._nearest(first, kind, waits=waits, functions=functions)
        self._vain[where] = 0 if found else vain + 1
        return found

    def _nearest(self, first: list[Any], kind: str, *, waits: bool, functions: bool) -> _Found | None:
        """Search from object to object, the nearest first.

        Args:
            first: Where to begin.
            kind: What the call does.
            waits: Whether tasks that wait are looked for.
            functions: Whether the program's functions and classes are; its protocols always are.
        """
        seen: set[int] = set()
        row = first
        for _ in range(_DEEP):
            following: list[Any] = []
            for one in row:
                if one is None or type(one) in _PLAIN or id(one) in seen or len(seen) > _SEEN:
                    continue
                seen.add(id(one))
                is_code = isinstance(one, (FunctionType, type))
                found = self._handles(one, kind) if functions or not is_code else None
                found = found or (self._waits(one) if waits else None)
                if found:
                    return found
                try:
                    following += cpython.neighbours(one)
                except RuntimeError:
                    continue  # another thread changes it at this moment
            row = following
        return None

    def _waits(self, task: Any) -> _Found | None:
        """Return the program's own innermost line at which a task waits, and the library that it called there."""
        found, own, is_next = None, self._own, False
        for frame in cpython.awaits(task):
            name = frame.f_code.co_filename
            path = own[name] if name in own else self.own(frame.f_code)
            if path is not None:
                found = path, frame.f_lineno, ""
            elif found and is_next:
                found = *found[:2], _unless_loops(frame, "")
            is_next = path is not None
        return found

    def _handles(self, one: Any, kind: str) -> _Found | None:
        """Return the line at which the program's own function, or method of a protocol, begins."""
        if isinstance(one, FunctionType):
            return self._begins(one.__code__)
        own = one if isinstance(one, type) else type(one)
        try:
            return self._handlers[kind, own]
        except KeyError:
            methods = (vars(own).get(name) for name in _METHODS.get(kind, ()))
            code = next((method.__code__ for method in methods if isinstance(method, FunctionType)), None)
            self._handlers[kind, own] = found = None if code is None else self._begins(code)
            return found

    def _begins(self, code: CodeType) -> _Found | None:
        path = self.own(code)
        return None if path is None else (path, code.co_firstlineno, "")


# -- who closes ------------------------------------------------------------------------------------------------------


def closer(frame: FrameType | None, main: int, plain: frozenset[int], own: Callable[[CodeType], str | None]) -> str:
    """Say who closes a socket, where it is not the program itself.

    Args:
        frame: The innermost frame.
        main: The main thread's identification.
        plain: The `id` of code that need not be looked into.
        own: Tells code of the program's own, as `Places.own` does.

    Returns:
        `__del__`, `weakref` or `weakref.finalize` for a finalizer that the collector called, `generator` for one that
        it closed, `atexit` for a function that was registered to be called at the end; `""` for the program.
    """
    bottom = frame
    closing = isinstance(sys.exception(), GeneratorExit)
    while frame is not None:
        code = frame.f_code
        if code.co_filename == _RUNNER:
            return ""
        caller, name = frame.f_back, code.co_name
        if name in cpython.FINALIZERS:
            return "__del__"
        if 0 < code.co_argcount <= _FEW and id(code) not in plain:
            # Whom the caller names, it has called, and not the collector: to look into a frame takes much longer than
            # to see that. But a file is finalized by its `close`, a name that stands wherever there are files.
            may_be = caller is None or name == "close" or name not in caller.f_code.co_names
            looks = may_be and (name == "close" or own(code) is None or cpython.may_look_into(frame))
            if looks and (found := cpython.collects(frame)):
                return "" if found == "weakref.finalize" and _asked_for(frame) else found
        if closing and code.co_flags & _COROUTINE:
            closing = False
            if cpython.closed_by_collector(frame):
                return "generator"
        bottom, frame = frame, caller
    return "atexit" if bottom is not None and cpython.is_at_exit(bottom, main) else ""


def _unless_loops(frame: FrameType, via: str) -> str:
    """Return the library that opens a socket by a loop of events; what was known, if it is none."""
    module = _library(frame)
    return via if not module or module.startswith(LIBRARIES_OF_LOOPS) else module


def _library(frame: FrameType) -> str:
    """Return the name of a library's module, `""` of one that only stands between a program and its socket."""
    module = str(frame.f_globals.get("__name__"))
    return "" if module in _TRANSPARENT or is_witness(frame) else module


def called_by(frame: FrameType | None, names: Container[str]) -> bool:
    """Say whether a function of one of these names is at work.

    Args:
        frame: The innermost frame.
        names: The names.
    """
    while frame is not None:
        if frame.f_code.co_name in names:
            return True
        frame = frame.f_back
    return False


def _until(frame: FrameType | None, last: FrameType) -> list[FrameType]:
    """Return the frames from one to the one that another has called."""
    found = []
    while frame is not None and frame is not last:
        found.append(frame)
        frame = frame.f_back
    return found


def _asked_for(finalizer: FrameType) -> bool:
    """Say whether a library that was asked to close something leaves it to the finalizer of what it then lets go of.

    So does `clear()` of the pools of urllib3, which a `with` around a session of requests calls.
    """
    frame = finalizer.f_back
    while frame is not None and is_library(_real(frame.f_code.co_filename)):
        if frame.f_code.co_name in _CLOSES:
            return True
        frame = frame.f_back
    return False


def is_own(code: CodeType) -> bool:
    """Say whether code is of this package."""
    return code.co_filename.startswith(_PACKAGE)


def is_witness(frame: FrameType) -> bool:
    """Say whether a frame is of the witness: of a function that stands in the place of one that the program called.

    Args:
        frame: The frame.
    """
    return str(frame.f_globals.get("__name__")).startswith(_WITNESS)


# -- files, whatever the program has made of `os` ----------------------------------------------------------------------


def _real(name: str) -> str:
    """Return the real path of a file, as `os.path.realpath` does."""
    if os.name != "posix":
        return os.path.realpath(name)
    links, path = 0, "" if name.startswith("/") else _GETCWD()
    parts = name.split("/")[::-1]
    while parts:
        part = parts.pop()
        if part in ("", "."):
            continue
        if part == "..":
            path = path.rpartition("/")[0]
            continue
        link = _link(f"{path}/{part}") if links < _LINKS else None
        if link is None:
            path = f"{path}/{part}"
            continue
        links += 1
        path = "" if link.startswith("/") else path
        parts += link.split("/")[::-1]
    return path or "/"


def _link(path: str) -> str | None:
    """Return where a link leads, `None` of what is none."""
    try:
        return None if _READLINK is None else _READLINK(path)
    except (OSError, ValueError):
        return None


def _exists(path: str) -> bool:
    try:
        _STAT(path)
    except (OSError, ValueError):
        return False
    return True


def _seen_from(folder: str, path: str) -> str:
    """Return a path from a folder on, as `os.path.relpath` does of two that are real."""
    if os.name != "posix":
        return os.path.relpath(path, folder)
    here, there = ([part for part in one.split("/") if part] for one in (folder, path))
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:])
