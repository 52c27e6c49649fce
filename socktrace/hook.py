"""Lets the calls witness into an interpreter that starts, and leaves nothing there that its program could notice.

The program imports its own modules, in its own order, as ever; the witness comes in when `socket` has been loaded.
What is loaded for the witness is not in `sys.modules`, and the environment is the program's own. A Python that the
program starts is given the way here again (`children`).
"""

from __future__ import annotations

import _thread
import atexit
import contextlib
import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from socktrace.log import Log
from socktrace.stacks import Stacks


def environment(log: Path, program: Path | None, environ: dict[str, str]) -> dict[str, str]:
    """Return the environment that lets the witness into a Python.

    Args:
        log: Where it writes.
        program: The file of the program that is run, if there is one.
        environ: The environment without it.
    """
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "startup")
    before = environ.get("PYTHONPATH")
    path = folder if before is None else folder + os.pathsep + before
    return {**environ, "PYTHONPATH": path, "SOCKTRACE": f"{log}\n{program or ''}"}


def begin(given: str, library: str) -> None:
    """Watch this interpreter from now on.

    Args:
        given: What `environment` put into the variable `SOCKTRACE`.
        library: The folder that this package is in.
    """
    log, _, program = given.partition("\n")
    Hook(Path(log), Path(program) if program else None, library).begin()


class Hook:
    """What waits in an interpreter for the moment at which there is something to watch.

    Args:
        log: Where the witness writes.
        program: The file of the program that is run, if there is one.
        library: The folder that this package is in.
    """

    def __init__(self, log: Path, program: Path | None, library: str) -> None:
        self._path = log
        self._write = Log(log)
        self._program = program
        self._library = library
        self._witness: Any = None
        self._has_ended = False

    def begin(self) -> None:
        """Say that this process is watched, and wait for its program to load `socket`."""
        self._write({"event": "start", "pid": os.getpid()})
        atexit.register(self._finish)  # the first that is registered is the last that is called
        if hasattr(faulthandler, "register"):
            Stacks(f"{self._path}.stuck", self._watching).register()
        if "socket" in sys.modules:
            self.attach()
        else:
            sys.meta_path.insert(0, _Finder(self))

    def attach(self) -> ModuleType:
        """Let the witness in, now that the program has loaded `socket`, or only `_socket`; return the former."""
        with _privately(self._library):
            import socket

            from socktrace.calls import Witness
        self._witness = Witness(self._tell, self._program)
        self._witness.install()
        return socket

    def _watching(self) -> Any:
        if self._witness is None:
            self.attach()
        return self._witness

    def _tell(self, row: dict[str, Any]) -> None:
        if not self._has_ended:
            self._write(row)

    def _finish(self) -> None:
        threading = sys.modules.get("threading")
        if self._witness is None and threading and threading.active_count() > 1:
            self.attach()  # without sockets there may be threads to tell of
        if self._witness:
            self._witness.finish()
        else:
            self._write({"event": "end", "pid": os.getpid()})
        self._has_ended = True  # what the interpreter clears away from here on has been told


@contextlib.contextmanager
def _privately(library: str) -> Iterator[None]:
    """Import from the standard library and from this package only, and leave no trace of it in `sys.modules`.

    Args:
        library: The folder that this package is in.
    """
    known = dict(sys.modules)
    for name in [name for name in known if name.partition(".")[0] == "socktrace"]:
        del sys.modules[name]  # the program may have one of that name, or be this very package
    finder = _Private(library)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in set(sys.modules) - set(known):
            del sys.modules[name]
        sys.modules.update({name: one for name, one in known.items() if name.partition(".")[0] == "socktrace"})


class _Private:
    """Finds modules for one thread, where the program's own cannot come before them.

    Args:
        library: The folder that this package is in.
    """

    def __init__(self, library: str) -> None:
        own = os.path.dirname(os.__file__)
        self._path = [own, os.path.join(own, "lib-dynload"), library]
        self._thread = _thread.get_ident()

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Find a module; nothing for other threads than the one that made this."""
        return PathFinder.find_spec(name, path or self._path, target) if _thread.get_ident() == self._thread else None


class _Finder:
    """Waits for `socket` at the head of `sys.meta_path`, and goes when it has come.

    Args:
        hook: What is to be told.
    """

    def __init__(self, hook: Hook) -> None:
        self._hook = hook
        self._made: ModuleType | None = None

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Find `socket` as Python would without this finder; hook its loader, so as to be told when it has loaded."""
        if name not in ("socket", "_socket"):
            return None
        others = (finder.find_spec(name, path, target) for finder in list(sys.meta_path) if finder is not self)
        spec: Any = next((spec for spec in others if spec), None)
        if name == "_socket" and spec and "socket" not in sys.modules:
            spec.loader = _Loader(spec.loader, self._raw)
        elif spec and spec.origin == os.path.join(os.path.dirname(os.__file__), "socket.py"):  # not the program's own
            sys.meta_path.remove(self)
            spec.loader = _Loader(spec.loader, self._hook.attach, self._made)
        return spec

    def _raw(self) -> None:
        """Keep the `socket` that the witness needs until the program needs it."""
        sys.meta_path.remove(self)
        self._made = self._hook.attach()
        sys.meta_path.insert(0, self)


class _Loader:
    """Loads a module as its own loader does, and tells when that is done.

    Args:
        loader: Its own loader.
        then: What is called then.
        made: The module, if it was loaded before.
    """

    def __init__(self, loader: Any, then: Callable[[], object], made: ModuleType | None = None) -> None:
        self._loader = loader
        self._then = then
        self._made = made

    def create_module(self, spec: Any) -> Any:
        """Return what its own loader returns."""
        return self._made or self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """Load it, with its own loader."""
        module.__spec__.loader = module.__loader__ = self._loader
        if module is not self._made:
            self._loader.exec_module(module)
            self._then()
