"""Witness 1, inside the program's own process: each socket call, its result or errno, and the line that made it.

It replaces the methods of `socket.socket` and a few functions of `os` by ones that do the same and then write a row. It
works wherever Python does. Bytes that go around these methods (C extensions, the `ssl` module's
records) are not seen here; the packets and the kernel's own tables are there to tell.
"""

from __future__ import annotations

import base64
import functools
import os
import socket
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

from socktrace import cpython
from socktrace.call_facts import (
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
)
from socktrace.descriptors import LINUX, Descriptors
from socktrace.stands import standing, tasks, threads

PREVIEW = 48
_ROOM = 64 << 20  # bytes that are kept of what a process moves; of what comes later only the beginning is
_C = cpython.CSocket
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
_TRANSPARENT = ("socket", __name__)
_LIBRARIES = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
_FOREIGN = tuple(os.path.realpath(path) + os.sep for path in (*_LIBRARIES, os.path.dirname(__file__)))
_RUNNER = os.path.join(os.path.dirname(__file__), "program.py")
"""What runs the program; what called that is not the program's."""
_GRACE = 0.1
"""How many seconds a thread gets to end after the program: a library that was told to shut down may not have waited for
its own. Only a program that leaves threads behind waits that long."""
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname")


_PRESENT = "socktrace_witness"
"""The attribute of the class in the place of `_socket.socket` that is the witness of this process."""


def present() -> Witness | None:
    """Return the witness that watches this process already, whichever copy of this module it comes from."""
    return getattr(cpython.c_module.socket, _PRESENT, None)


class _Place(NamedTuple):
    """Where a call came from: the program's own file and line, whether a finalizer made it, through which module."""

    path: str | None
    line: int | None
    collected: bool
    via: str


class Witness:
    """Watches the socket calls of this process and of the children it forks.

    Args:
        write: Takes each row of what is seen, a dictionary that JSON can hold.
        program: The program's file, so that lines in it can be told from those of libraries; `None` if there is no
            such file, and then all files are its own that are neither of the library nor of an installed package.
        inodes: Whether the kernel numbers sockets, as Linux does; see `Descriptors`.
    """

    def __init__(
        self, write: Callable[[dict[str, Any]], None], program: str | Path | None, *, inodes: bool = LINUX
    ) -> None:
        self._write = write
        self._program = os.path.realpath(program) if program else ""
        self.folder = os.path.dirname(self._program) if program else os.getcwd()
        # Where each file of code is, "" if it is not the program's own. The program may change its folder, and then
        # its name as given would lead elsewhere.
        self._own: dict[str, str] = {str(program): self._program} if program else {}
        self._descriptors = Descriptors(inodes=inodes)
        self._pid = os.getpid()
        self._room = _ROOM
        self._watches_tls = False
        self._exit = os._exit

    def install(self) -> None:
        """Start watching. It cannot be undone: the process belongs to the program from here on."""
        names = [name for name in _METHODS if hasattr(_C, name)]
        members: dict[str, Any] = {name: self._method(name, _METHODS[name], getattr(_C, name)) for name in names}
        for name in names:
            original = vars(socket.socket).get(name)  # detach() has a part written in Python
            setattr(socket.socket, name, self._method(name, _METHODS[name], original) if original else members[name])
        members["__init__"] = self._init(_C.__init__, inherited=True)
        members["close"] = self._close("close", _C.close)
        members[cpython.collect_method] = self._del(getattr(_C, cpython.collect_method))
        socket.socket.__init__ = self._init(socket.socket.__init__)  # type: ignore[method-assign]
        closed = self._close("close", getattr(socket.socket, cpython.close_method))
        setattr(socket.socket, cpython.close_method, closed)
        setattr(socket.socket, cpython.collect_method, members[cpython.collect_method])
        members[_PRESENT] = self
        cpython.c_module.socket = type("socket", (_C,), members)
        self._install_functions()
        sys.addaudithook(self._audit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def _install_functions(self) -> None:
        if hasattr(cpython.c_module, "socketpair"):
            cpython.c_module.socketpair = self._socketpair(cpython.c_module.socketpair)
        closes = functools.partial(self._descriptor_call, "close")
        cpython.c_module.close = socket.close = closes("socket.close", socket.close)
        os.close = closes("os.close", os.close)
        os.read = self._descriptor_call("recv", "os.read", os.read)
        os.write = self._descriptor_call("send", "os.write", os.write)
        if hasattr(os, "sendfile"):
            os.sendfile = self._descriptor_call("send", "os.sendfile", os.sendfile)
        os._exit = self._leave  # type: ignore[assignment]

    def share(self, write: Callable[[dict[str, Any]], None]) -> None:
        """Let somebody else have each row from now on, too.

        Args:
            write: Takes each row, after the one that the witness was made with.
        """
        first = self._write

        def both(row: dict[str, Any]) -> None:
            first(row)
            write(row)

        self._write = both

    def line_of(self, frame: FrameType | None) -> tuple[str, int] | None:
        """Return the program's own file, its whole path, and line that led to a frame; `None` if there is none.

        Args:
            frame: Where a thread stands, or stood.
        """
        place = self._where(frame)
        if place.path is None or place.line is None:
            return None
        return os.path.join(self.folder, place.path) if place.path else self._program, place.line

    def own(self, code: CodeType) -> str | None:
        """Return the file of the program's own code, as in `Call.path`; `None` if it is not its own."""
        path = self._own_file(code.co_filename)
        return None if not path else "" if path == self._program else os.path.relpath(path, self.folder)

    def stands(self, frame: FrameType | None) -> list[dict[str, Any]]:
        """Return where each thread and task of the program stands, the main thread first.

        Args:
            frame: The innermost frame of the main thread.
        """
        return [*threads(self, frame), *tasks(self, frame)]

    def known(self, fd: int) -> str | None:
        """Return the identity of the socket that a descriptor is known to have, `None` if it has none."""
        return self._descriptors.known(fd)

    def finish(self) -> None:
        """Say what outlives the program in this process: its threads, and the sockets that are still open."""
        for thread in threading.enumerate() if os.getpid() == self._pid else ():
            if thread is not threading.current_thread():
                thread.join(_GRACE)  # a library's thread may be on its way out
            if thread is not threading.current_thread() and thread.is_alive():
                at = standing(self, cpython.frame_of(thread))
                who = {"name": thread.name, "daemon": thread.daemon, "tid": thread.native_id, "pid": os.getpid()}
                self._write({"event": "thread", **who, **at})
        for fd, identity in self._descriptors.still_open().items():
            self._note("exit", "", fd, identity, began=time.time_ns(), place=_Place(None, None, False, ""))
        self._write({"event": "end", "pid": os.getpid()})

    def leave(self, status: int) -> None:
        """End this process at once with an exit status, as `os._exit` did before it was watched."""
        self._exit(status)

    def _leave(self, status: int) -> None:
        self.finish()
        self._exit(status)

    def _forked(self) -> None:
        self._write({"event": "forked", "pid": os.getpid(), "parent": os.getppid()})

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _LOOKUPS and isinstance(args[0], (str, bytes)):
            name = args[0] if isinstance(args[0], str) else args[0].decode(errors="replace")
            place = self._where(cpython.frame(1))
            self._write({"event": "lookup", "name": name, "path": place.path, "line": place.line})
        if event == "os.exec":
            for fd, identity in self._descriptors.still_open().items():
                if not os.get_inheritable(fd):
                    self._note("exec", "os.exec", fd, identity, began=time.time_ns())

    # -- replacements ------------------------------------------------------------------------------------------------

    def _method(self, name: str, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def method(sock: Any, *args: Any, **kwargs: Any) -> Any:
            fd = _C.fileno(sock)
            if fd < 0:  # closed: EBADF, and no socket of the kernel to name
                return original(sock, *args, **kwargs)
            identity = self._descriptors.identity(
                fd
            )  # before the call: another thread may close the descriptor meanwhile
            began = time.time_ns()
            try:
                result = original(sock, *args, **kwargs)
            except BaseException as error:
                self._result(sock, fd, identity, kind, name, began, args, None, error)
                raise
            if "flags" in kwargs:
                args = with_flags(name, args, kwargs["flags"])
            self._result(sock, fd, identity, kind, name, began, args, result, None)
            return result

        return method

    def _watch_tls(self) -> None:
        """Watch the methods of `ssl.SSLSocket` that move bytes without calling those of `socket.socket`."""
        ssl_socket = sys.modules["ssl"].SSLSocket
        for name, kind in {"send": "send", "write": "send", "read": "recv"}.items():
            setattr(ssl_socket, name, self._tls_method(name, kind, vars(ssl_socket)[name]))

    def _tls_method(self, name: str, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def method(sock: Any, *args: Any, **kwargs: Any) -> Any:
            if not cpython.speaks_tls(sock):
                return original(sock, *args, **kwargs)
            fd, began = _C.fileno(sock), time.time_ns()
            identity = self._descriptors.identity(fd)
            try:
                result = original(sock, *args, **kwargs)
            except BaseException as error:
                self._note(kind, f"ssl.{name}", fd, identity, began=began, error=error)
                raise
            size = result if isinstance(result, int) else len(result)
            source = args[0] if kind == "send" else args[1] if isinstance(result, int) and len(args) > 1 else result
            self._note(kind, f"ssl.{name}", fd, identity, began=began, size=size, data=bytes_of(source, size))
            return result

        return method

    def _init(self, original: Callable[..., Any], *, inherited: bool = False) -> Callable[..., Any]:
        @functools.wraps(original)
        def __init__(sock: Any, *args: Any, **kwargs: Any) -> None:
            began = time.time_ns()
            original(sock, *args, **kwargs)
            if inherited and isinstance(sock, socket.socket):
                return  # socket.socket.__init__ has called this one and will tell
            fileno = kwargs.get("fileno", args[3] if len(args) > 3 else None)
            fd = _C.fileno(sock)
            known = self._descriptors.last(fd)
            identity = self._descriptors.identify(fd, fresh=fileno is None)
            tls = "ssl" in sys.modules and isinstance(sock, sys.modules["ssl"].SSLSocket)
            if tls and not self._watches_tls:
                self._watches_tls = True
                self._watch_tls()
            if fileno is None:
                self._note("socket", "socket", fd, identity, began=began, sock=sock)
            elif known != identity or tls:
                self._note(
                    "adopt",
                    "socket",
                    fd,
                    identity,
                    began=began,
                    sock=sock,
                    local=name_of(sock),
                    peer=peer_of(sock),
                    tls=tls,
                )

        return __init__

    def _close(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def close(sock: Any, *args: Any, **kwargs: Any) -> None:
            fd = _C.fileno(sock)
            if fd < 0:
                original(sock, *args, **kwargs)
                return
            identity, place, began = self._descriptors.identify(fd), self._where(cpython.frame(1)), time.time_ns()
            self._descriptors.forget(fd)
            original(sock, *args, **kwargs)
            self._note("collected" if place.collected else "close", function, fd, identity, began=began, place=place)

        return close

    def _del(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def __del__(sock: Any) -> None:
            fd = _C.fileno(sock)
            if fd >= 0:
                self._note("collected", "", fd, self._descriptors.identify(fd), began=time.time_ns())
                self._descriptors.forget(fd)
            original(sock)

        return __del__

    def _socketpair(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def socketpair(*args: Any, **kwargs: Any) -> Any:
            began = time.time_ns()
            pair = original(*args, **kwargs)
            fds = [_C.fileno(end) for end in pair]
            identities = [self._descriptors.identify(fd, fresh=True) for fd in fds]
            self._note("socketpair", "socketpair", fds[0], identities[0], began=began, sock=pair[0], made=identities[1])
            self._note("socketpair", "socketpair", fds[1], identities[1], began=began, sock=pair[1])
            return pair

        return socketpair

    def _descriptor_call(self, kind: str, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Watch a function whose first argument is a descriptor, when that is one of the program's sockets."""

        @functools.wraps(original)
        def call(fd: Any, *args: Any, **kwargs: Any) -> Any:
            identity = self._descriptors.known(fd)
            if identity is None:
                return original(fd, *args, **kwargs)
            began = time.time_ns()
            if kind == "close":
                self._descriptors.forget(fd)
            try:
                result = original(fd, *args, **kwargs)
            except BaseException as error:
                self._note(kind, function, fd, identity, began=began, error=error)
                raise
            size = None if kind == "close" else result if isinstance(result, int) else len(result)
            data = bytes_of(args[0] if kind == "send" and args else result, size)
            self._note(kind, function, fd, identity, began=began, size=size, data=data)
            return result

        return call

    # -- notes -------------------------------------------------------------------------------------------------------

    def _result(
        self,
        sock: Any,
        fd: int,
        identity: str,
        kind: str,
        function: str,
        began: int,
        args: tuple[Any, ...],
        result: Any,
        error: BaseException | None,
    ) -> None:
        extra: dict[str, Any] = {}
        if kind == "accept" and error is None:
            extra = self._accepted(sock, result)
        elif kind in ("bind", "listen"):
            extra["local"] = name_of(sock)
        elif kind == "connect":
            extra = {"local": name_of(sock), "peer": peer_of(sock) or address_of(sock, args[0] if args else None)}
        elif kind == "send":
            extra = sent(sock, function, args, result, error)
        elif kind == "recv" and error is None:
            extra = received(sock, function, args, result)
        if function == "connect_ex" and result:
            error = OSError(result, os.strerror(result))
        extra = {"argument": argument_of(sock, kind, args), **extra}
        self._note(kind, function.lstrip("_"), fd, identity, began=began, error=error, **extra)

    def _accepted(self, sock: Any, result: tuple[int, Any]) -> dict[str, Any]:
        made = _C(sock.family, sock.type, sock.proto, fileno=result[0])
        extra = {
            "made": self._descriptors.identify(result[0], fresh=True),
            "made_fd": result[0],
            "local": name_of(made),
            "peer": peer_of(made),
        }
        extra |= {
            "family": sock.family.name if hasattr(sock.family, "name") else str(sock.family),
            "type": type_of(sock),
        }
        if extra["peer"] is None:
            extra["peer"] = address_of(sock, result[1])  # it may have been reset before accept() returned
        made.detach()
        return extra

    def _note(
        self,
        name: str,
        function: str,
        fd: int,
        identity: str,
        *,
        began: int,
        place: _Place | None = None,
        sock: Any = None,
        error: BaseException | None = None,
        **extra: Any,
    ) -> None:
        """Write a row about a call on a socket.

        It is called straight from what stands in place of the program's call: its caller's frame is the first one that
        is looked at, and the time at which it is entered is when the call ended.

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
        ended = time.time_ns()
        path, line, _, via = place or self._where(cpython.frame(1))
        if sock is not None:
            extra |= {"family": family_of(sock), "type": type_of(sock)}
        if "data" in extra:
            extra["data"] = self._kept(extra["data"])
        self._write(
            {
                "event": "call",
                "at": began,
                "until": ended,
                "pid": os.getpid(),
                "tid": threading.get_native_id(),
                "identity": identity,
                "fd": fd,
                "name": name,
                "function": function,
                "path": path,
                "line": line,
                "via": via,
                "error": error_of(error),
                **extra,
            }
        )

    def _kept(self, data: bytes) -> str:
        """Return what the log keeps of the bytes that a call moved, in base64."""
        kept = data[:PREVIEW] if len(data) > self._room else data
        self._room -= len(kept)
        return base64.b64encode(kept).decode()

    def _where(self, frame: Any) -> _Place:
        """Walk the stack up to the program's own line, and on, to see whether a finalizer is at work."""
        path, line, collected, via = None, None, False, ""
        while frame is not None and frame.f_code.co_filename != _RUNNER:
            code = frame.f_code
            collected = collected or code.co_name == "__del__"
            if line is None:
                if own := self._own_file(code.co_filename):
                    path, line = own, frame.f_lineno
                elif frame.f_globals.get("__name__") not in _TRANSPARENT:
                    via = via or str(frame.f_globals.get("__name__"))
            frame = frame.f_back
        if path is not None:
            path = "" if path == self._program else os.path.relpath(path, self.folder)
        return _Place(path, line, collected, via)

    def _own_file(self, filename: str) -> str:
        known = self._own.get(filename)
        if known is None:
            real = os.path.realpath(filename)
            is_own = real == self._program or (
                not filename.startswith("<") and not real.startswith(_FOREIGN) and os.path.exists(real)
            )
            self._own[filename] = known = real if is_own else ""
        return known
