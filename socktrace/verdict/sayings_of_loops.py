"""What is said by event loops, of streams, tasks and greenlets: why, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

OF_LOOPS: Mapping[str, tuple[str, str]] = {
    r"handle_request\.create: KeyError: '": (
        "the server of the manager has nothing by that name",
        "register it by the same name at both ends, at the server's before it serves: `Manager.register(name, ...)`",
    ),
    r"while another coroutine is already (?:waiting|running)": (
        "two tasks read from one stream or connection",
        "let one task read, and hand on what came, as by an asyncio.Queue",
    ),
    "attached to a different loop": (
        "what was made in one event loop is used in another",
        "make streams, locks and clients in the loop that uses them, within the same `asyncio.run()`",
    ),
    "Event loop is closed": (
        "the event loop to which it belongs has come to its end",
        "close clients and writers while the loop runs, within `asyncio.run()`, and make new ones for the next loop",
    ),
    "File descriptor .* is used by transport": (
        "a transport of the event loop has that socket already",
        "talk through its stream or transport only, or give the loop a socket of its own",
    ),
    r"Separator is (?:not found, and|found, but) chunk .*exceed|LimitOverrunError|chunk is longer than limit": (
        "a line was longer than the limit of the stream, 64 KiB if nobody says otherwise",
        "pass a greater `limit=` to `open_connection()` or `start_server()`, or read by length: `readexactly()`",
    ),
    r"asyncio\.run\(\) cannot be called from a running event loop|This event loop is already running": (
        "an event loop runs in this thread already",
        "`await` it there, or run it in a thread of its own",
    ),
    r"no running event loop|There is no current event loop": (
        "no event loop runs in this thread",
        "call it from a coroutine that `asyncio.run()` runs, or hand it over: `asyncio.run_coroutine_threadsafe()`",
    ),
    r"the socket must be non-blocking": (
        "the event loop's own calls need a socket that does not wait",
        "call `sock.setblocking(False)` first",
    ),
    r"BusyResourceError|another task is (?:already )?using": (
        "two tasks use one stream at the same time",
        "let one task read and one write, or take turns with a lock",
    ),
    r"'coroutine' object (?:has no attribute|is not)|non-iterable coroutine|, got coroutine\b|"
    r"(?:not|found|given|type) <?(?:class )?'?coroutine": (
        "a coroutine was called and not awaited: what it returns is there only then",
        "write `await` before the call",
    ),
    r"can't be used in 'await' expression": (
        "what stands after `await` there is no coroutine, but what a plain function returned",
        "leave that `await` out; of a StreamWriter await `drain()` after write(), and `wait_closed()` after close()",
    ),
    r"'(?:_asyncio\.)?(?:Future|Task)' object (?:has no attribute|is not)|"
    r"non-iterable (?:_asyncio\.)?(?:Future|Task)\b": (
        "that is a Future: what it is for is there only when it is done",
        "write `await` before the call; of a pool of threads ask `future.result()`",
    ),
    r"'Deferred' object (?:has no attribute|is not)|non-iterable Deferred": (
        "that is a Deferred: its result is there only when it is called back",
        "`yield` or `await` it in a function with `@inlineCallbacks`, or add a callback",
    ),
    r"'(?:Greenlet|GreenThread|AsyncResult)' object (?:has no attribute|is not)": (
        "that is what runs there, and not what it returns",
        "ask it: `get()`, of eventlet `wait()`",
    ),
    r"'async_generator' object is not iterable|'async for' requires|'async with' requires|"
    r"does not support the (?:asynchronous )?context manager protocol|AttributeError: __a?enter__": (
        "plain `with` and `for` take other objects than `async with` and `async for`",
        "write the one that belongs to it, and call what gives it",
    ),
    r"(?:Trio|trio\.run) was expecting an async function|expecting an async function": (
        "it was given what a call returned, and not the function",
        "pass the function and its arguments, without the parentheses of a call: `trio.run(main)`",
    ),
    r"must be called from async context": (
        "no event loop runs there",
        "call it from a function that `trio.run()` runs, in a thread of its own by `trio.from_thread.run()`",
    ),
    r"\bTooSlowError\b": (
        "what stands in the `with` of fail_after() took longer than that",
        "look at what it waits for there, or allow more time",
    ),
    r"\bWouldBlock\b": (
        "nothing can be had there without waiting",
        "call what waits, without `_nowait`, or catch it",
    ),
    r"\bInvalidStateError\b": (
        "a Future gets its result once, and this one had it, or was cancelled",
        "ask `done()` before set_result()",
    ),
    r"Timeout context manager should be used inside a task": (
        "it was called outside of a task",
        "call it from a coroutine that `asyncio.run()` runs",
    ),
    r"\bClosedResourceError": (
        "the program itself had closed that stream before, or left its `async with`",
        "use it within its `async with`, and let no other task close it meanwhile",
    ),
    r"ConcurrentObjectUseError|Second simultaneous (?:read|write)": (
        "two greenlets use one socket at the same time",
        "let one of them read and one write, or take turns with a lock",
    ),
    r"LoopExit: This operation would block forever": (
        "all greenlets wait, and nothing is left that could wake one",
        "let one of them send, put, set or close what the others wait for",
    ),
    r"cannot switch to a different thread": (
        "a socket or lock of greenlets is used in another thread than the one that made it",
        "call `monkey.patch_all()` before all other imports, so that no thread of the system's uses it",
    ),
}
"""As the table in `sayings`."""
