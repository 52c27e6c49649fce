"""What stands in the place of the methods of a socket: each makes the same call, and then writes what it did.

These are the calls that a program makes most. A row says what was given, returned and raised, and between which ends.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from functools import wraps

from socktrace.calls import cpython
from socktrace.calls.closings import Collected
from socktrace.calls.descriptors import LINUX
from socktrace.calls.facts import (
    address_of,
    argument_of,
    bytes_of,
    fileno_of,
    given,
    is_in_use,
    name_of,
    peer_of,
    received,
    type_of,
    with_flags,
    with_listed_buffers,
)
from socktrace.calls.holders import holder
from socktrace.calls.places import called_by
from socktrace.calls.telling import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from socktrace.calls.closings import Closings
    from socktrace.calls.files import Files
    from socktrace.calls.gone import Gone
    from socktrace.calls.notes import Notes
    from socktrace.calls.places import Place

_C = cpython.CSocket
_NOW, _FRAME = time.time_ns, cpython.frame
"""As they are before a program replaces them."""
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
"""What each method does, as in `Call.name`."""
_SAYS_WHO = frozenset(name for name in _RECVS if name.startswith(("recvfrom", "recvmsg")))
_ANY = ("0.0.0.0", "::")
"""Where a listener waits that takes connections to whichever of its host's addresses."""
_TLS = {"send": "send", "write": "send", "read": "recv"}
"""The methods of `ssl.SSLSocket` that move bytes without calling those of `socket.socket`, and what each does."""


class _Beside(type):
    """What the class in the place of `_socket.socket` is where it does not stand above `socket.socket`.

    It counts the objects of that one as its own, as they would be.
    """

    def __instancecheck__(cls, one: Any) -> bool:
        return isinstance(one, _C) if cls is cpython.c_module.socket else super().__instancecheck__(one)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, _C) if cls is cpython.c_module.socket else super().__subclasscheck__(kind)


class Methods:
    """Watches the methods of `socket.socket`, and `socket.socketpair`.

    Args:
        notes: What is known of each socket, and takes the rows.
        closings: Watches the method that closes.
        gone: Takes the use of a socket that was closed.
        files: Watches `makefile`.
        look_for_libraries: Is called when a socket is made: what made it has been loaded by then.
    """

    def __init__(
        self, notes: Notes, closings: Closings, gone: Gone, files: Files, look_for_libraries: Callable[[], None]
    ) -> None:
        self._notes = notes
        self._telling = notes.telling
        self._closings = closings
        self._gone = gone
        self._files = files
        self._look_for_libraries = look_for_libraries
        self._watches_tls = False
        self._default: Place | None = None  # where the time-out was set that new sockets have

    def install(self) -> None:
        """Put a class of these methods between `socket.socket` and the one written in C."""
        members: dict[str, Any] = {
            name: self._method(name, kind, getattr(_C, name)) for name, kind in _METHODS.items() if hasattr(_C, name)
        }
        members["__init__"] = self._init(_C.__init__)
        members["close"] = self._closings.close
        members[cpython.collect_method] = Collected(getattr(_C, cpython.collect_method), self._closings.collected)
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
        socket.socket.makefile = self._files.watched(socket.socket.makefile)  # type: ignore[method-assign]
        defaults = self._telling.told_first(self._sets_default, socket.setdefaulttimeout)
        cpython.c_module.setdefaulttimeout = socket.setdefaulttimeout = defaults
        if hasattr(cpython.c_module, "socketpair"):
            cpython.c_module.socketpair = self._socketpair(cpython.c_module.socketpair)

    # -- calls on a socket -------------------------------------------------------------------------------------------

    def _method(self, name: str, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
        takes_many = name in ("sendmsg", "recvmsg_into")
        tell = {"send": self._sent, "recv": self._received}.get(kind, self._done)

        @wraps(original)
        def method(sock: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if takes_many:
                    args = with_listed_buffers(args)
                fd, identity, began = self._begin(sock)
                try:
                    result = original(sock, *args, **kwargs)
                except BaseException as error:
                    self._end(tell, sock, fd, identity, kind, name, began, args, kwargs, None, error)
                    raise
                try:
                    self._end(tell, sock, fd, identity, kind, name, began, args, kwargs, result, None)
                except BaseException:  # of a signal handler of the program's
                    seen = (tell, sock, fd, identity, kind, name, began, args, kwargs, result, None)
                    self._telling.again(self._end, *seen)
                    if kind in ("accept", "detach"):  # a descriptor that nobody will ever have
                        cpython.c_module.close(result[0] if kind == "accept" else result)
                    raise
                return result
            except BaseException as error:
                unseen(error)
                raise

        return method

    def _begin(self, sock: Any) -> tuple[int, str, int]:
        """Return a socket's descriptor and identity, and the time, before a call: others may close it meanwhile."""
        try:
            fd = fileno_of(sock)
            return fd, self._notes.descriptors.identity(fd) if fd >= 0 else "", _NOW()
        except Exception as error:
            if isinstance(sock, _C):  # what is no socket, the method itself will refuse
                self._telling.failed(error)
            return -1, "", 0

    def _end(
        self,
        tell: Callable[..., None],
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
        """Write a row about a method that was called, with what it was given, returned and raised.

        Args:
            tell: Writes the row, with what calls of this kind have to tell.
            sock: The socket object.
            fd: The descriptor that it had.
            identity: The kernel's socket that it had; `""` if it was closed.
            kind: What the call did, as in `Call.name`.
            function: The method.
            began: When the call began, in nanoseconds since the epoch.
            args: What the method was given.
            kwargs: What it was given by name.
            result: What it returned.
            error: What it raised, if it did.
        """
        if not identity:  # closed: EBADF, and no socket of the kernel to name
            self._gone.used(sock, kind, function, error)
            return
        try:
            if kwargs and "flags" in kwargs:
                args = with_flags(function, args, kwargs["flags"])
            tell(sock, fd, identity, kind, function, began, args, result, error)
        except Exception as failure:
            self._telling.failed(failure)

    def _sent(
        self,
        sock: Any,
        fd: int,
        identity: str,
        kind: str,
        function: str,
        began: int,
        args: Any,
        result: Any,
        error: Any,
    ) -> None:
        data, target = given(function, args)
        local, peer = self._notes.ends(sock, identity) if target is None else (name_of(sock), address_of(sock, target))
        if error is not None:
            known = (kind, function, fd, identity, began)
            self._notes.call(*known, error=error, local=local, peer=peer, holder=self._timed_by(sock, error))
            return
        length = len(data) if type(data) is bytes else memoryview(data).nbytes
        size = length if result is None else result
        asked = length if length > size else None
        known = (kind, function, fd, identity, began)
        self._notes.call(*known, size=size, data=bytes_of(data, size), local=local, peer=peer, asked=asked)

    def _received(
        self,
        sock: Any,
        fd: int,
        identity: str,
        kind: str,
        function: str,
        began: int,
        args: Any,
        result: Any,
        error: Any,
    ) -> None:
        if error is not None:
            by = self._timed_by(sock, error)
            self._notes.call(kind, function, fd, identity, began, error=error, holder=by)
            return
        size, data, argument = received(function, args, result)
        peer = address_of(sock, result[-1]) if function in _SAYS_WHO else None
        self._notes.call(kind, function, fd, identity, began, size=size, data=data, peer=peer, argument=argument)

    def _done(
        self,
        sock: Any,
        fd: int,
        identity: str,
        kind: str,
        function: str,
        began: int,
        args: Any,
        result: Any,
        error: Any,
    ) -> None:
        """Write a row about any other call."""
        more: dict[str, Any] = {}
        if kind == "accept" and error is None:
            more = self._accepted(sock, identity, result)
        elif kind in ("bind", "listen"):
            more = self._named(sock, kind, identity, args, error)
        elif kind == "connect":
            local, peer = self._notes.ends(sock, identity, anew=True)
            more = {"local": local, "peer": peer or address_of(sock, args[0] if args else None)}
        elif kind == "detach" and error is None:
            self._gone.went(sock, identity)
        if function == "connect_ex" and result:
            error = OSError(result, os.strerror(result))
        if by := self._timed_by(sock, error):
            more["holder"] = by
        argument = argument_of(sock, kind, args)
        self._notes.call(kind, function.lstrip("_"), fd, identity, began, error=error, argument=argument, **more)

    def _accepted(self, sock: Any, identity: str, result: tuple[int, Any]) -> dict[str, Any]:
        """Return what is told of a socket that was accepted: it is of the listener's kind, and often of its name.

        Nobody is asked for what is known: to ask the kernel lets another thread of the program go first.
        """
        made = self._notes.descriptors.identify(result[0], fresh=True)
        bound = self._notes.life(identity).bound
        local = bound if bound and bound[0] not in _ANY else _name_of_descriptor(sock, result[0])
        peer = address_of(sock, result[1])
        life = self._notes.life(made)
        life.is_unclaimed = True
        if local and peer and type_of(sock) == "SOCK_STREAM":
            life.ends = local, peer
        return {"made": made, "made_fd": result[0], "local": local, "peer": peer, "sock": sock}

    def _named(
        self, sock: Any, kind: str, identity: str, args: tuple[Any, ...], error: BaseException | None
    ) -> dict[str, Any]:
        """Return the name that a socket got, or who has the one that it did not get."""
        local = name_of(sock)
        if error is None:
            self._notes.life(identity).bound = local
        if not is_in_use(error) or not LINUX:
            return {"local": local}
        wanted = address_of(sock, args[0]) if kind == "bind" and args else local
        return {"local": local, "holder": holder(type_of(sock), wanted[1]) if wanted and wanted[1] else ""}

    # -- the time-out of all new sockets -----------------------------------------------------------------------------

    def _sets_default(self, seconds: Any = None, *_: Any) -> None:
        place = self._notes.places.find(_FRAME(3))
        self._default = None if seconds is None or place.line is None else place

    def _timed_by(self, sock: Any, error: BaseException | None) -> str:
        """Say where the time-out of a socket was set, if a call met it and it is the one of all new sockets."""
        default = self._default
        if default is None or not isinstance(error, TimeoutError):
            return ""
        return f"{default.path}:{default.line}" if sock.gettimeout() == socket.getdefaulttimeout() else ""

    # -- how a socket is made ----------------------------------------------------------------------------------------

    def _init(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def __init__(sock: Any, *args: Any, **kwargs: Any) -> None:
            try:
                began, is_new = _NOW(), isinstance(sock, _C) and fileno_of(sock) < 0
                try:
                    original(sock, *args, **kwargs)
                    self._made(sock, kwargs.get("fileno", args[3] if len(args) > 3 else None), began)
                except BaseException:
                    if is_new and fileno_of(sock) >= 0:  # a signal handler of the program's: nobody will ever have it
                        fileno = kwargs.get("fileno", args[3] if len(args) > 3 else None)
                        self._telling.again(self._made, sock, fileno, began)
                        self._closings.close(sock)
                    raise
            except BaseException as error:
                unseen(error)
                raise

        return __init__

    def _made(self, sock: Any, fileno: Any, began: int) -> None:
        try:
            fd = fileno_of(sock)
            self._gone.came(sock)
            known = self._notes.descriptors.last(fd)
            if fileno is not None and known is not None and self._notes.life(known).is_unclaimed:
                identity = known  # accept() has just asked
            else:
                identity = self._notes.descriptors.identify(fd, fresh=fileno is None)
            self._notes.life(identity).is_unclaimed = False
            tls = "ssl" in sys.modules and isinstance(sock, sys.modules["ssl"].SSLSocket)
            if tls and not self._watches_tls:
                self._watch_tls()
            self._look_for_libraries()
            if called_by(_FRAME(2), cpython.FINALIZERS):  # what a finalizer opens, it may close
                self._notes.life(identity).is_short_lived = True
            if fileno is None:
                self._notes.call("socket", "socket", fd, identity, began, sock=sock)
            elif known != identity or tls:
                local, peer = name_of(sock), peer_of(sock)
                self._notes.call("adopt", "socket", fd, identity, began, sock=sock, tls=tls, local=local, peer=peer)
        except Exception as error:
            self._telling.failed(error)

    def _socketpair(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def socketpair(*args: Any, **kwargs: Any) -> Any:
            try:
                began = _NOW()
                pair = original(*args, **kwargs)
                try:
                    self._paired(pair, began)
                except BaseException:  # of a signal handler of the program's: nobody will ever have them
                    self._telling.again(self._paired, pair, began)
                    for one in pair:
                        self._closings.close(one)
                    raise
                return pair
            except BaseException as error:
                unseen(error)
                raise

        return socketpair

    def _paired(self, pair: tuple[Any, Any], began: int) -> None:
        try:
            identify, call = self._notes.descriptors.identify, self._notes.call
            one, other = ((fileno_of(end), identify(fileno_of(end), fresh=True)) for end in pair)
            call("socketpair", "socketpair", *one, began, sock=pair[0], made=other[1])
            call("socketpair", "socketpair", *other, began, sock=pair[1])
        except Exception as error:
            self._telling.failed(error)

    # -- TLS ---------------------------------------------------------------------------------------------------------

    def _watch_tls(self) -> None:
        """Watch the methods of `ssl.SSLSocket` that move bytes without calling those of `socket.socket`."""
        self._watches_tls = True
        ssl_socket = sys.modules["ssl"].SSLSocket
        for name, kind in _TLS.items():
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
                    self._notes.moved(kind, f"ssl.{name}", fd, identity, began, None, None, error)
                    raise
                into = args[1] if isinstance(result, int) and len(args) > 1 else result
                data = args[0] if kind == "send" else into
                self._notes.moved(kind, f"ssl.{name}", fd, identity, began, data, result, None)
                return result
            except BaseException as error:
                unseen(error)
                raise

        return method


def _name_of_descriptor(listener: Any, fd: int) -> list[Any] | None:
    """Return the name of a socket that has no object yet.

    Args:
        listener: The socket that accepted it.
        fd: Its descriptor.
    """
    made = _C.__new__(_C)
    try:  # from here on, so that no signal handler of the program's can come between and let it be collected
        _C.__init__(made, listener.family, listener.type, listener.proto, fileno=fd)
        return name_of(made)
    finally:
        made.detach()
