"""What the recorder needs of CPython's private parts: a test for each name says what it must do on this Python."""

from __future__ import annotations

import argparse
import ast
import asyncio
import concurrent.futures
import contextlib
import functools
import io
import multiprocessing.pool
import os
import pickle
import socket
import ssl
import subprocess
import sys
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import socktrace
from socktrace.calls import cpython
from socktrace.calls.frames import variables

PACKAGE = Path(socktrace.__file__).parent
PRIVATE_MODULES = {"_socket", "_ssl", "_posixsubprocess", "_weakref"}


def run(program: str) -> str:
    """Run a program in a new interpreter and return what it printed."""
    text = f"from socktrace.calls import cpython\n{program}"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


# -- the names ---------------------------------------------------------------------------------------------------------


def test_c_module(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    original = cpython.c_module.socketpair

    def socketpair(*args: int) -> Any:
        made.append(args)
        return original(*args)

    monkeypatch.setattr(cpython.c_module, "socketpair", socketpair)
    for end in socket.socketpair():
        end.close()
    assert len(made) == (sys.platform != "win32")  # Windows has none: there `socket` makes a pair of two TCP sockets


def test_csocket() -> None:  # CSocket
    assert issubclass(socket.socket, cpython.CSocket)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        assert cpython.CSocket.fileno(one) == one.fileno() >= 0
        cpython.CSocket.bind(one, ("127.0.0.1", 0))
        assert cpython.CSocket.getsockname(one) == one.getsockname()
    assert cpython.CSocket.fileno(one) == -1


async def _waits() -> None:
    await asyncio.wait_for(asyncio.Event().wait(), 0.001)


def test_times_out(monkeypatch: pytest.MonkeyPatch) -> None:  # timed_out
    told: list[Any] = []

    async def main() -> None:
        task = asyncio.create_task(_waits())
        with pytest.raises(TimeoutError):
            await task
        assert told[0] is task

    for where, name in cpython.times_out():
        original = getattr(where, name)

        def first(one: Any, *more: Any, original: Any = original) -> None:
            told.append(cpython.timed_out(one))
            original(one, *more)

        monkeypatch.setattr(where, name, first)
    asyncio.run(main())


test_timed_out = test_times_out


def test_waited_for() -> None:  # is_wait_for
    async def main() -> None:
        task = asyncio.create_task(_waits())
        await asyncio.sleep(0)
        *_, last = cpython.awaits(task)
        inner = cpython.waited_for(last)
        names = [frame.f_code.co_name for frame in ([] if inner is None else cpython.awaits(inner))]
        assert (*names, last.f_code.co_name) in (("wait", "wait_for"), ("wait",))
        assert cpython.is_wait_for(last.f_code) == bool(names)
        await asyncio.wait([task])
        assert isinstance(task.exception(), TimeoutError)

    asyncio.run(main())


test_is_wait_for = test_waited_for


def test_about_to_run() -> None:
    loop = asyncio.new_event_loop()
    try:
        assert list(cpython.about_to_run(loop) or ()) == []
        loop.call_soon(print)
        assert len(list(cpython.about_to_run(loop) or ())) == 1
        assert cpython.about_to_run(object()) is None
    finally:
        loop.close()


def test_accept_method(monkeypatch: pytest.MonkeyPatch) -> None:
    accepted: list[tuple[int, object]] = []
    original = getattr(cpython.CSocket, cpython.accept_method)

    def accept(sock: socket.socket) -> tuple[int, object]:
        accepted.append(original(sock))
        return accepted[-1]

    monkeypatch.setattr(socket.socket, cpython.accept_method, accept, raising=True)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        connection, address = server.accept()
        with connection:
            assert accepted == [(connection.fileno(), address)]
            assert address == client.getsockname()


def test_close_method(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []
    original = getattr(socket.socket, cpython.close_method)

    def close(sock: socket.socket) -> None:
        closed.append(sock)
        original(sock)

    monkeypatch.setattr(socket.socket, cpython.close_method, close)
    one = socket.socket()
    file = one.makefile("rb")
    one.close()
    assert closed == []
    assert cpython.CSocket.fileno(one) >= 0
    file.close()
    assert closed == [one]
    assert cpython.CSocket.fileno(one) == -1


def test_process_method() -> None:
    assert run(
        f"import multiprocessing.process, sys\n"
        f"class Fails(multiprocessing.process.BaseProcess):\n"
        f"    def run(self): raise ValueError(multiprocessing.process.current_process() is self)\n"
        f"sys.stderr = sys.stdout\n"
        f"fails = Fails.__new__(Fails)\n"
        f"vars(fails).update(_config={{}}, _name='one', _identity=(1,), _parent_pid=1, _parent_name='')\n"
        f"fails._start_method = None\n"
        f"print(getattr(fails, {cpython.process_method!r})())"
    ).splitlines()[-2:] == ["ValueError: True", "1"]


def test_collect_method() -> None:
    assert callable(getattr(cpython.CSocket, cpython.collect_method))
    assert run(
        f"import gc, socket, warnings; warnings.simplefilter('ignore')\n"
        f"original = getattr(cpython.CSocket, {cpython.collect_method!r})\n"
        f"def collect(sock):\n"
        f"    print(cpython.CSocket.fileno(sock) >= 0)\n"
        f"    original(sock)\n"
        f"    print(cpython.CSocket.fileno(sock))\n"
        f"setattr(socket.socket, {cpython.collect_method!r}, collect)\n"
        f"one = socket.socket(); del one; gc.collect()"
    ).splitlines()[:2] == ["True", "-1"]


def test_frame() -> None:
    def called() -> tuple[str, str]:
        return cpython.frame(0).f_code.co_name, cpython.frame(1).f_code.co_name

    assert called() == ("called", "test_frame")


def test_frame_of() -> None:
    stands, go = threading.Event(), threading.Event()

    def wait_in_here() -> None:
        stands.set()
        go.wait(10)

    thread = threading.Thread(target=wait_in_here)
    assert cpython.frame_of(thread) is None
    thread.start()
    stands.wait(10)
    frame, names = cpython.frame_of(thread), []
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    go.set()
    thread.join()
    assert "wait_in_here" in names
    assert cpython.frame_of(thread) is None


def test_join_threads() -> None:
    assert (
        run(
            "import threading, time\n"
            "def work():\n"
            "    time.sleep(0.2)\n"
            "    print('worked')\n"
            "threading.Thread(target=work).start()\n"
            "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
            "cpython.join_threads()\n"
            "print('joined')"
        )
        == "worked\njoined\n"
    )


def test_run_exit_functions() -> None:
    assert (
        run(
            "import atexit\n"
            "for number in (1, 2): atexit.register(print, number)\n"
            "cpython.run_exit_functions()\n"
            "print('end')"
        )
        == "2\n1\nend\n"
    )


def test_options_of() -> None:
    parser = argparse.ArgumentParser()
    timeout, strict = parser.add_argument("--timeout"), parser.add_argument("--strict", action="store_true")
    found = cpython.options_of(parser)
    assert (found["--timeout"], found["--strict"]) == (timeout, strict)
    assert (timeout.nargs, strict.nargs) == (None, 0)  # so that it is known which has a value


def test_forget_finalizers() -> None:
    program = "import weakref\nclass Thing: pass\nthing = Thing()\nweakref.finalize(thing, print, 'finalized')\n"
    assert run(program) == "finalized\n"
    assert run(program + "cpython.forget_finalizers()") == ""


def test_speaks_tls() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    one, other = socket.socketpair()
    with other, context.wrap_socket(one, do_handshake_on_connect=False) as wrapped:
        assert cpython.speaks_tls(wrapped)
    with context.wrap_socket(socket.socket()) as unconnected:
        assert not cpython.speaks_tls(unconnected)


def test_hand_over_closing() -> None:
    assert run(
        "import socket\n"
        "class Watched(cpython.CSocket):\n"
        "    __slots__ = ()\n"
        "    def close(self):\n"
        "        print('closed', cpython.CSocket.fileno(self) >= 0)\n"
        "        cpython.CSocket.close(self)\n"
        "cpython.hand_over_closing(socket.socket, Watched)\n"
        "one = socket.socket()\n"
        "one.close()\n"
        "print(one.fileno())"
    ).splitlines() == ["closed True", "-1"]


def test_os_module() -> None:
    assert pickle.loads(pickle.dumps(os.write)) is cpython.os_module.write


def test_finalizers() -> None:
    assert "__del__" in cpython.FINALIZERS


def stack_in_loop() -> list[FrameType]:
    """Let an event loop call something, and return the frames that stood there."""
    found: list[FrameType] = []

    def note() -> None:
        frame: FrameType | None = cpython.frame(0)
        while frame:
            found.append(frame)
            frame = frame.f_back

    async def main() -> None:
        asyncio.get_running_loop().call_soon(note)
        await asyncio.sleep(0)

    asyncio.run(main())
    return found


def test_loops() -> None:
    module = sys.modules["asyncio.events"]
    assert module.__file__ is not None
    assert module.__file__.endswith(cpython.LOOPS["_run"])


def test_is_loop() -> None:
    frames = stack_in_loop()
    assert [index for index, one in enumerate(frames) if cpython.is_loop(one.f_code)] == [1]


def stands_in_with() -> bool:
    frame = cpython.frame(1)
    return cpython.in_with(frame.f_code, frame.f_lasti)


def test_in_with() -> None:
    assert not stands_in_with()
    with contextlib.nullcontext():
        assert stands_in_with()
        try:
            assert stands_in_with()
        finally:
            assert stands_in_with()
    try:
        assert not stands_in_with()
    finally:
        assert not stands_in_with()


def test_variables() -> None:
    class Kept:
        pass

    def function() -> tuple[weakref.ref[Kept], dict[str, Any], FrameType]:
        kept = Kept()
        found = variables(sys._getframe())
        there = weakref.ref(kept)
        kept = None  # type: ignore[assignment]
        return there, found, sys._getframe()

    there, found, frame = function()
    assert found.pop("kept") is there()
    assert there() is None
    assert "kept" not in found
    assert frame.f_locals["found"] is found


def test_enters() -> None:
    class Asks:
        def __enter__(self) -> bool:
            return cpython.enters(sys._getframe(1))

        def __exit__(self, *_: object) -> None: ...

    with Asks() as entered:
        inside = cpython.enters(sys._getframe())
    called = Asks().__enter__()
    assert (entered, inside, called) == (sys.version_info < (3, 14), False, False)


def test_current_task() -> None:
    async def main() -> bool:
        return cpython.current_task(cpython.frame(0)) is asyncio.current_task() is not None

    assert asyncio.run(main())
    assert cpython.current_task(cpython.frame(0)) is None


def test_stream_of() -> None:
    async def main() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            assert cpython.stream_of(writer.transport) == (True, None)
            task = asyncio.create_task(reader.read())
            await asyncio.sleep(0)
            is_stream, waiter = cpython.stream_of(writer.transport)
            (wakes,) = cpython.neighbours(waiter)
            assert is_stream
            assert wakes.__self__ is task
            await task
            writer.close()
            await writer.wait_closed()

    asyncio.run(main())
    assert cpython.stream_of(object()) == (False, None)


def test_kept_errors() -> None:
    async def fail() -> None:
        raise KeyError("kept")

    async def main() -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(fail()) for _ in range(2)]
        await asyncio.wait(tasks)
        return tasks

    one, other = asyncio.run(main())
    asked = one.exception()
    kept = [error for error in cpython.kept_errors() if error.args == ("kept",)]
    assert (len(kept), asked in kept) == (1, False)
    assert kept == [other.exception()]


def test_awaits() -> None:
    async def inner() -> None:
        await asyncio.sleep(60)

    async def outer() -> None:
        await inner()

    async def main() -> list[str]:
        task = asyncio.create_task(outer())
        await asyncio.sleep(0)
        names = [frame.f_code.co_name for frame in cpython.awaits(task)]
        task.cancel()
        return names

    assert asyncio.run(main())[:2] == ["outer", "inner"]
    assert list(cpython.awaits(object())) == []


def test_awaited_by() -> None:
    """To ask a coroutine that runs what it awaits reads what lies behind an instruction: sooner or later a crash."""

    async def main() -> None:
        running = asyncio.current_task()
        assert running is not None
        ask = functools.partial(cpython.awaited_by, running.get_coro())
        for _ in range(3000):  # a call that the interpreter does not specialize, so that it counts behind itself
            assert ask() is None
        waiting = asyncio.sleep(60)
        task = asyncio.create_task(asyncio.wait_for(waiting, 60))
        await asyncio.sleep(0)
        assert cpython.awaited_by(task.get_coro()) is not None
        task.cancel()

    asyncio.run(main())
    assert cpython.awaited_by(object()) is None


def test_told_by() -> None:
    async def main() -> None:
        future = asyncio.get_running_loop().create_future()

        async def wait() -> None:
            await future

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        assert list(cpython.told_by(future)) == [task]
        future.set_result(None)
        await task
        assert list(cpython.told_by(future)) == []

    asyncio.run(main())
    assert list(cpython.told_by(object())) == []


def test_neighbours() -> None:
    async def main() -> None:
        future = asyncio.get_running_loop().create_future()

        async def wait() -> None:
            await future

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        (waiter,) = cpython.neighbours(future)
        assert cpython.neighbours(waiter) == [task]
        assert cpython.neighbours(asyncio.get_running_loop()) == []
        future.set_result(None)
        await task

    asyncio.run(main())
    one = object()
    assert cpython.neighbours(lambda: one) == [one]
    assert cpython.neighbours(functools.partial(print, one)) == [print, one]
    assert cpython.neighbours(weakref.ref(test_neighbours)) == [test_neighbours]


def test_transports() -> None:
    assert {(kind.__name__, name) for kind, name in cpython.transports()} == {
        (kind, name) for kind in ("_SelectorTransport", "_SSLProtocolTransport") for name in ("close", "abort")
    }
    assert all(name in vars(kind) for kind, name in cpython.transports())


def finder(found: list[str]) -> Callable[..., None]:
    """Return a function that keeps what its stack says of who called it."""

    def find(*_: object) -> None:
        frame: FrameType | None = cpython.frame(1)
        while frame:
            if says := cpython.collects(frame):
                found.append(says)
                return
            frame = frame.f_back
        found.append("")

    return find


def test_futures() -> None:
    assert run("import sys; print(list(cpython.futures()))") == "[]\n"
    by_name = {kind.__name__: (library, kind, puts, asks) for library, kind, puts, asks in cpython.futures()}
    assert by_name.keys() >= {"Future", "ApplyResult", "MapResult"}
    for _, kind, puts, asks in by_name.values():
        assert {"__init__", puts} <= vars(kind).keys()
        assert all(callable(getattr(kind, name)) for name in asks)


def test_put_in() -> None:
    given: list[object] = []

    def note(kind: type, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        original = getattr(kind, name)

        def put(future: Any, *args: Any) -> None:
            given.append(cpython.put_in(future, args))
            original(future, *args)

        monkeypatch.setattr(kind, name, put)

    with pytest.MonkeyPatch.context() as patched:
        for _, kind, puts, _ in cpython.futures():
            note(kind, puts, patched)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            concurrent.futures.wait([pool.submit(int, "x")])
        with multiprocessing.pool.ThreadPool(1) as threads:
            for call in (threads.apply_async, threads.map_async):
                call(int, ("y",)).wait()
            threads.apply_async(int, ("5",)).wait()
            threads.apply_async(int, ("z",), error_callback=print).wait()
    assert [str(one)[-3:] for one in given] == ["'x'", "'y'", "'y'", "one", "one"]


def test_collects() -> None:
    class Thing:
        pass

    class File(io.RawIOBase):
        def close(self) -> None:
            note()

    found: list[str] = []
    note = finder(found)
    one, other, third = Thing(), Thing(), File()
    weakref.finalize(one, note)
    reference = weakref.ref(other, lambda _: note())
    del one, other, third
    assert found == ["weakref.finalize", "weakref", "__del__"]
    assert reference() is None
    by_hand = weakref.finalize(note, note)
    by_hand()
    assert found[3:] == [""]
    assert (
        run(
            "import atexit\natexit.register(lambda: print(cpython.collects(cpython.frame(1))))\n"
            "cpython.run_exit_functions()"
        )
        == "atexit\n"
    )


def test_may_look_into() -> None:
    class Thing:
        pass

    found: list[bool] = []

    def called(_: object) -> None:
        found.append(cpython.may_look_into(cpython.frame(0)))

    called(None)
    thing = Thing()
    reference = weakref.ref(thing, called)
    del thing
    assert found == [sys.version_info >= (3, 13), True]
    assert reference() is None


@pytest.mark.parametrize("mode", ["r", "rb", "rwb", "w"])
@pytest.mark.parametrize("buffering", [None, 0])
def test_is_closed_under(mode: str, buffering: int | None) -> None:
    if buffering == 0 and "b" not in mode:
        return  # text is always kept in a buffer
    with socket.socket() as one, one.makefile(mode, buffering) as file:  # type: ignore[call-overload]
        assert not cpython.is_closed_under(file)
        one.close()
        assert cpython.is_closed_under(file) == (mode != "rwb" or buffering == 0)


def test_is_finalized(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[bool] = []
    files: list[Any] = []
    original = getattr(socket.socket, cpython.close_method)

    def close(sock: socket.socket) -> None:
        found.append(cpython.is_finalized(files[-1], cpython.frame(1)))
        original(sock)

    monkeypatch.setattr(socket.socket, cpython.close_method, close)
    for by in ("collector", "program", "socket"):
        one = socket.socket()
        file = one.makefile("rb")
        files.append(weakref.ref(file))
        if by == "socket":
            file.close()
            del file
            one.close()
            continue
        one.close()
        if by == "program":
            file.close()
        del file
    assert found == [True, False, False]


def test_closed_by_collector() -> None:
    found: list[bool] = []

    def numbers() -> Iterator[int]:
        try:
            yield 1
        except GeneratorExit:
            found.append(cpython.closed_by_collector(cpython.frame(0)))
            raise

    def drops() -> None:
        one = numbers()
        next(one)
        del one

    def closes() -> None:
        one: Any = numbers()
        next(one)
        one.close()

    drops()
    closes()
    assert found == [True, False]


def test_is_at_exit() -> None:
    assert run(
        "import atexit, _thread\n"
        "main = _thread.get_ident()\n"
        "def at_end():\n"
        "    print(cpython.is_at_exit(cpython.frame(0), main))\n"
        "atexit.register(at_end)\n"
        "print(cpython.is_at_exit(cpython.frame(0), main))"
    ).splitlines() == ["False", "True"]


def test_called_from() -> None:
    found: list[str] = []

    def look(_: object) -> str:
        found.append(cpython.called_from(sys._getframe(1)))
        return ""

    one = [1]
    one.sort(key=look)
    print(sorted([len("a".strip())], key=look), file=io.StringIO())
    b"a".decode().upper().join(map(look, [1]))
    assert found == ["sort", "sorted", "join"]


def test_shows_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> None:
        pass

    found: list[Any] = []
    monkeypatch.setattr(warnings, cpython.shows_warning, found.append)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        never()  # type: ignore[unused-coroutine]
    (shown,) = found
    assert (shown.category, shown.source.cr_code.co_name) == (RuntimeWarning, "never")
    assert (shown.filename, shown.message.args[0].endswith("was never awaited")) == (__file__, True)


def test_reference() -> None:
    assert cpython.reference is weakref.ref


# -- the rule ----------------------------------------------------------------------------------------------------------


def public_names() -> set[str]:
    tree = ast.parse(Path(cpython.__file__).read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    targets = [
        node.targets[0] if isinstance(node, ast.Assign) else node.target
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
    ]
    named = {target.id for target in targets if isinstance(target, ast.Name)} - {"TYPE_CHECKING"}
    return {name for name in found | named if not name.startswith("_")}


def test_every_name_has_its_test() -> None:
    assert {f"test_{name.lower()}" for name in public_names()} <= set(globals())


def private_parts(source: str) -> list[str]:
    """Return what a module takes of the private parts of others: a module, or an attribute that is not its own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in PRIVATE_MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in PRIVATE_MODULES:
            found.append(node.module)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            owner = ast.unparse(node.value)
            if owner not in ("self", "cls") and f"{owner}.{node.attr}" != "os._exit":  # which is documented
                found.append(f"{owner}.{node.attr}")
    return found


@pytest.mark.parametrize("source", ["import _socket", "from _ssl import x", "sys._getframe(1)", "sock._sslobj.x"])
def test_a_private_part_is_found(source: str) -> None:
    assert private_parts(source)


def test_no_other_module_takes_a_private_part() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): parts
        for path in PACKAGE.rglob("*.py")
        if (parts := private_parts(path.read_text(encoding="utf-8"))) and path.name != "cpython.py"
    }
    assert found == {}
