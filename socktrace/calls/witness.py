"""Witness 1, inside the program's own process: each socket call, its result or errno, and the line that made it.

It puts a class of its own between `socket.socket` and the one written in C, and a few functions in the place of those
of `os`: they do the same and then write a row. It works wherever Python does. Bytes that go around these methods (C
extensions, the `ssl` module's records) are not seen here; the packets and the kernel's own tables are there to tell.

It changes nothing that the program could notice:

- Nothing of its own is raised into the program; what it could not see, it says (`blind`).
- Its frames are taken out of the traceback of what the program's own call raises.
- A socket that is collected warns at the line that dropped it, because no function of the witness runs meanwhile.
- It keeps the functions that it needs by itself, so that a program may replace those of `os` or `time`.
"""

from __future__ import annotations

import _thread
import errno
import gc
import io
import os
import socket
import sys
import time
from functools import partial, wraps
from types import FunctionType

from socktrace.calls import cpython
from socktrace.calls.descriptors import LINUX, Descriptors
from socktrace.calls.facts import (
    address_of,
    argument_of,
    bytes_of,
    error_of,
    family_of,
    name_of,
    peer_of,
    received,
    sent,
    type_of,
    with_flags,
    with_listed_buffers,
)
from socktrace.calls.frames import variables
from socktrace.calls.futures import Futures
from socktrace.calls.holders import holder
from socktrace.calls.places import Place, Places, called_by, closer, is_own, is_server
from socktrace.calls.pools import pool_manager, pooled
from socktrace.calls.raised import TELL_OTHERWISE, catchers, caught, traceback_of
from socktrace.calls.rows import CallRow
from socktrace.calls.stands import decrypted, is_busy, standing, tasks, threads, worked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import CodeType, FrameType
    from typing import Any

    from socktrace.calls.rows import Row

PREVIEW = 48
_ROOM = 16 << 20  # bytes that are kept of what a process moves; of what comes later only the beginning is
_C = cpython.CSocket
_FILENO = _C.fileno
_NOW, _PID, _THREAD, _FRAME = time.time_ns, os.getpid, _thread.get_native_id, cpython.frame
_SENDS = ("send", "sendall", "sendto", "sendmsg")
_RECVS = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")
_METHODS: Mapping[str, str] = {
    "bind": "bind",
    "listen": "listen",
    cpython.accept_method: "accept",
    "connect": "connect",
    "connect_ex": "connect",
    **dict.fromkeys(_SENDS, "send"),
    **dict.fromkeys(_RECVS, "recv"),
    "shutdown": "shutdown",
    "detach": "detach",
}
_GRACE = 0.1
"""How many seconds the threads get to end after the program: a library that was told to shut down may not have waited
for its own. Only a program that leaves threads behind waits that long."""
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")
_BY_FINALIZERS = "multiprocessing"
"""A library that closes by finalizers what it opened for itself, so that the program could not do it."""
_AGREES = ("answer_challenge", "deliver_challenge")
"""Its functions that agree upon a key, before it hands out a connection."""
_HANDS_OUT = ("multiprocessing/connection.py", "multiprocessing/context.py")
"""Its files with what it opens for the program, which is to close that: `Client()`, `Pipe()`, `Listener.accept()`."""
_ERRORS = 100
"""How many errors are told of that libraries caught. A server goes on for long."""
_ERROR = 40
"""The level from which on a record of `logging` tells of an error."""
_REASONS = 16
"""How many reasons are kept for which rows are missing."""
_NOWHERE = Place(None, None)
_NOTHING: dict[str, Any] = {}
_RELEASED = "released"
"""The argument of the end of a process that closes what a library was told to close, and has only let go of."""


_PRESENT = "socktrace_witness"
"""The attribute of the function in the place of `_socket.close` that is the witness of this process."""


def present() -> Witness | None:
    """Return the witness that watches this process already, whichever copy of this module it comes from."""
    return getattr(cpython.c_module.close, _PRESENT, None)


def _unseen(error: BaseException) -> None:
    """Take the witness's frames out of the traceback of an error that is going to the program.

    An error that is raised again by a bare `raise` gets no further entry of the frame that does so.
    """
    trace = error.__traceback__
    while trace is not None and is_own(trace.tb_frame.f_code):
        trace = trace.tb_next
    error.__traceback__ = trace


def _named(sock: Any, kind: str, args: tuple[Any, ...], error: BaseException | None) -> dict[str, Any]:
    """Return the name that a socket got, or who has the one that it did not get."""
    found: dict[str, Any] = {"local": name_of(sock)}
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE and LINUX:
        wanted = address_of(sock, args[0]) if kind == "bind" and args else found["local"]
        found["holder"] = holder(type_of(sock), wanted[1]) if wanted and wanted[1] else ""
    return found


class _Collected:
    """Stands in the place of a socket's `__del__`.

    Python asks for the method, and the witness learns that the socket is collected; what Python then calls is the
    method written in C, straight from the program's line, which its warning names. A program may ask for the method
    too, but it holds the socket then.

    Args:
        original: The method.
        tell: Is told which socket.
    """

    def __init__(self, original: Any, tell: Callable[[Any], None]) -> None:
        self._original = original
        self._tell = tell
        self._references = 0
        type("Probe", (), {cpython.collect_method: self})()  # is collected at once, and so counts the references

    def __get__(self, sock: Any, kind: Any = None) -> Any:
        if sock is None:
            return self._original
        references = sys.getrefcount(sock)
        self._references = self._references or references
        if isinstance(sock, _C) and (references == self._references or gc.is_finalized(sock)):
            self._tell(sock)
        return self._original.__get__(sock) if isinstance(sock, _C) else int


class _Beside(type):
    """What the class in the place of `_socket.socket` is where it does not stand above `socket.socket`.

    It counts the objects of that one as its own, as they would be.
    """

    def __instancecheck__(cls, one: Any) -> bool:
        return isinstance(one, _C) if cls is cpython.c_module.socket else super().__instancecheck__(one)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, _C) if cls is cpython.c_module.socket else super().__subclasscheck__(kind)


class Witness:
    """Watches the socket calls of this process and of the children it forks.

    Args:
        write: Takes each row of what is seen: a `CallRow`, or a dictionary of numbers, texts, bytes and lists of them.
            It is called by every thread of the program, and by its signal handlers.
        program: The program's file, so that lines in it can be told from those of libraries; `None` if there is no
            such file, and then all files are its own that are neither of the library nor of an installed package.
        inodes: Whether the kernel numbers sockets, as Linux does; see `Descriptors`.
        inline: As in `Places`.
    """

    def __init__(
        self,
        write: Callable[[Row], None],
        program: str | Path | None,
        *,
        inodes: bool = LINUX,
        inline: bool = False,
    ) -> None:
        self._write = write
        self._places = Places(program, inline=inline)
        self._descriptors = Descriptors(inodes=inodes)
        self._pid = _PID()
        self._main = _thread.get_ident()
        self._began: tuple[float, float] | None = worked()
        methods = vars(socket.socket).values()
        self._plain = frozenset(id(one.__code__) for one in methods if isinstance(one, FunctionType))
        self._room = _ROOM
        self._watches_tls = False
        self._watched_kinds: set[Any] = set()
        self._modules = 0  # how many there were when the libraries were last looked for
        self._futures = Futures(lambda row: self._row({**row, "pid": _PID()}), self._raised)
        self._told = 0  # how many errors are
        self._last: dict[str, Place] = {}  # by identity: where on the stack something was last done with a socket
        self._dropped: dict[str, str] = {}  # by identity: which finalizer told a transport to close it
        self._names: dict[str, tuple[Any, Any]] = {}  # by identity: the names of both ends, once they are fixed
        self._opened: dict[str, list[tuple[CodeType, int]]] = {}  # by identity: where libraries stood that opened it
        self._files: dict[str, Any] = {}  # by identity: the last file that `makefile` made of a socket, and where
        self._used: set[str] = set()  # of those, what moved bytes by its descriptor since, for the program
        self._short_lived: set[str] = set()  # the identities of what a finalizer opened
        self._released: set[str] = set()  # the identities of what a library was told to close, and will leave
        self._lost: dict[str, bool] = {}  # why rows are missing, and whether that is written
        self._gone: dict[int, str] = {}  # by the `id` of a socket that was closed or detached: which one it had
        self._stale: tuple[int, CallRow] | None = None  # the last use of one: the `id` of its error, and the row
        self._tells_again = 0  # which thread does, as `_again` says
        self._default = _NOWHERE  # where the time-out was set that new sockets have
        self._finished = False
        self._exit = os._exit

    def install(self) -> None:
        """Start watching. It cannot be undone: the process belongs to the program from here on."""
        members: dict[str, Any] = {
            name: self._method(name, kind, getattr(_C, name)) for name, kind in _METHODS.items() if hasattr(_C, name)
        }
        members["__init__"] = self._init(_C.__init__)
        members["close"] = self._close_now = self._close("close", _C.close)
        members[cpython.collect_method] = _Collected(getattr(_C, cpython.collect_method), self._collected)
        # Without slots of its own, so that a class below may have any; under the same name, as error messages tell it.
        names = {"__slots__": (), "__module__": _C.__module__, "__doc__": _C.__doc__}
        watched: Any = type(_C.__name__, (_C,), {**members, **names})
        cpython.c_module.socket = watched
        cpython.hand_over_closing(socket.socket, watched)
        try:
            socket.socket.__bases__ = (watched,)
        except TypeError:  # up to Python 3.11 nothing can stand between the two
            cpython.c_module.socket = _Beside(_C.__name__, (_C,), {**members, **names})
            for name in members.keys() - {"__init__", "close"}:
                original = vars(socket.socket).get(name)  # detach() has a part written in Python
                member = self._method(name, _METHODS[name], original) if original else members[name]
                setattr(socket.socket, name, member)
        cpython.c_module.SocketType = socket.SocketType = cpython.c_module.socket  # another name of the class
        socket.socket.makefile = self._makefile(socket.socket.makefile)  # type: ignore[method-assign]
        self._install_functions()
        self.watch_libraries()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def _install_functions(self) -> None:
        if hasattr(cpython.c_module, "socketpair"):
            cpython.c_module.socketpair = self._socketpair(cpython.c_module.socketpair)
        cpython.c_module.close = socket.close = self._closing_function("socket.close", socket.close)
        setattr(socket.close, _PRESENT, self)
        functions: dict[str, Any] = {
            "close": self._closing_function("os.close", os.close),
            "_exit": self._leave(self._exit),
        }
        for name, kind in {"read": "recv", "write": "send", "sendfile": "send"}.items():
            if hasattr(os, name):
                functions[name] = self._descriptor_call(kind, f"os.{name}", getattr(os, name))
        for name in ("dup", "dup2"):
            functions[name] = self._copying_function(f"os.{name}", getattr(os, name))
        for name in ("wait", "waitpid", "wait3", "wait4", "waitid"):
            if hasattr(os, name):
                functions[name] = self._seen_waiting(getattr(os, name))
        for name in ("execv", "execve"):
            if hasattr(os, name):
                functions[name] = self._told_first(self._replaced, getattr(os, name))
        for name, function in functions.items():
            setattr(os, name, function)
            setattr(cpython.os_module, name, function)
        defaults = self._told_first(self._sets_default, socket.setdefaulttimeout)
        cpython.c_module.setdefaulttimeout = socket.setdefaulttimeout = defaults
        os.fdopen = self._told_first(self._made_of, os.fdopen)
        sys.unraisablehook = self._told_first(self._ignored, sys.unraisablehook)
        for name in _LOOKUPS:
            function = self._told_first(self._looked_up, getattr(cpython.c_module, name))
            setattr(cpython.c_module, name, function)
            if name != "getaddrinfo":  # `socket` has one of its own, which calls it
                setattr(socket, name, function)

    def belong_to(self, program: str | Path) -> None:
        """Say which program's file it is whose lines are told from those of libraries, if that was not known before."""
        self._places = Places(program)

    def share(self, write: Callable[[Row], None]) -> None:
        """Let somebody else have each row from now on, too.

        Args:
            write: Takes each row, after the one that the witness was made with.
        """
        first = self._write

        def both(row: Row) -> None:
            first(row)
            write(row)

        self._write = both

    def line_of(self, frame: FrameType | None) -> tuple[str, int] | None:
        """Return the program's own file, its whole path, and line that led to a frame; `None` if there is none.

        Args:
            frame: Where a thread stands, or stood.
        """
        place = self._places.find(frame)
        if place.path is None or place.line is None:
            return None
        return self.whole(place.path), place.line

    def whole(self, path: str) -> str:
        """Return the whole path of a file that a row names.

        Args:
            path: What the row says.
        """
        return os.path.normpath(self._places.whole(path))

    def own(self, code: CodeType) -> str | None:
        """Return the file of the program's own code, as in `Call.path`; `None` if it is not its own."""
        return self._places.own(code)

    def stands(self, frame: FrameType | None) -> list[dict[str, Any]]:
        """Return where each thread and task of the program stands, the main thread first.

        Args:
            frame: The innermost frame of the main thread.
        """
        main, *others = threads(self, frame)
        if not main.get("function") and self._began and is_busy(self._began):
            main.setdefault("on", "busy")
        return [main, *others, *tasks(self, frame), *self._files_that_hold(), *decrypted(self)]

    def _files_that_hold(self) -> Iterator[dict[str, Any]]:
        """Yield the files of `makefile` that hold a socket which the program has closed."""
        for identity, (made, place) in self._files.items():
            file = made()
            if file is not None and not file.closed and cpython.is_closed_under(file):
                yield {"kind": "file", "name": "makefile", "path": place.path, "line": place.line, "identity": identity}

    def came_late(self) -> None:
        """Say that the program is stopped at this moment, so that nobody saw whether it worked or slept until now."""
        self._began = None

    def known(self, fd: int) -> str | None:
        """Return the identity of the socket that a descriptor is known to have, `None` if it has none."""
        return self._descriptors.known(fd)

    def finish(self) -> None:
        """Say what outlives the program in this process: its threads, and the sockets that are still open."""
        if self._finished:
            return
        self.died_of(getattr(sys, "last_value", None))
        try:
            self._threads_left()
        except Exception as error:
            self._failed(error)
        try:
            for fd, identity in self._descriptors.still_open().items():
                made, place = self._files.get(identity, (None, _NOWHERE))
                file = made and made()  # which holds the socket open after close()
                if identity in self._released:
                    self._note("exit", "", fd, identity, _NOW(), place=_NOWHERE, extra={"argument": _RELEASED})
                elif file is None or file.closed:
                    self._note("exit", "", fd, identity, _NOW(), place=_NOWHERE)
                else:
                    self._note("exit", "", fd, identity, _NOW(), place=place, extra={"argument": "makefile"})
        except Exception as error:
            self._failed(error)
        self._row({"event": "end", "pid": _PID()})
        self._finished = True  # what the interpreter takes down from here on, nobody uses any more

    def died_of(self, error: BaseException | None) -> None:
        """Tell of the use of a socket that was closed, if the program or a thread of it dies of that.

        Args:
            error: What nobody caught.
        """
        if self._stale and self._stale[0] == id(error) and getattr(error, "errno", None) == errno.EBADF:
            self._row(self._stale[1])
            self._stale = None

    def _threads_left(self) -> None:
        threading = sys.modules.get("threading")
        if threading is None or _PID() != self._pid:
            return
        others = [one for one in threading.enumerate() if one is not threading.current_thread()]
        until = time.monotonic() + _GRACE
        for thread in others:
            thread.join(max(0.0, until - time.monotonic()))  # a library's thread may be on its way out
        for thread in others:
            if thread.is_alive():
                at = standing(self, cpython.frame_of(thread))
                who = {"name": thread.name, "daemon": thread.daemon, "tid": thread.native_id, "pid": _PID()}
                self._row({"event": "thread", **who, **at})

    def leave(self, status: int) -> None:
        """End this process at once with an exit status, as `os._exit` did before it was watched."""
        self._exit(status)

    def _leave(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def _exit(*args: Any, **kwargs: Any) -> Any:
            self.finish()
            original(*args, **kwargs)

        return _exit

    # -- what others tell --------------------------------------------------------------------------------------------

    def _forked(self) -> None:
        self._began = worked()
        self._main = _thread.get_ident() if self._main == _thread.get_ident() else 0
        place = self._places.find(_FRAME(1))
        self._row({"event": "forked", "pid": _PID(), "parent": os.getppid(), "path": place.path, "line": place.line})

    def _told_first(self, tell: Callable[..., None], original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function that is told of before it does anything.

        `sys.addaudithook` would tell of these, too. But a hook is called whenever anything is audited, such as at every
        look at the code of a frame, of which each call on a socket takes many: with a hook they took eight times as
        long.

        Args:
            tell: Is given what the function is given.
            original: The function.
        """

        @wraps(original)
        def function(*args: Any, **kwargs: Any) -> Any:
            try:
                self._without_harm(tell, *args, **kwargs)
                return original(*args, **kwargs)
            except BaseException as error:
                _unseen(error)
                raise

        return function

    def _without_harm(self, tell: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        try:
            tell(*args, **kwargs)
        except Exception as error:
            self._failed(error)

    def _made_of(self, fd: Any = -1, *_: Any, **__: Any) -> None:
        """A file is made of a descriptor, which it will close."""
        identity = self._known(fd)
        if identity is not None:
            self._note("adopt", "os.fdopen", fd, identity, _NOW())

    def _looked_up(self, host: Any = None, *_: Any, **__: Any) -> None:
        if isinstance(host, (str, bytes)):
            name = host if isinstance(host, str) else host.decode(errors="replace")
            place = self._places.find(_FRAME(3), "lookup")
            self._row({"event": "lookup", "name": name, "path": place.path, "line": place.line})

    def _sets_default(self, seconds: Any = None, *_: Any) -> None:
        self._default = _NOWHERE if seconds is None else self._places.find(_FRAME(3))

    def _replaced(self, *_: Any, **__: Any) -> None:
        """Another program takes the place of this one."""
        for fd, identity in self._descriptors.still_open().items():
            if not os.get_inheritable(fd):
                self._note("exec", "os.exec", fd, identity, _NOW())

    def _collected(self, sock: Any) -> None:
        try:
            fd = _FILENO(sock)
            if fd >= 0:
                self._note("collected", "", fd, self._descriptors.identify(fd), _NOW())
                self._forget(fd)
        except Exception as error:
            self._failed(error)

    # -- replacements ------------------------------------------------------------------------------------------------

    def _method(self, name: str, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        takes_many = name in ("sendmsg", "recvmsg_into")

        @wraps(original)
        def method(sock: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if takes_many:
                    args = with_listed_buffers(args)
                fd, identity, began = self._begin(sock)
                try:
                    result = original(sock, *args, **kwargs)
                except BaseException as error:
                    self._end(sock, fd, identity, kind, name, began, args, kwargs, None, error)
                    raise
                try:
                    self._end(sock, fd, identity, kind, name, began, args, kwargs, result, None)
                except BaseException:  # of a signal handler of the program's
                    self._again(self._end, sock, fd, identity, kind, name, began, args, kwargs, result, None)
                    if kind in ("accept", "detach"):  # a descriptor that nobody will ever have
                        cpython.c_module.close(result[0] if kind == "accept" else result)
                    raise
                return result
            except BaseException as error:
                _unseen(error)
                raise

        return method

    def _begin(self, sock: Any) -> tuple[int, str, int]:
        """Return a socket's descriptor and identity, before a call: another thread may close it meanwhile."""
        try:
            fd = _FILENO(sock)
            return fd, self._descriptors.identity(fd) if fd >= 0 else "", _NOW()
        except Exception as error:
            if isinstance(sock, _C):  # what is no socket, the method itself will refuse
                self._failed(error)
            return -1, "", 0

    def _watch_tls(self) -> None:
        """Watch the methods of `ssl.SSLSocket` that move bytes without calling those of `socket.socket`."""
        self._watches_tls = True
        ssl_socket = sys.modules["ssl"].SSLSocket
        for name, kind in {"send": "send", "write": "send", "read": "recv"}.items():
            setattr(ssl_socket, name, self._tls_method(name, kind, vars(ssl_socket)[name]))

    def _tls_method(self, name: str, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def method(sock: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if not cpython.speaks_tls(sock):
                    return original(sock, *args, **kwargs)
                fd, identity, began = self._begin(sock)
                try:
                    result = original(sock, *args, **kwargs)
                except BaseException as error:
                    self._moved(kind, f"ssl.{name}", fd, identity, began, None, None, error)
                    raise
                into = args[1] if isinstance(result, int) and len(args) > 1 else result
                self._moved(kind, f"ssl.{name}", fd, identity, began, args[0] if kind == "send" else into, result, None)
                return result
            except BaseException as error:
                _unseen(error)
                raise

        return method

    def _init(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def __init__(sock: Any, *args: Any, **kwargs: Any) -> None:
            try:
                began, is_new = _NOW(), isinstance(sock, _C) and _FILENO(sock) < 0
                self._gone.pop(id(sock), None)
                try:
                    original(sock, *args, **kwargs)
                    self._made(sock, kwargs.get("fileno", args[3] if len(args) > 3 else None), began)
                except BaseException:
                    if is_new and _FILENO(sock) >= 0:  # a signal handler of the program's: nobody will ever have it
                        self._again(self._made, sock, kwargs.get("fileno", args[3] if len(args) > 3 else None), began)
                        self._close_now(sock)
                    raise
            except BaseException as error:
                _unseen(error)
                raise

        return __init__

    def _made(self, sock: Any, fileno: Any, began: int) -> None:
        try:
            fd = _FILENO(sock)
            known = self._descriptors.last(fd)
            identity = self._descriptors.identify(fd, fresh=fileno is None)
            tls = "ssl" in sys.modules and isinstance(sock, sys.modules["ssl"].SSLSocket)
            if tls and not self._watches_tls:
                self._watch_tls()
            if len(sys.modules) != self._modules:
                self._modules = len(sys.modules)
                self.watch_libraries()
            if called_by(_FRAME(2), cpython.FINALIZERS):  # what a finalizer opens, it may close
                self._short_lived.add(identity)
            if fileno is None:
                self._note("socket", "socket", fd, identity, began, sock=sock)
            elif known != identity or tls:
                extra = {"tls": tls, "local": name_of(sock), "peer": peer_of(sock)}
                self._note("adopt", "socket", fd, identity, began, sock=sock, extra=extra)
        except Exception as error:
            self._failed(error)

    def watch_libraries(self) -> None:
        """Watch what is loaded by now, and what tells of errors or of the end of sockets."""
        try:
            if "asyncio" in sys.modules:
                self._watch_transports()
            self._watch_pools()
            self._watch_catchers()
            self._watch_futures()
            self._watch_processes()
        except Exception as error:
            self._failed(error)

    def _watch_transports(self) -> None:
        """Learn where asyncio's transports are told to close: they do so later, when nothing tells of that any more."""
        for kind, name in cpython.transports():
            if (kind, name) not in self._watched_kinds:
                self._watched_kinds.add((kind, name))
                setattr(kind, name, self._transport_method(vars(kind)[name]))

    def _watch_pools(self) -> None:
        """Learn which pools of urllib3 are told to close: their finalizers do so later, when no response is left."""
        manager = pool_manager()
        if manager is not None and manager not in self._watched_kinds:
            self._watched_kinds.add(manager)
            manager.clear = self._told_first(self._cleared, manager.clear)

    def _watch_catchers(self) -> None:
        """Learn what libraries catch of the program's errors."""
        for library, kind, name in catchers():
            if (kind, name) not in self._watched_kinds:
                self._watched_kinds.add((kind, name))
                tell = partial(self._caught, library)
                setattr(kind, name, self._told_first(tell, getattr(kind, name)))
        logger = getattr(sys.modules.get("logging"), "Logger", None)
        if logger is not None and logger not in self._watched_kinds:
            self._watched_kinds.add(logger)
            # Not handle(), which is at work while handlers are: of an error of one of those its stack is printed.
            logger.filter = self._told_first(self._logged, logger.filter)
            logger.isEnabledFor = self._asked_whether_to_log(logger.isEnabledFor)
        printed = getattr(sys.modules.get("traceback"), "TracebackException", None)
        if printed is not None and printed not in self._watched_kinds:
            self._watched_kinds.add(printed)
            printed.__init__ = self._told_first(self._printed, printed.__init__)
        warnings: Any = sys.modules.get("warnings")
        if warnings is not None and warnings not in self._watched_kinds:
            self._watched_kinds.add(warnings)
            shown = getattr(warnings, cpython.shows_warning)
            setattr(warnings, cpython.shows_warning, self._told_first(self._warned, shown))
        log: Any = sys.modules.get("twisted.python.log")
        if hasattr(log, "err") and log not in self._watched_kinds:  # else it is being loaded
            self._watched_kinds.add(log)
            log.err = self._told_first(self._logged_now, log.err)
        logger = getattr(sys.modules.get("twisted.logger._logger"), "Logger", None)
        if logger is not None and logger not in self._watched_kinds:
            self._watched_kinds.add(logger)
            logger.failure = self._told_first(self._failure, logger.failure)

    def _watch_futures(self) -> None:
        """Learn what errors lie in futures, and who asks for them."""
        for library, kind, puts, asks in cpython.futures():
            if (kind, puts) not in self._watched_kinds:
                self._watched_kinds.add((kind, puts))
                tells: dict[str, Callable[..., None]] = dict.fromkeys(asks, self._futures.asked)
                tells |= {"__init__": self._futures.made, puts: partial(self._futures.settled, library)}
                for name in tells.keys() & vars(kind).keys():
                    setattr(kind, name, self._told_first(tells[name], vars(kind)[name]))

    def _watch_processes(self) -> None:
        """Learn of what a process of multiprocessing dies, and whether somebody asks how it has ended."""
        kind: Any = getattr(sys.modules.get("multiprocessing.process"), "BaseProcess", None)
        if kind is not None and kind not in self._watched_kinds:
            self._watched_kinds.add(kind)
            method = cpython.process_method
            setattr(kind, method, self._told_first(self._begins, vars(kind)[method]))
            kind.exitcode = property(self._told_first(self._asked_how, kind.exitcode.fget))

    def _begins(self, process: Any, *_: Any, **__: Any) -> None:
        """Watch what a process was made for, in that process itself."""
        original = process.run

        @wraps(original)
        def run() -> Any:
            try:
                return original()
            except BaseException as error:
                self._without_harm(self._tell_of, "multiprocessing", error)
                _unseen(error)
                raise

        process.run = run

    def _asked_how(self, process: Any) -> None:
        self._row({"event": "looked", "pid": process.pid})

    def _caught(self, library: str, _: Any = None, *args: Any, **kwargs: Any) -> None:
        error = caught(library, (*args, *kwargs.values()))
        if library == "logging" and error is not None and self._places.raised(error)[1] is None:
            place = self._places.find(_FRAME(3))  # the error has no line of the program's: it is on its way no further
            self._tell_of(library, error, place)
        else:
            self._tell_of(library, error)

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
                    self._without_harm(self._logged_in_vain)
                return enabled
            except BaseException as error:
                _unseen(error)
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
        self._row({"event": "warned", "pid": _PID(), "text": text})

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
            self._write(row)  # even after the end: a Deferred in a cycle may be taken down with the interpreter only

    def _tell_of_logged(self, error: BaseException | None, frame: FrameType) -> None:
        if isinstance(error, Exception) and self._places.raised(error)[1] is not None:
            library = self._places.logs_for(error, frame)
            self._tell_of(library, error if library not in ("", *TELL_OTHERWISE) else None)

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
        error = None if self._finished else args.exc_value
        if isinstance(error, Exception) and self._places.raised(error)[1] is not None:
            self._tell_of("the garbage collector", error)

    def _tell_of(self, library: str, error: BaseException | None, place: Place = _NOWHERE) -> None:
        if isinstance(error, Exception) and self._told < _ERRORS:
            self._told += 1
            where = {} if place.line is None else {"path": place.path, "line": place.line}
            self._row({"event": "raised", "library": library, "pid": _PID(), **self._raised(error), **where})

    def _raised(self, error: BaseException) -> dict[str, Any]:
        """Return what is told of an error: its traceback, and the program's own line."""
        return {"text": traceback_of(error), **self.where_raised(error)}

    def where_raised(self, error: BaseException) -> dict[str, Any]:
        """Return the program's own file and line, the innermost one, that an error went through."""
        path, line = self._places.raised(error)
        return {"path": path, "line": line}

    def _cleared(self, manager: Any) -> None:
        for sock in pooled(manager):
            identity = self._descriptors.last(sock.fileno())
            if identity is not None:
                self._released.add(identity)

    def _transport_method(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def method(transport: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                self._closing(transport)
                return original(transport, *args, **kwargs)
            except BaseException as error:
                _unseen(error)
                raise

        return method

    def _closing(self, transport: Any) -> None:
        try:
            if transport.is_closing():
                return
            identity = self._descriptors.last(transport.get_extra_info("socket").fileno())
            if identity is not None:
                place = self._places.find(_FRAME(2), "close")
                if place.direct and place.line is not None:
                    self._last[identity] = place
                if by := closer(_FRAME(2), self._main, self._plain, self._places.own):
                    self._dropped[identity] = by
        except Exception as error:
            self._failed(error)

    def _close(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch the method that closes: the kernel is told, whatever a signal handler of the program's raises."""

        @wraps(original)
        def close(sock: Any, *args: Any, **kwargs: Any) -> None:
            try:
                before = None
                try:
                    before = self._about_to_close(_FILENO(sock)) if isinstance(sock, _C) else None
                except BaseException:
                    before = self._about_to_close(_FILENO(sock))
                    original(sock, *args, **kwargs)
                    self._closed(function, before)
                    raise
                try:
                    original(sock, *args, **kwargs)
                    if before is not None:
                        self._gone[id(sock)] = before[1]
                    self._closed(function, before)
                except BaseException as error:
                    if isinstance(error, OSError) and error.errno == errno.EBADF:
                        self._closed(function, before, error)
                    elif before is not None and _FILENO(sock) < 0:
                        self._again(self._closed, function, before)
                    raise
            except BaseException as error:
                _unseen(error)
                raise

        return close

    def _about_to_close(self, fd: int) -> tuple[int, str, Place, str, int] | None:
        try:
            if fd < 0:
                return None
            identity = self._descriptors.identify(fd)
            place = self._places.find(_FRAME(2), "close", self._last.get(identity))
            file, _ = self._files.get(identity, (None, None))
            by = self._dropped.get(identity, "") or closer(_FRAME(2), self._main, self._plain, self._places.own)
            if not by and file is not None and cpython.is_finalized(file, _FRAME(2)):
                by = "__del__"
            if place.via.startswith(_BY_FINALIZERS) and not self._is_handed_out(identity):
                by = ""
            if by == "weakref.finalize" and self._is_lent(identity):
                by = ""
            if (by == "__del__" and identity in self._short_lived) or identity in self._released:
                by = ""
            began = _NOW()
            self._forget(fd)
            return fd, identity, place, by, began
        except Exception as error:
            self._failed(error)
            return None

    def _is_handed_out(self, identity: str) -> bool:
        """Say whether the program itself called what opened a socket of multiprocessing, and used what that gave."""
        codes = [code for code, _ in self._opened.get(identity, ()) if not is_own(code)]
        files = [code.co_filename.replace(os.sep, "/") for code in codes]
        return identity in self._used and all(file.endswith(("/socket.py", *_HANDS_OUT)) for file in files)

    def _is_lent(self, identity: str) -> bool:
        """Say whether a library opened a socket in a `with` of its own, so that the program could not close it.

        So does `requests.get()`: it closes its session, and leaves the connection to the finalizer of the pool that the
        response still knows.
        """
        return any(cpython.in_with(*where) for where in self._opened.get(identity, ()))

    def _closed(
        self, function: str, before: tuple[int, str, Place, str, int] | None, error: BaseException | None = None
    ) -> None:
        if before is None:
            return
        fd, identity, place, by, began = before
        try:
            name = "exit" if by == "atexit" else "collected" if by else "close"
            self._note(name, by or function, fd, identity, began, place=place, error=error)
        except Exception as failure:
            self._failed(failure)

    def _forget(self, fd: int) -> None:
        identity = self._descriptors.forget(fd) or ""
        for known in (self._last, self._names, self._files, self._dropped, self._opened):
            known.pop(identity, None)
        for some in (self._short_lived, self._released, self._used):
            some.discard(identity)

    def _makefile(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch `makefile`, to know a file that is closed because it was collected: nothing else tells."""

        @wraps(original)
        def makefile(sock: Any, mode: str = "r", buffering: int | None = None, **kwargs: Any) -> Any:
            try:
                if sys.flags.warn_default_encoding and "b" not in mode:  # the warning is to name the program's line
                    kwargs["encoding"] = io.text_encoding(kwargs.get("encoding"))
                file = original(sock, mode, buffering, **kwargs)
                self._made_file(sock, file)
                return file
            except BaseException as error:
                _unseen(error)
                raise

        return makefile

    def _made_file(self, sock: Any, file: Any) -> None:
        try:
            identity = self._descriptors.last(_FILENO(sock))
            if identity is not None:
                self._files[identity] = cpython.reference(file), self._places.find(_FRAME(2))
        except Exception as error:
            self._failed(error)

    def _socketpair(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def socketpair(*args: Any, **kwargs: Any) -> Any:
            try:
                began = _NOW()
                pair = original(*args, **kwargs)
                try:
                    self._paired(pair, began)
                except BaseException:  # of a signal handler of the program's: nobody will ever have them
                    self._again(self._paired, pair, began)
                    for one in pair:
                        self._close_now(one)
                    raise
                return pair
            except BaseException as error:
                _unseen(error)
                raise

        return socketpair

    def _paired(self, pair: tuple[Any, Any], began: int) -> None:
        try:
            one, other = ((_FILENO(end), self._descriptors.identify(_FILENO(end), fresh=True)) for end in pair)
            self._note("socketpair", "socketpair", *one, began, sock=pair[0], extra={"made": other[1]})
            self._note("socketpair", "socketpair", *other, began, sock=pair[1])
        except Exception as error:
            self._failed(error)

    def _closing_function(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function that closes a descriptor, when that is one of the program's sockets."""

        @wraps(original)
        def close(*args: Any, **kwargs: Any) -> Any:
            try:
                before = known = None
                try:
                    known = self._known(args[0]) if args else None
                    before = self._about_to_close(args[0]) if known else None
                except BaseException:  # of a signal handler of the program's
                    before = self._about_to_close(args[0]) if known or self._known(args[0]) else None
                    original(*args, **kwargs)
                    self._closed(function, before)
                    raise
                result = original(*args, **kwargs)
                try:
                    self._closed(function, before)
                except BaseException:
                    self._again(self._closed, function, before)
                    raise
                return result
            except BaseException as error:
                _unseen(error)
                raise

        return close

    def _copying_function(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function that gives a descriptor another number, when it is that of one of the program's sockets."""

        @wraps(original)
        def copy(*args: Any, **kwargs: Any) -> Any:
            try:
                identity = self._known(args[0]) if args else None
                replaced = args[1] if len(args) > 1 and args[1] != args[0] and self._known(args[1]) else None
                before = None if replaced is None else self._about_to_close(replaced)
                made = original(*args, **kwargs)
                self._closed(function, before)
                if identity is not None and made != args[0]:
                    self._without_harm(self._copied, function, made, identity)
                return made
            except BaseException as error:
                _unseen(error)
                raise

        return copy

    def _copied(self, function: str, fd: int, identity: str) -> None:
        self._descriptors.is_copy(fd, identity)
        self._note("adopt", function, fd, identity, _NOW())

    def _seen_waiting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Put a frame around a function that waits for a child, by which a hang is told (`stands`)."""

        @wraps(original)
        def wait(*args: Any, **kwargs: Any) -> Any:
            try:
                return original(*args, **kwargs)
            except BaseException as error:
                _unseen(error)
                raise

        return wait

    def _descriptor_call(self, kind: str, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function whose first argument is a descriptor, when that is one of the program's sockets."""

        @wraps(original)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                fd = args[0] if args else -1
                identity = self._known(fd)
                if identity is None:
                    return original(*args, **kwargs)
                began = _NOW()
                try:
                    result = original(*args, **kwargs)
                except BaseException as error:
                    self._moved(kind, function, fd, identity, began, None, None, error)
                    raise
                data = args[1] if kind == "send" and len(args) > 1 else result
                self._moved(kind, function, fd, identity, began, data, result, None)
                return result
            except BaseException as error:
                _unseen(error)
                raise

        return call

    def _known(self, fd: Any) -> str | None:
        try:
            return self._descriptors.known(fd) if type(fd) is int else None
        except Exception as error:
            self._failed(error)
            return None

    # -- notes -------------------------------------------------------------------------------------------------------

    def _moved(
        self,
        kind: str,
        function: str,
        fd: int,
        identity: str,
        began: int,
        data: Any,
        result: Any,
        error: BaseException | None,
    ) -> None:
        """Write a row about a call that goes around the methods of sockets.

        Args:
            kind: What it did, as in `Call.name`.
            function: The function, as in `Call.function`.
            fd: The descriptor.
            identity: The kernel's socket, as `Descriptors` names it.
            began: When it began.
            data: What it sent or received, or received into.
            result: What it returned: a number of bytes, or the bytes.
            error: What it raised, if it did.
        """
        try:
            if identity in self._opened and identity not in self._used and not called_by(_FRAME(2), _AGREES):
                self._used.add(identity)
            size = None if error is not None else result if isinstance(result, int) else len(result)
            moved = b"" if size is None else bytes_of(data, size)
            self._note(kind, function, fd, identity, began, error=error, extra={"size": size, "data": moved})
        except Exception as failure:
            self._failed(failure)

    def _end(
        self,
        sock: Any,
        fd: int,
        identity: str,
        kind: str,
        function: str,
        began: int,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        result: Any,
        error: BaseException | None,
    ) -> None:
        """Write a row about a method that was called, with what it was given, returned and raised."""
        if not identity:  # closed: EBADF, and no socket of the kernel to name
            self._used_gone(sock, kind, function, error)
            return
        try:
            if "flags" in kwargs:
                args = with_flags(function, args, kwargs["flags"])
            if kind == "send":
                extra = sent(sock, function, args, result, error, self._ends, identity)
            elif kind == "recv":
                extra = {} if error is not None else received(sock, function, args, result)
            else:
                extra = self._of_other(sock, identity, kind, args, result, error)
                if function == "connect_ex" and result:
                    error = OSError(result, os.strerror(result))
                function = function.lstrip("_")
            if isinstance(error, TimeoutError):
                extra |= self._timed_out(sock)
            self._note(kind, function, fd, identity, began, error=error, extra=extra)
        except Exception as failure:
            self._failed(failure)

    def _of_other(
        self, sock: Any, identity: str, kind: str, args: tuple[Any, ...], result: Any, error: BaseException | None
    ) -> dict[str, Any]:
        """Return the further fields of the row about a method that neither sends nor receives."""
        extra: dict[str, Any] = {}
        if kind == "accept" and error is None:
            extra = self._accepted(sock, result)
        elif kind in ("bind", "listen"):
            extra = _named(sock, kind, args, error)
        elif kind == "connect":
            local, peer = self._ends(sock, identity, anew=True)
            extra = {"local": local, "peer": peer or address_of(sock, args[0] if args else None)}
        elif kind == "detach" and error is None:
            self._gone[id(sock)] = identity
        argument = argument_of(sock, kind, args)
        return extra | {"argument": argument} if argument else extra

    def _timed_out(self, sock: Any) -> dict[str, Any]:
        """Say where the time-out was set that a socket has, if that was for all new ones."""
        path, line = self._default.path, self._default.line
        return {"holder": f"{path}:{line}"} if line and sock.gettimeout() == socket.getdefaulttimeout() else {}

    def _used_gone(self, sock: Any, kind: str, function: str, error: BaseException | None) -> None:
        """Remember the use of a socket that was closed; it is told if the program dies of it."""
        identity = self._gone.get(id(sock))
        if identity is not None and isinstance(error, OSError) and error.errno == errno.EBADF:
            place, now = self._places.find(_FRAME(3)), _NOW()
            who, where = (_PID(), _THREAD(), identity, -1), (place.path, place.line, place.via)
            row = CallRow(now, now, *who, kind, function.lstrip("_"), *where, error_of(error))
            self._stale = id(error), row

    def _ends(self, sock: Any, identity: str, *, anew: bool = False) -> tuple[Any, Any]:
        """Return the names of both ends. Those of a connection are asked for once, or anew."""
        if anew:
            self._names.pop(identity, None)
        known = self._names.get(identity)
        if known is None:
            known = name_of(sock), peer_of(sock)
            if all(known) and type_of(sock) == "SOCK_STREAM":
                self._names[identity] = known
        return known

    def _accepted(self, sock: Any, result: tuple[int, Any]) -> dict[str, Any]:
        made = _C.__new__(_C)
        try:  # from here on, so that no signal handler of the program's can come between and let it be collected
            _C.__init__(made, sock.family, sock.type, sock.proto, fileno=result[0])
            identity = self._descriptors.identify(result[0], fresh=True)
            local, peer = self._ends(made, identity, anew=True)
            return {
                "made": identity,
                "made_fd": result[0],
                "local": local,
                "peer": peer or address_of(sock, result[1]),  # it may have been reset before accept() returned
                "family": family_of(sock),
                "type": type_of(sock),
            }
        finally:
            made.detach()

    def _note(
        self,
        name: str,
        function: str,
        fd: int,
        identity: str,
        began: int,
        *,
        place: Place | None = None,
        sock: Any = None,
        error: BaseException | None = None,
        extra: dict[str, Any] = _NOTHING,
    ) -> None:
        """Write a row about a call on a socket. The time at which it is entered is when the call ended.

        Args:
            name: What the call did, as in `Call.name`.
            function: The function as the program wrote it, as in `Call.function`.
            fd: The descriptor.
            identity: The kernel's socket, as `Descriptors` names it.
            began: When the call began, in nanoseconds since the epoch.
            place: Where it came from, if that is known already; else the stack tells.
            sock: The socket object, if the row is to say of which family and type it is.
            error: What it raised, if it did.
            extra: Further fields of the row.
        """
        ended = _NOW()
        if place is None:
            place = self._places.find(_FRAME(2), name, self._last.get(identity))
            if place.line is not None and name not in ("collected", "exit", "detach"):
                if place.direct or identity not in self._last:
                    self._last[identity] = place
                if "made" in extra:
                    self._last[extra["made"]] = place
        if sock is not None:
            extra = {**extra, "family": family_of(sock), "type": type_of(sock)}
        if name in ("socket", "socketpair", "accept") and place.via:
            made = extra.get("made", identity) if name == "accept" else identity
            self._opened[made] = self._places.library(_FRAME(2))
        if "data" in extra:
            extra["data"] = self._kept(extra["data"])
        who, where = (_PID(), _THREAD(), identity, fd), (place.path, place.line, place.via)
        self._row(CallRow(began, ended, *who, name, function, *where, error_of(error), **extra))

    def _kept(self, data: bytes) -> bytes:
        """Return what is kept of the bytes that a call moved."""
        kept = data[:PREVIEW] if len(data) > self._room else data
        self._room -= len(kept)
        return kept

    def _again(self, tell: Callable[..., None], *args: Any) -> None:
        """Tell of a call again, because a signal handler of the program's raised before all was written, or just after.

        Args:
            tell: What tells of it.
            args: What that is to be called with.
        """
        self._tells_again = _THREAD()
        try:
            tell(*args)
        finally:
            self._tells_again = 0

    def _row(self, row: Row) -> None:
        if self._finished:
            return
        try:
            if self._tells_again and self._tells_again == _THREAD():
                row = row if isinstance(row, dict) else row.told_again()
            self._write(row)
            if self._lost:
                self._say_what_is_lost()
        except Exception as error:
            self._failed(error)

    def _say_what_is_lost(self) -> None:
        for reason, is_said in self._lost.items():
            if not is_said:
                self._lost[reason] = True
                self._write({"event": "blind", "reason": reason, "pid": _PID()})

    def _failed(self, error: Exception) -> None:
        """Keep an error of the witness's own from the program, and remember that something was not seen.

        Raises:
            Exception: It is not the witness's: a signal handler of the program raised it while the witness ran.
        """
        trace = error.__traceback__
        while trace is not None:
            if self._is_own(trace.tb_frame.f_code):
                raise error
            trace = trace.tb_next
        if len(self._lost) < _REASONS:
            self._lost.setdefault(f"{type(error).__name__}: {error}"[:200], False)

    def _is_own(self, code: CodeType) -> bool:
        try:
            return self._places.own(code) is not None
        except Exception:  # the program has replaced what this needs
            return False
