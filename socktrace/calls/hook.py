"""Lets the calls witness into an interpreter that starts, and leaves nothing there that its program could notice.

The program imports its own modules, in its own order, as ever; the witness comes in when `socket` has been loaded.
What is loaded for the witness is not in `sys.modules`, and the environment is the program's own. A Python that the
program starts is given the way here again (`children`).
"""

from __future__ import annotations

import _thread
import atexit
import faulthandler
import os
import sys
import time

from socktrace.calls.children import Children, text_of
from socktrace.calls.log import Log
from socktrace.calls.raised import traceback_of
from socktrace.calls.stacks import Stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from socktrace.calls.rows import Row

_LIBRARY = os.path.dirname(os.__file__)
_PATHS: Any = next(one for one in sys.meta_path if getattr(one, "__name__", "") == "PathFinder")
"""`importlib.machinery.PathFinder`, without `importlib`, which need not be loaded."""


def begin(given: str, library: str) -> None:
    """Watch this interpreter from now on.

    Args:
        given: What `inherited` put into the variable of the environment.
        library: The folder that this package is in.
    """
    token, log, program = given.split("\n", 2)
    try:
        hook = Hook(log, program, token, library)
    except OSError:
        return  # nobody reads it any more, or this user may not write there: a child that is not watched
    hook.begin()


_PID, _NOW = os.getpid, time.time_ns
"""As they are before a program replaces them."""


class Hook:
    """What waits in an interpreter for the moment at which there is something to watch.

    Args:
        log: Where the witness writes.
        program: The file of the program that is run, or what its code goes by, such as `<string>`.
        token: Of a child of the program, what tells its parent's row of it.
        library: The folder that this package is in.
    """

    def __init__(self, log: str, program: str, token: str, library: str) -> None:
        self._path = log
        self._write = Log(log)
        self._program = program
        self._token = token
        self._text = text_of(sys.orig_argv) if token else ""
        self._library = library
        self._witness: Any = None
        self._is_attaching = False
        self._has_ended = False
        self._has_died = False
        self._children = Children(self._tell, log, program)
        self._finder = _Finder(
            {
                "socket": self._socket,
                "_socket": self._raw,
                "_posixsubprocess": self._subprocess,
                "threading": self._threading,
            }
        )

    def begin(self) -> None:
        """Say that this process is watched, and wait for its program to load `socket`."""
        if self._token:
            self._write({"event": "child", "pid": os.getpid(), "token": self._token})
            if self._text:
                self._write({"event": "inline", "pid": os.getpid(), "text": self._text})
        else:
            self._write({"event": "start", "pid": os.getpid(), "python": sys.version.split()[0]})
        is_program = self._token.partition(".")[0] in ("", str(os.getpid()))  # or what it has made of itself (execve)
        if hasattr(faulthandler, "register"):
            Stacks(f"{self._path}.stuck", self._stands, is_child=not is_program).register()
        atexit.register(self._finish)  # the first that is registered is the last that is called
        self._children.install()
        sys.meta_path.insert(0, self._finder)
        for name in ("socket", "_posixsubprocess", "threading"):
            if name in sys.modules:  # a file of the environment's that is read as Python starts may need them (`site`)
                self._finder.came(sys.modules[name])

    def _socket(self, _: ModuleType) -> None:
        """The program has loaded `socket`."""
        if self._witness is None:
            self._attach()
        self._finder.forget("socket", "_socket")

    def _raw(self, _: ModuleType) -> None:
        """The program has loaded `_socket`. If that was not for `socket`, this is made now, and kept until it is."""
        if "socket" not in sys.modules and (made := self._attach()):
            self._finder.made["socket"] = made

    def _subprocess(self, _: ModuleType) -> None:
        """The program has loaded the part of `subprocess` that is written in C, which then loads its functions."""
        self._children.watch_subprocess()
        self._finder.forget("_posixsubprocess")

    def _threading(self, threading: ModuleType) -> None:
        """The program has loaded `threading`, which asks for its `excepthook` when an error has ended a thread."""
        original = threading.excepthook

        def excepthook(args: Any, /) -> Any:
            if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
                begins = f"Exception in thread {getattr(args.thread, 'name', '')}:\n"
                self._tell({"event": "raised", "text": begins + traceback_of(args.exc_value), "pid": _PID()})
                if self._witness:
                    self._witness.died_of(args.exc_value)
            return original(args)

        threading.excepthook = excepthook  # type: ignore[attr-defined]
        if self._witness:
            self._witness.watch_threads()
        self._finder.forget("threading")

    def _attach(self, *, is_late: bool = False) -> ModuleType | None:
        """Let the witness in; return the `socket` that it watches.

        By now the program may have changed its rights, its root or its limits, so that nothing can be loaded any more.
        """
        self._is_attaching = True
        try:
            with _Privately(self._library):
                import socket

                from socktrace.calls.witness import Witness
            self._witness = Witness(self._write, self._program, inline=bool(self._text))
            self._witness.install()
            if is_late:
                self._witness.came_late()
        except Exception as error:
            reason = f"the witness could not come in ({type(error).__name__}: {error})"
            self._tell({"event": "blind", "reason": reason, "pid": os.getpid()})
            return None
        finally:
            self._is_attaching = False
        return socket

    def _stands(self, frame: Any) -> Any:
        self._tell_death()
        if self._witness is None and not self._is_attaching:  # a signal comes while its modules are half loaded, too
            self._attach(is_late=True)
        return self._witness.stands(frame) if self._witness else ()

    def _tell(self, row: Row) -> None:
        if not self._has_ended:
            self._write(row)

    def _tell_death(self) -> None:
        """Tell of the error that ended the main thread; others may go on."""
        error = getattr(sys, "last_value", None)  # what the interpreter has printed, because nobody caught it
        if error is None or self._has_died:
            return
        self._has_died = True
        row = {
            "event": "raised",
            "text": (self._witness.where_slept(error) if self._witness else "") + traceback_of(error),
            "pid": _PID(),
            "at": _NOW(),
            "started": bool(self._token),
        }
        if self._token and self._witness is None:
            self._attach()
        if self._token and self._witness:
            row |= self._witness.where_raised(error)
        if isinstance(error, Exception) or not self._token:
            self._tell(row)

    def _finish(self) -> None:
        self._tell_death()
        threading = sys.modules.get("threading")
        if self._witness is None and threading and threading.active_count() > 1:
            self._attach()  # without sockets there may be threads to tell of
        if self._witness:
            self._witness.finish()
        else:
            self._write({"event": "end", "pid": _PID()})
        self._has_ended = True  # what the interpreter clears away from here on has been told


def _leave_out(finder: object) -> None:
    """Ask a finder for modules no more.

    The list is another from then on. An import of another thread goes through the one that it began with, and would
    pass over a finder if one before it were taken out of that.
    """
    sys.meta_path = [one for one in sys.meta_path if one is not finder]


class _Privately:
    """While it is entered, imports are from the standard library and from this package only, and leave no trace.

    Args:
        library: The folder that this package is in.
    """

    def __init__(self, library: str) -> None:
        self._path = [_LIBRARY, os.path.join(_LIBRARY, "lib-dynload"), library]
        self._thread = _thread.get_ident()

    def __enter__(self) -> None:
        self._known = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "socktrace"}
        self._folders = set(sys.path_importer_cache)
        self._looked_for: list[str] = []
        for name in self._known:
            del sys.modules[name]  # the program may have one of that name, or be this very package
        sys.meta_path = [self, *sys.meta_path]

    def __exit__(self, *_: object) -> None:
        _leave_out(self)
        for name in self._looked_for:
            sys.modules.pop(name, None)
        for folder in set(sys.path_importer_cache) - self._folders:
            del sys.path_importer_cache[folder]
        sys.modules.update(self._known)

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Find a module; nothing for other threads than the one that made this."""
        if _thread.get_ident() != self._thread:
            return None
        self._looked_for.append(name)
        return _PATHS.find_spec(name, path or self._path, target)


class _Finder:
    """Waits at the head of `sys.meta_path` for modules of the standard library, and goes when all have come.

    Args:
        awaited: What is to be called when a module has been loaded, by its name.
    """

    def __init__(self, awaited: dict[str, Callable[[ModuleType], object]]) -> None:
        self._awaited = awaited
        self.made: dict[str, ModuleType] = {}

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Find an awaited module as Python would without this finder, and load it so that its coming is told."""
        if name not in self._awaited:
            return None
        others = (finder.find_spec(name, path, target) for finder in list(sys.meta_path) if finder is not self)
        spec: Any = next((spec for spec in others if spec), None)
        if spec and (
            spec.origin == "built-in" or str(spec.origin).startswith(_LIBRARY)
        ):  # not one of the program's own
            spec.loader = _Loader(spec.loader, self)
        return spec

    def came(self, module: ModuleType) -> None:
        """Tell that a module has been loaded."""
        # What the program watches itself with is not to see what is none of its business. But cProfile cannot be put
        # back: what it says that it is cannot be called (up to Python 3.11).
        both: Any = ((sys.settrace, sys.gettrace()), (sys.setprofile, sys.getprofile()))
        watching = [(put, one) for put, one in both if callable(one)]
        for put, _ in watching:
            put(None)
        if then := self._awaited.get(module.__name__):
            then(module)
        for put, one in watching:
            put(one)

    def forget(self, *names: str) -> None:
        """Await modules no longer."""
        for name in names:
            del self._awaited[name]
        if not self._awaited:
            _leave_out(self)


class _Loader:
    """Loads a module as its own loader does, and tells when that is done.

    Args:
        loader: Its own loader.
        finder: What is to be told, and what may have the module already.
    """

    def __init__(self, loader: Any, finder: _Finder) -> None:
        self._loader = loader
        self._finder = finder

    def create_module(self, spec: Any) -> Any:
        """Return what its own loader returns, or the module that was made before."""
        return self._finder.made.get(spec.name) or self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """Load it, with its own loader."""
        module.__spec__.loader = module.__loader__ = self._loader
        if module.__name__ not in self._finder.made:
            self._loader.exec_module(module)
        self._finder.came(module)
