"""What the recorder needs of CPython's private parts. No other module of this package touches one.

A private part may change with any release. Each name below says what it is for and what it must do; its test, of the
same name, says whether it still does on the Python that runs the tests.
"""

from __future__ import annotations

import _socket
import _thread
import _weakref
import io
import os
import sys
from functools import cache
from itertools import filterfalse
from opcode import opmap
from operator import attrgetter
from types import CodeType, FrameType, MemberDescriptorType

from socktrace.calls.frames import variables

TYPE_CHECKING = False
if TYPE_CHECKING:  # this is loaded into every program, and `typing` takes longer than all the rest
    import argparse
    import threading
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

c_module: Any = _socket
"""The part of `socket` that is written in C. `socket.socketpair` looks its own `socketpair` up here when it is called,
so that what is put in its place sees every pair that is made."""

CSocket = _socket.socket
"""The class below `socket.socket`. Its methods make the calls of the operating system, and work on any socket object,
whatever stands in their place in `socket.socket`. `fileno` is -1 from the moment when the descriptor is closed."""

accept_method = "_accept"
"""The method of `CSocket` that `socket.socket.accept` calls. It returns a descriptor and an address."""

close_method = "_real_close"
"""The method of `socket.socket` that closes the descriptor: once `close` was called and no file that `makefile` made is
open any more. `close` itself only counts."""

process_method = "_bootstrap"
"""The method of `multiprocessing.process.BaseProcess` that a child calls, and that calls `run`. It catches what that
raises, and prints it."""

shows_warning = "_showwarnmsg"
"""The function of `warnings` that is called with a warning that is to be shown, once its line is known."""

collect_method = "__del__"
"""The method of `CSocket` that the garbage collector calls, and that then closes the descriptor."""

frame = sys._getframe
"""Returns the frame of the caller that many levels up. `inspect` has a public way, which builds a list of all levels
and reads their source: too slow for every call on a socket."""


def about_to_run(loop: object) -> Iterable[object] | None:
    """Return what an event loop of `asyncio` will call when it runs next; `None` of what is no such loop."""
    asyncio = sys.modules.get("asyncio.base_events")
    if asyncio is None or not isinstance(loop, asyncio.BaseEventLoop):
        return None
    return list(loop._ready)


def frame_of(thread: threading.Thread) -> FrameType | None:
    """Return where another thread stands; `None` if it has ended. There is no public way to ask that of a thread."""
    return sys._current_frames().get(thread.ident or 0)


def join_threads() -> None:
    """Wait for the threads that are not daemons, as the interpreter does before it runs the functions of `atexit`."""
    if "threading" in sys.modules:
        sys.modules["threading"]._shutdown()


def run_exit_functions() -> None:
    """Run the functions that were registered with `atexit`, the last one first, each once.

    The interpreter would do so only after the recorder has written down what is still open.
    """
    import atexit

    atexit._run_exitfuncs()


def forget_finalizers() -> None:
    """Drop every `weakref.finalize` of this process, so that none runs at its end.

    A forked child inherits those of its parent, such as the removal of temporary folders that the parent still uses.
    """
    sys.modules["weakref"].finalize._registry.clear()


def speaks_tls(sock: Any) -> bool:
    """Say whether an `ssl.SSLSocket` encrypts what it sends: before it is connected and after `unwrap` it does not."""
    return sock._sslobj is not None


def hand_over_closing(kind: Any, watched: Any) -> None:
    """Let `socket.socket` close by the method of a class that has taken the place of `CSocket`.

    `close_method` has the class whose `close` it calls as the default of its argument.

    Args:
        kind: `socket.socket`.
        watched: The class.
    """
    getattr(kind, close_method).__defaults__ = (watched,)


os_module: Any = sys.modules[os.name]
"""The part of `os` that is written in C. A function of `os` is pickled by its name in there."""

FINALIZERS = frozenset({"__del__", "_finalize_one"})
"""The names of functions that are called when an object is collected: Python's, and Trio's for async generators."""

LOOPS = {
    "_run": os.path.join("asyncio", "events.py"),
    "unrolled_run": os.path.join("trio", "_core", "_run.py"),
    "run": os.path.join("concurrent", "futures", "thread.py"),
}
"""The names of the functions by which event loops and pools of threads call what they were given, and the ends of their
files' names."""

_TASKS = os.path.join("asyncio", "tasks.py")
_CALLS = frozenset(number for name, number in opmap.items() if "CALL" in name or name == "SEND")
_LEAVES_WITH = bytes((opmap["PUSH_EXC_INFO"], opmap["WITH_EXCEPT_START"]))
_CLOSING = frozenset({"close", "aclose", "throw", "athrow", "exit", "__exit__", "__aexit__", "shutdown_asyncgens"})
_SUSPENDS = 0x20 | 0x80 | 0x200  # CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR (inspect)
_BEGINNINGS = ("<module>", "_run_module_as_main")


def is_loop(code: CodeType) -> bool:
    """Say whether code is that by which an event loop, or a thread of a pool, calls what it was given to call."""
    end = LOOPS.get(code.co_name)
    return end is not None and code.co_filename.endswith(end)


_ENTERS = opmap.get("BEFORE_WITH")
"""By which instruction a `with` calls what it enters, up to Python 3.13; from then on it is a call as any other."""


def enters(frame: FrameType) -> bool:
    """Say whether a function of the program is at the beginning of a `with`."""
    return frame.f_lasti >= 0 and frame.f_code.co_code[frame.f_lasti] == _ENTERS


_EXTENDED = opmap["EXTENDED_ARG"]
_NAMES = {
    opmap[name]: shift
    for name, shift in (("LOAD_NAME", 0), ("LOAD_METHOD", 0), ("LOAD_GLOBAL", 1), ("LOAD_ATTR", 1))
    if name in opmap
}
"""The instructions that load something by its name, and where in their argument its number begins."""
if sys.version_info < (3, 12):
    _NAMES[opmap["LOAD_ATTR"]] = 0


def called_from(frame: FrameType) -> str:
    """Return the name of the function that a frame calls, be it written in C; `""` if that cannot be told.

    A function that is written in C has no frame. But where a call begins in the text, its function's name does too.
    """
    code, at = frame.f_code, frame.f_lasti // 2
    places = [place[::2] for place in code.co_positions()]  # each with its line and column
    found, above = "", 0
    for number in range(max(0, at)):
        instruction, argument = code.co_code[2 * number : 2 * number + 2]
        argument |= above
        above = argument << 8 if instruction == _EXTENDED else 0
        if instruction in _NAMES and places[number] == places[at] and None not in places[at]:
            found = code.co_names[argument >> _NAMES[instruction]]
    return found


def current_task(frame: FrameType) -> Any:
    """Return the task of asyncio or Trio that runs, or `None`.

    Args:
        frame: A frame of what the loop has called.
    """
    try:
        loop = frame.f_back
        if loop is not None and loop.f_code.co_name == "unrolled_run":
            return sys.modules["trio"].lowlevel.current_task()
        return sys.modules["asyncio"].current_task()
    except (KeyError, RuntimeError):
        return None


def kept_errors() -> Iterator[BaseException]:
    """Yield the errors that ended tasks of asyncio and for which nobody has asked."""
    tasks = sys.modules.get("asyncio.tasks")
    known: Any = getattr(tasks, "_scheduled_tasks", None) or getattr(tasks, "_all_tasks", ())  # up to Python 3.11
    for one in list(known):
        if one.done() and getattr(one, "_log_traceback", False) and one._exception is not None:
            yield one._exception


def stream_of(transport: Any) -> tuple[bool, Any]:
    """Say whether what came on a transport of asyncio goes to a stream, and return the future that waits for it.

    Args:
        transport: Any object.
    """
    get_protocol = getattr(transport, "get_protocol", None)
    reader = getattr(get_protocol(), "_stream_reader", None) if get_protocol else None
    return reader is not None, getattr(reader, "_waiter", None)


def awaits(task: Any) -> Iterator[FrameType]:
    """Yield the frames of a task that waits, the outermost first; none of what is no task.

    Args:
        task: Any object.
    """
    kind = type(task)
    if hasattr(kind, "_asyncio_future_blocking"):
        coroutine = task.get_coro() if hasattr(kind, "get_coro") else None
    else:
        coroutine = getattr(task, "coro", None) if kind.__module__.startswith("trio.") else None
    while coroutine is not None and (way := _way(type(coroutine))) is not None:  # type: ignore[arg-type]
        stands, runs, what_it_awaits = way
        if (frame := stands(coroutine)) is not None:
            yield frame
        coroutine = _unless(runs, what_it_awaits, coroutine)


def _unless(runs: Callable[[Any], Any], what_it_awaits: Callable[[Any], Any], coroutine: Any) -> Any:
    """Return what a coroutine awaits; `None` while it runs.

    Up to Python 3.12 to ask one that runs may crash. It may be another thread's, which may go on between any two steps
    of Python's. So both questions are asked by functions written in C, in one step: nothing can run in between.
    """
    return next(map(what_it_awaits, filterfalse(runs, (coroutine,))), None)


_AWAITING = tuple(
    (prefix + "frame", prefix + "running", prefix + awaited)
    for prefix, awaited in (("cr_", "await"), ("gi_", "yieldfrom"), ("ag_", "await"))
)
"""What tells of a coroutine or generator where it stands, whether it runs, and what it awaits."""


@cache
def _way(kind: type) -> tuple[Callable[[Any], Any], ...] | None:
    """Return what asks an object of a class for its part of `_AWAITING`; `None` if it is no coroutine or generator."""
    names = next((names for names in _AWAITING if hasattr(kind, names[0])), None)
    return names and tuple(map(attrgetter, names))


def awaited_by(coroutine: Any) -> Any:
    """Return what a coroutine or generator awaits; `None` while it runs, and for any other object."""
    way = _way(type(coroutine))  # type: ignore[arg-type]
    if way is None:
        return None
    _, runs, what_it_awaits = way
    return _unless(runs, what_it_awaits, coroutine)


def told_by(future: Any) -> Iterator[Any]:
    """Yield whose methods a future of asyncio will call when it is done: the tasks that wait for it, first of all.

    Args:
        future: Any object.
    """
    for callback, *_ in getattr(future, "_callbacks", None) or ():  # each with its context
        yield getattr(callback, "__self__", None)


def neighbours(one: Any) -> list[Any]:
    """Return what an object of an event loop leads to: who is told when it is done, and what it holds.

    Args:
        one: Any object. Only those are followed that an event loop, its futures, tasks, transports and protocols, and
            functions hold together.
    """
    kind = type(one)
    follow = _FOLLOWED.get(kind.__name__)
    if follow is not None:
        found: list[Any] = follow(one)
        return found if len(found) <= _MANY else []
    if kind.__module__.startswith("trio."):
        nursery = getattr(one, "parent_nursery", None)
        return [] if nursery is None else [nursery.parent_task]
    if kind.__module__ == "builtins" or isinstance(one, type) or hasattr(kind, "run_forever"):
        return []  # a loop holds everything
    waiters = one._callbacks or () if hasattr(kind, "_asyncio_future_blocking") else ()  # each with its context
    return [*(waiter[0] for waiter in waiters), *getattr(one, "__dict__", {}).values(), *_slots(one)]


def _slots(one: Any) -> Iterator[Any]:
    for kind in type(one).__mro__:
        for name in vars(kind).get("__slots__", ()) if kind.__module__ != "builtins" else ():
            if isinstance(vars(kind).get(name), MemberDescriptorType):
                yield getattr(one, name, None)


_MANY = 16
_FOLLOWED: dict[str, Callable[[Any], list[Any]]] = {
    **dict.fromkeys(("list", "tuple", "set", "deque"), list),
    **dict.fromkeys(("method", "builtin_function_or_method"), lambda one: [one.__self__]),
    **dict.fromkeys(("ReferenceType", "weakref"), lambda one: [one()]),
    "function": lambda one: [cell.cell_contents for cell in one.__closure__ or () if not _is_empty(cell)],
    "partial": lambda one: [one.func, *one.args],
}


def _is_empty(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # it raises if the variable has no value yet
    except ValueError:
        return True
    return False


def times_out() -> Iterator[tuple[Any, str]]:
    """Yield what asyncio calls when the time of a task is up: the module or class, and the name in it."""
    tasks, timeouts = sys.modules.get("asyncio.tasks"), sys.modules.get("asyncio.timeouts")
    if timeouts is not None:
        yield timeouts.Timeout, "_on_timeout"
    if tasks is not None and sys.version_info < (3, 12):  # from then on `wait_for` is made of the other
        yield tasks, "_release_waiter"


def timed_out(one: Any) -> Any:
    """Return the task of asyncio whose time is up, as what `times_out` yields is given it; `None` if there is none."""
    return getattr(one, "_task", None) or next(told_by(one), None)


def is_wait_for(code: CodeType) -> bool:
    """Say whether code is that of `asyncio.wait_for`."""
    return code.co_name == "wait_for" and code.co_filename.endswith(_TASKS)


def waited_for(frame: FrameType) -> Any:
    """Return the task that `asyncio.wait_for` has made of what it was given, up to Python 3.11; `None` if none.

    Args:
        frame: The innermost frame of a task.
    """
    return variables(frame).get("fut") if is_wait_for(frame.f_code) else None


def transports() -> Iterator[tuple[Any, str]]:
    """Yield the classes of asyncio's transports that are loaded, and the names of the methods that close one."""
    for module, name in (("selector_events", "_SelectorTransport"), ("sslproto", "_SSLProtocolTransport")):
        kind = getattr(sys.modules.get(f"asyncio.{module}"), name, None)
        for method in ("close", "abort") if kind is not None else ():
            yield kind, method


def futures() -> Iterator[tuple[str, Any, str, tuple[str, ...]]]:
    """Yield the classes of futures that are loaded whose errors nobody prints: those of pools of threads and processes.

    Each comes with its library, the method by which its result or error is put in, and those by which one asks for it,
    or gives it up.
    """
    for library, module, name, puts, asks in (
        (
            "concurrent.futures",
            "concurrent.futures._base",
            "Future",
            "set_exception",
            ("result", "exception", "cancel"),
        ),
        ("multiprocessing", "multiprocessing.pool", "ApplyResult", "_set", ("get", "successful")),
        ("multiprocessing", "multiprocessing.pool", "MapResult", "_set", ()),
    ):
        if (kind := getattr(sys.modules.get(module), name, None)) is not None:
            yield library, kind, puts, asks


def put_in(future: Any, given: tuple[Any, ...]) -> object:
    """Return the error that is put into a future; `None` if it is a result, or if a function is called with the error.

    Args:
        future: A future of one of the classes that `futures` yields.
        given: What the method is given that puts it in.
    """
    if not hasattr(future, "_error_callback"):
        return given[0]
    succeeded, result = given[1]
    return None if succeeded or future._error_callback else result


def collects(frame: FrameType) -> str:
    """Say whether a frame is of a function that the garbage collector calls, or the interpreter at its end.

    Args:
        frame: A frame on the stack of a call that closes.

    Returns:
        `__del__` if a file is being finalized, `weakref.finalize` and `weakref` for the callback of either, `atexit`,
        or `""`.
    """
    code = frame.f_code
    in_weakref = code.co_filename.endswith("weakref.py")
    if (in_weakref and code.co_name == "_exitfunc") or code is run_exit_functions.__code__:
        return "atexit"
    values = frame.f_locals
    if in_weakref and code.co_name == "__call__":
        return "weakref.finalize" if values.get("_") is not None else ""
    for name in code.co_varnames[: min(2, code.co_argcount)]:
        one = values.get(name)
        if isinstance(one, _weakref.ref) and one() is None:
            return "weakref"
        if isinstance(one, io.IOBase) and getattr(one, "_finalizing", False):
            return "__del__"
    return ""


def may_look_into(frame: FrameType) -> bool:
    """Say whether the variables of a function of the program's may be looked at.

    Up to Python 3.12 a look leaves a copy of them in the frame, which keeps objects alive until the function returns.
    A function that another one has called is spared: the collector does not call one by an instruction for that.
    """
    if sys.version_info >= (3, 13):
        return True
    caller = frame.f_back
    is_generator = frame.f_code.co_flags & _SUSPENDS
    return not is_generator and (caller is None or not _is_calling(caller))


def _is_calling(frame: FrameType) -> bool:
    code, at = frame.f_code.co_code, frame.f_lasti
    while at > 0 and code[at] == opmap.get("CACHE", 0):  # what an instruction keeps for itself stands behind it
        at -= 2
    return code[at] in _CALLS


def is_closed_under(file: Any) -> bool:
    """Say whether the socket of a file that `makefile` made was closed, which waits for the file to be closed, too."""
    raw = getattr(getattr(file, "buffer", file), "raw", file)
    return bool(getattr(getattr(raw, "_sock", None), "_closed", False))


def is_finalized(file: Any, frame: FrameType) -> bool:
    """Say whether a socket is being closed because the file that `makefile` made of it was collected.

    Args:
        file: A weak reference to it, which is dead once the collector has found it in a cycle.
        frame: The innermost frame of the call that closes.
    """
    caller: FrameType | None = frame
    while caller is not None and caller.f_code.co_name != "_decref_socketios":
        if caller.f_globals.get("__name__") not in ("socket", "ssl"):
            return False
        caller = caller.f_back
    opened = file()
    return opened is None or bool(getattr(opened, "_finalizing", False))


def in_with(code: CodeType, position: int) -> bool:
    """Say whether the block of a `with` statement is being executed, by where its exceptions go.

    Args:
        code: The code of a frame.
        position: Where it stands there, as `f_lasti` says.
    """
    handler = _handler(code, position)
    while handler is not None:
        if code.co_code[handler : handler + 4 : 2] == _LEAVES_WITH:
            return True
        handler = _handler(code, handler)
    return False


def _handler(code: CodeType, position: int) -> int | None:
    """Return where an exception would lead that is raised at a position, as the table of the code says."""
    table = iter(code.co_exceptiontable)

    def number() -> int:
        """Read a number: six bits a byte, the highest first, each byte but the last marked."""
        byte = next(table)
        value = byte & 63
        while byte & 64:
            byte = next(table)
            value = value << 6 | byte & 63
        return value * 2

    try:
        while True:
            start, length, target, _ = number(), number(), number(), number()
            if start <= position < start + length:
                return target
    except StopIteration:
        return None


def closed_by_collector(frame: FrameType) -> bool:
    """Say whether the generator or coroutine of a frame is being closed because it was collected.

    Its `close` is called either by an instruction that calls something, in code that names such a method, or by none.
    An event loop closes a collected asynchronous generator in a task of its own.

    Args:
        frame: The frame that `GeneratorExit` was thrown into.
    """
    caller = frame.f_back
    if caller is None:
        return True
    if is_loop(caller.f_code):
        task = current_task(frame)
        return task is not None and type(task.get_coro()).__name__ == "async_generator_athrow"
    code = caller.f_code
    return not _is_calling(caller) or _CLOSING.isdisjoint(code.co_names)


def is_at_exit(bottom: FrameType, main: int) -> bool:
    """Say whether a stack began with a function that the interpreter calls at its end (`atexit`).

    Args:
        bottom: The outermost frame.
        main: The main thread's identification. Only that one's stack begins with a module.
    """
    if _thread.get_ident() != main or "greenlet" in sys.modules:  # a greenlet's stack begins with its function
        return False
    return bottom.f_code.co_name not in _BEGINNINGS


reference = _weakref.ref
"""A weak reference, of the module written in C, which every program has."""


def options_of(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """Return what each option of a command line does, by the option's name."""
    return parser._option_string_actions
