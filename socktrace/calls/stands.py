"""Inside the program: at which of its own lines a thread or a task stands, and what it waits for there.

A thread is asked by its stack. A task of an event loop has none while it waits; but the coroutines that wait for one
another lie in memory, whatever loop runs them: of `asyncio`, Trio or AnyIO.
"""

from __future__ import annotations

import gc
import sys
import time
from types import CoroutineType

from socktrace.calls import cpython
from socktrace.calls.places import is_witness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import CodeType, FrameType
    from typing import Any, Protocol

    class Watching(Protocol):
        """What knows the program's own lines and its sockets."""

        def own(self, code: CodeType) -> str | None:
            """Return the file of the program's own code, as in `Call.path`; `None` if it is not its own."""
            ...

        def known(self, fd: int) -> str | None:
            """Return the identity of the socket that a descriptor has, `None` if it has none."""
            ...


_POOLS = frozenset(
    (
        *("_get_conn", "_put_conn"),  # urllib3
        *("getconn", "get_connection"),  # psycopg_pool, redis
        *("_do_get", "_checkout"),  # SQLAlchemy, pymongo
        "_wait_for_available_connection",  # aiohttp
        "wait_for_connection",  # httpcore
    )
)
"""The functions of libraries in which one waits until a pool of connections has one that is free."""
LOOPS = ("run", "run_until_complete", "run_forever")
"""The functions of asyncio that run an event loop."""
_SELECTS = ("select", "poll")
"""The functions written in C in which one waits until a socket is ready."""
_COROUTINE = 0x80
"""The flag of the code of an `async def` (CO_COROUTINE, `inspect`)."""
_NURSERIES = ("NurseryManager.__aexit__", "TaskGroup.__aexit__")
"""In what a task waits for those that it has started, in Trio, and in AnyIO and asyncio."""
_DEEP = 100
"""How many levels of awaiting are followed."""
_FIONREAD, _PAGE = 0x541B, 4096
"""How one asks how many bytes lie in a pipe (ioctl_tty(2)), and how many fit into a part of one."""
_NOW = time.monotonic
"""As it is before a program replaces it."""


def standing(witness: Watching, frame: FrameType | None) -> dict[str, Any]:
    """Say where a thread stands, and what it waits for.

    Args:
        witness: What knows the program's own lines and its sockets.
        frame: The innermost frame of the thread.

    Returns:
        `path` and `line` of the program's own line; `function` that it calls there; `call`, the kind of the call on a
        socket in which it waits, and `identity`, that socket; `on`, the name of the thread whose end it waits for, or
        `asleep` of an event loop that sleeps though it has something to call, or `pool` if it waits for a connection.
    """
    row: dict[str, Any] = {"path": None, "line": None}
    called: FrameType | None = None  # by the frame that is looked at
    while frame is not None:
        path = witness.own(frame.f_code)
        if path is not None:
            row |= {"path": path, "line": frame.f_lineno}
            if called is None and cpython.enters(frame):
                row["function"] = "acquire"  # what waits where one enters it, and is written in C, is a lock
            elif called is None and (name := cpython.called_from(frame)) in _SELECTS:
                row["function"] = name
            break
        name = frame.f_code.co_name
        if _is_in(frame, "threading") and name in ("_bootstrap_inner", "_shutdown", "run"):
            called = frame if name == "_shutdown" else called
            break  # what a thread was to do is no line of the program's, such as `serve_forever`
        if name == "run" and cpython.is_loop(frame.f_code):
            break  # nor is what a pool was to call
        _of_library(witness, row, frame, called)
        called, frame = frame, frame.f_back
    if called is not None:
        row |= _called(witness, called, row.pop("watched", ""))
        if "on" not in row and _is_in_loop(frame):
            row["on"] = "blocks"
        if "on" not in row and "call" in row and _stops_greenlets():
            row["on"] = "unpatched"
    return row


def _of_library(witness: Watching, row: dict[str, Any], frame: FrameType, called: FrameType | None) -> None:
    """Put into what is said of a thread what the frame of a library tells of it.

    Args:
        witness: What knows the program's sockets.
        row: What is said so far.
        frame: The frame.
        called: The one that it called.
    """
    name, module = frame.f_code.co_name, frame.f_globals.get("__name__")
    if is_witness(frame):
        row |= _watched(frame)
    if name == "do_handshake" and module == "ssl":
        row |= {"identity": witness.known(descriptor_in(frame.f_locals)), "call": "recv"}
    if name == "select" and module == "selectors" and "identity" not in row:
        row |= _selected(witness, frame)
    if name in _POOLS and "identity" not in row:
        row["on"] = "pool"
    if name == "_finalize_join" and module == "multiprocessing.queues":
        row["on"] = "queued"
    is_asleep = name == "_run_once" and called and called.f_code.co_name == "select"
    if is_asleep and frame.f_locals.get("timeout") != 0 and _has_more(frame):  # with 0 it only looks, and goes on
        row["on"] = "asleep"


def _stops_greenlets() -> bool:
    """Say whether there are greenlets, and a call on a socket lets none of them go on while it waits."""
    hub, patcher = sys.modules.get("gevent.monkey"), sys.modules.get("eventlet.patcher")
    if hub is not None:
        return not hub.is_module_patched("socket")
    served = sys.modules.get("gevent") or sys.modules.get("eventlet.hubs.hub")
    return served is not None and not (patcher and patcher.is_monkey_patched("socket"))


def _selected(witness: Watching, frame: FrameType) -> dict[str, Any]:
    """Say for which socket one waits in `selectors`, if it is only one, and no loop's."""
    if frame.f_back is None or frame.f_back.f_code.co_name in ("_run_once", "serve_forever"):
        return {}
    waits = getattr(frame.f_locals.get("self"), "_fd_to_key", {})
    identity = witness.known(next(iter(waits))) if len(waits) == 1 else None
    return {"identity": identity, "call": "recv"} if identity and next(iter(waits.values())).events == 1 else {}


def _is_in_loop(frame: FrameType | None) -> bool:
    """Say whether an event loop has called what leads to a frame, and waits until that returns."""
    while frame is not None:
        if frame.f_code.co_flags & _COROUTINE:  # what runs it is a loop, though it may be written in C
            return True
        if cpython.is_loop(frame.f_code):
            return frame.f_code.co_name != "run"  # which is a thread of a pool
        frame = frame.f_back
    return False


def _has_more(loop: FrameType) -> bool:
    return bool(cpython.about_to_run(loop.f_locals.get("self")))


def _is_in(frame: FrameType, module: str) -> bool:
    return frame.f_globals.get("__name__") == module


def _watched(frame: FrameType) -> dict[str, Any]:
    """Read off the frame of a watched call on which socket it waits."""
    known = frame.f_locals
    if not known.get("identity") or "kind" not in known:
        return {}
    function = str(known.get("name") or known.get("function"))
    return {"identity": known["identity"], "call": known["kind"], "watched": function.lstrip("_")}


def _called(witness: Watching, frame: FrameType, watched: str) -> dict[str, Any]:
    """Name the function that the program's own line called, and whom it waits for there.

    Args:
        witness: What knows the program's sockets.
        frame: The frame of that function.
        watched: The function of a socket in which it waits, if it does.
    """
    name, subject = frame.f_code.co_name, frame.f_locals.get("self")
    if is_witness(frame) and name == "wait":
        return {"function": f"os.{frame.f_locals['original'].__name__}"}
    if is_witness(frame) or frame.f_globals.get("__name__") == "socket":
        return {"function": watched or name}
    if frame.f_code.co_filename.startswith("<frozen importlib"):
        return {"function": "import"}
    if found := _for_others(frame):
        return found
    found = {"function": name}
    if name == "join":
        found["on"] = str(getattr(subject, "name", ""))
    if name == "serve_forever" and not watched:  # else it serves a client, in this thread
        fd = getattr(getattr(subject, "socket", None), "fileno", lambda: -1)()
        found |= {"identity": witness.known(fd), "call": "accept"}
    return found


def _for_others(frame: FrameType) -> dict[str, Any]:
    """Say of a function of a library that it waits for a process, or for a pool; nothing of any other."""
    name, module, subject = frame.f_code.co_name, str(frame.f_globals.get("__name__")), frame.f_locals.get("self")
    if name == "join" and module == "multiprocessing.process":
        return {"function": "Process.join"}
    if name == "wait" and module == "subprocess":
        return {"function": "Popen.wait"} | ({"on": "full"} if any(map(_is_full, _outputs(subject))) else {})
    if name in ("__exit__", "shutdown") and module.startswith("concurrent.futures."):
        return {"function": name if name == "__exit__" else "Executor.shutdown", "on": "working"}
    return {}


def _outputs(child: Any) -> Iterator[int]:
    for file in (getattr(child, "stdout", None), getattr(child, "stderr", None)):
        if file is not None and not file.closed:
            yield file.fileno()


def _pipes(child: Any) -> Iterator[int]:
    """Yield the descriptors by which a process of asyncio is read from."""
    for stream in (child.stdout, child.stderr):
        transport: Any = getattr(stream, "_transport", None)
        if transport is not None and (pipe := transport.get_extra_info("pipe")) is not None and not pipe.closed:
            yield pipe.fileno()


def _is_full(pipe: int) -> bool:
    """Say whether a pipe has no room for another page (pipe(7))."""
    fcntl = sys.modules.get("fcntl")  # which `subprocess` loads
    if fcntl is None or not hasattr(fcntl, "F_GETPIPE_SZ"):
        return False
    lies = int.from_bytes(fcntl.ioctl(pipe, _FIONREAD, bytes(4)), sys.byteorder)
    return bool(lies + _PAGE > fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ))


def worked() -> tuple[float, float]:
    """Return the time, and how long the main thread has run, or was ready to (Linux, proc(5)), both in seconds."""
    try:
        with open("/proc/self/schedstat", "rb") as file:  # as text it would load a codec, and the program see it
            wanted = sum(map(int, file.read().split()[:2])) / 1e9
    except (OSError, ValueError):
        wanted = 0.0
    return _NOW(), wanted


def is_busy(since: tuple[float, float]) -> bool:
    """Say whether the main thread has worked for most of the time.

    Args:
        since: What `worked` said when the program began: to start Python takes a while on a busy machine.
    """
    (began, before), (now, wanted) = since, worked()
    return wanted - before > (now - began) / 2


def threads(witness: Watching, frame: FrameType | None) -> Iterator[dict[str, Any]]:
    """Yield where each thread stands, the main thread first.

    Args:
        witness: What knows the program's own lines and its sockets.
        frame: The innermost frame of the main thread.
    """
    threading = sys.modules.get("threading")
    main = {"kind": "main", "name": "MainThread", **standing(witness, frame)}
    if threading and "on" not in main and _runs(frame, threading.Thread):
        main["on"] = "unstarted"
    yield main
    for thread in threading.enumerate() if threading else ():
        if threading and thread is not threading.main_thread():
            yield {"kind": "thread", "name": thread.name, **standing(witness, cpython.frame_of(thread))}


def _runs(frame: FrameType | None, kind: Any) -> bool:
    """Say whether run() of a thread is at work: it was called by the program, for this is the main thread."""
    while frame is not None:
        if frame.f_code.co_name == "run" and isinstance(frame.f_locals.get("self"), kind):
            return True
        frame = frame.f_back
    return False


def tasks(witness: Watching, frame: FrameType | None) -> Iterator[dict[str, Any]]:
    """Yield where each chain of coroutines waits that await one another, whatever loop runs them.

    Args:
        witness: What knows the program's own lines and its sockets.
        frame: The innermost frame of the main thread: what that was told to run comes first.
    """
    waiting = [one for one in gc.get_objects() if type(one) is CoroutineType and one.cr_suspended]
    awaited = {id(cpython.awaited_by(one)) for one in waiting}
    first = _held(frame)
    for one in sorted(waiting, key=lambda one: id(one) not in first):
        if id(one) not in awaited:
            row = _awaiting(witness, one)
            if row:
                yield {"kind": "task", **row}


def decrypted(witness: Watching) -> Iterator[dict[str, Any]]:
    """Yield the sockets of TLS in which bytes lie that have come and that nobody has taken; only recv() sees them.

    Args:
        witness: What knows the program's sockets.
    """
    ssl = sys.modules.get("ssl")
    for one in gc.get_objects() if ssl else ():
        if ssl and type(one) is ssl.SSLSocket and one.fileno() >= 0 and (count := one.pending()):
            row = {"kind": "tls", "name": str(count), "path": None, "line": None}
            yield {**row, "identity": witness.known(one.fileno())}


def _held(frame: FrameType | None) -> set[int]:
    """Return the identities of what the frames of a thread have in their variables."""
    found: set[int] = set()
    while frame is not None:
        found.update(id(value) for value in frame.f_locals.values())
        frame = frame.f_back
    return found


def _awaiting(witness: Watching, outermost: Any) -> dict[str, Any]:
    """Say at which of the program's own lines a chain of coroutines waits, and for what."""
    frames: list[FrameType] = []
    one = outermost
    while one is not None and len(frames) < _DEEP:
        frame = getattr(one, "cr_frame", None) or getattr(one, "ag_frame", None) or getattr(one, "gi_frame", None)
        if frame is None:
            break
        frames.append(frame)
        one = cpython.awaited_by(one)
    own = [number for number, frame in enumerate(frames) if witness.own(frame.f_code) is not None]
    if not own:
        return {}
    last, inner = frames[own[-1]], frames[own[-1] + 1 :]
    function = inner[0].f_code.co_name if inner else ""
    name = frames[own[0]].f_code.co_qualname  # what it goes by in the program, whatever a library wraps it in
    row = {"name": name, "path": witness.own(last.f_code), "line": last.f_lineno, "function": function}
    if any(one.f_code.co_name in _POOLS for one in inner):
        return {**row, "on": "pool"}
    if inner and inner[0].f_code.co_qualname in _NURSERIES:
        return {**row, "on": "nursery"}
    if inner and inner[0].f_code.co_qualname == "Process.wait" and _is_in(inner[0], "asyncio.subprocess"):
        full = any(map(_is_full, _pipes(inner[0].f_locals.get("self"))))
        return {**row, "function": "Process.wait"} | ({"on": "full"} if full else {})
    identity = next((found for one in inner if (found := witness.known(descriptor_in(one.f_locals)))), None)
    return {**row, "identity": identity, "call": kind_of(function)} if identity else row


def descriptor_in(known: Mapping[str, Any]) -> int:
    """Return the descriptor of the socket or stream that a method of a library works on, -1 if it does on none.

    Args:
        known: The variables of the method.
    """
    subject = known.get("self")
    for one in (known.get("sock"), subject, getattr(subject, "socket", None)):
        transport: Any = getattr(one, "_transport", None) or getattr(one, "transport", None)
        found: Any = transport.get_extra_info("socket") if hasattr(transport, "get_extra_info") else one
        if found is not None and hasattr(found, "fileno"):
            return int(found.fileno())
    return -1


def kind_of(function: str) -> str:
    """Say which kind of call on a socket a method of a stream is, as its name says; `""` if none.

    Args:
        function: The name of the method.
    """
    if function.startswith(("read", "recv", "receive", "sock_recv")):
        return "recv"
    if function.startswith(("drain", "write", "send", "sock_send")):
        return "send"
    return "accept" if "accept" in function else "connect" if "connect" in function else ""
