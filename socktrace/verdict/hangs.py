"""A program that had to be stopped: where it stood, who waits for whom, and what to do about it. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from socktrace.recording import Call, Program, Stand
from socktrace.recording.conversations import Conversation
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.answers import endless, whole
from socktrace.verdict.case import Case, outlived_main
from socktrace.verdict.causes import AGREE, LET_OTHERS, refusal, why
from socktrace.verdict.closes import cure as ending
from socktrace.verdict.copies import held
from socktrace.verdict.events import Finding
from socktrace.verdict.misuse import Cause
from socktrace.verdict.strays import astray
from socktrace.verdict.subscriptions import in_vain
from socktrace.verdict.threads import ended_threads
from socktrace.verdict.warned import never_awaited
from socktrace.wording import describe, plural

_LIBRARIES = {
    "term": "close every socket of the context first, with `linger=0` if what is not sent yet may be lost",
    "recv_exit_status": (
        "read stdout and stderr to their ends first, and ask for the status then: the other end cannot go on when "
        "what it prints has no room any more (the window of its channel, RFC 4254 section 5.2)"
    ),
}
"""What to do about who waits in a function of a library, ZeroMQ or Paramiko, for what its program has to do."""
_LIMIT = "give every blocking call a timeout, or allow more time with --timeout (0 for no limit)"
_LOOPS = ("run", "run_until_complete", "run_forever")
"""What runs an event loop: where the main thread is meanwhile says nothing, its tasks do."""
_ASLEEP = "asleep"
"""As the calls witness says it of an event loop."""
_WAKE = (
    "let other threads call `loop.call_soon_threadsafe()` or `asyncio.run_coroutine_threadsafe()`, which wake it; all "
    "else of asyncio is for the loop's own thread"
)
_POOL = "pool"
"""As the calls witness says it of who waits for a connection that others have."""
_GIVE_BACK = (
    "give each connection back before you ask for the next: read its response to the end, or close it; `with` does"
)
_UNPATCHED = "unpatched"
"""As the calls witness says it of a call that waits with the whole thread, and with it all greenlets."""
_PATCH = (
    "call `monkey.patch_all()` of gevent, or `monkey_patch()` of eventlet, before all other imports: only then does a "
    "call that waits let the other greenlets go on"
)
_FULL = "full"
"""As the calls witness says it of who waits for a child whose output fills its pipe."""
_NURSERY = "nursery"
"""As the calls witness says it of a task that waits for others which it has started."""
_QUEUED = "queued"
"""As the calls witness says it of a child that waits until somebody takes what it has put into a queue."""
_WORKING = "working"
"""As the calls witness says it of who waits for a pool until that has done all that it was given."""
_UNSTARTED = "unstarted"
"""As the calls witness says it of a main thread that is in run() of another, which the program called itself."""
_BLOCKS = "blocks"
"""As the calls witness says it of a call that waits in a coroutine, and with it the event loop."""
_STARTED = "started"
"""As the calls witness says it of a thread that stands at no line of the program's: its line is who started it."""
_ITERATES = "iterates"
"""As the calls witness says it of who waits for the next that a generator of a library gives."""
_SERVES = "serves"
"""As it says that of a function of a library that goes on, and of which nothing is known that ends it."""
_UNTIL = "until "
"""How begins what the calls witness says of a function of a library that goes on until another one is called."""
_ALSO = {
    _STARTED: ", started here, and the program ends only when it does",
    _SERVES: ", which goes on for as long as the program does",
    _ITERATES: ", in a loop that goes on as long as something may come",
    _BLOCKS: ", and its event loop with it",
    _UNPATCHED: ", and all greenlets of its thread with it",
    _FULL: ", whose output nobody reads, and there is no room for more",
    _NURSERY: " until all tasks have ended that it started",
    _QUEUED: " until somebody takes what it has put into a queue",
    _UNSTARTED: ", in run() of a thread that was not started, but called",
    _WORKING: " until its pool has done all that it was given",
}
"""What is said of who waits beside that, by what the calls witness says."""
_STOPS = {
    "socketserver": "make the server itself, such as by `make_server()` of WSGI, and call its `shutdown()`",
    "uvicorn": "make a `uvicorn.Server(config)`, let the thread call its `run()`, and set `should_exit = True`",
    "waitress": "make the server itself, by `create_server()`, let the thread call its `run()`, and call its `close()`",
}
"""How a server is ended that a library makes for itself, by the library that opened its listening socket."""
_STOP = "call what ends it, such as the `stop()`, `shutdown()`, `close()` or `disconnect()` of its object"
_LET_GO = (
    "hold no lock while you wait for the other end: who waits in acquire() may be the one that would send, or make "
    "the other end answer"
)
_MEND = {
    _POOL: _GIVE_BACK,
    _UNPATCHED: _PATCH,
    _BLOCKS: LET_OTHERS,
    _FULL: "read its output while it runs, and wait for it then: `communicate()` does both",
    _NURSERY: (
        "end what goes on, such as a server, when the rest is done: `nursery.cancel_scope.cancel()`, in AnyIO that of "
        "the task group; of asyncio cancel() the task"
    ),
    _UNSTARTED: "call `start()`: it calls run() in a thread of its own, and returns at once",
    _QUEUED: "take what a process puts into a queue, with get(), before you join that process",
}
"""What to do about that."""
_BUSY = "busy"
"""As the calls witness says it of a program that has computed for most of its time."""
_LET_WAIT = (
    "let the loop wait, or leave it: select() returns at once as long as a socket can be written to, or has ended, so "
    "ask for writing only while there is something to send"
)
_THINGS = ("file", "tls")
"""The kinds of `Stand` that are none of who waits."""
_WORKER = "ThreadPoolExecutor-"
"""How the name of a thread begins that belongs to a pool of `concurrent.futures`, if the program gives it none."""
_SELECTS = ("select", "poll")
"""What one waits in until a socket is ready."""
_LAMBDA = "(<lambda>)"
"""What the name of a thread ends with that was given a lambda to call (`threading`)."""
_PASS = (
    "pass each thread its own, `Thread(target=handle, args=(connection,))`: a lambda looks up a variable when it is "
    "called, and by then the loop has given it another value"
)
_NEW_LINE = r"\n"
"""How a line ends in `Call.data`."""
_TAKES_ALL = ("recv_into", "readline", "readuntil", "readexactly")
"""What waits until a line or a number of bytes is there, of a file of `makefile()` and of a stream."""
_OF_QUEUES = ("", "recv_multipart", "recv_string", "recv_json", "recv_pyobj", "poll")
"""The functions of ZeroMQ in which one waits for a message; recv() itself is written in C, and has no name."""
_ENDS_SERVER = ("__aexit__", "wait_closed")
"""What a task waits in until a server of asyncio is closed, with all its connections (Python 3.12)."""
_ASKS_KEY = ("Client", "accept")
"""What waits for bytes in `multiprocessing.connection` only to agree upon the key."""
_OFTEN = 5
"""How many calls must have returned before one says that a program was at work."""
_JUST_NOW = 200.0
"""How many milliseconds before the end the last one returns of a program that was at work."""
_LEAVE = "leave the loop when recv() returns b'': that is the end of the stream, and no more will come"
_FOR_OTHERS = ("acquire", "get", "join", "put", "wait")
"""What one waits in, on no socket, until another thread or task does something."""
_DO_IT = (
    "look at who is to set, put, release or finish what it waits for, and under which condition it does; or wait with "
    "a timeout"
)
_CHILD = ("Popen.wait", "os.wait", "os.waitpid", "os.wait3", "os.wait4", "os.waitid", "Process.join", "Process.wait")
"""What one waits in until a child process ends."""
_WAITS = (*_CHILD, *_SELECTS, "join", "wait", "acquire", "get", "sleep", "_shutdown")
"""What a thread waits in that makes no call on a socket."""
_IMPORT = "import"
"""Where a thread is that loads a module."""
_SERVING = ("serve_forever", "process_request_thread")
"""Where the threads of a server of `socketserver` wait for clients, and for what a client says."""
_DONE = "the program's last line was done"
_ENDING = "_shutdown"
"""Where the main thread waits for the others when the program's code has come to its end (`threading`)."""


def hang(case: Case, number: int, one: Program) -> Finding:
    """Say that a program was still running when its time limit came.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
    """
    begins = "it was still running when its time limit came"
    stands = [stand for stand in case.recording.stands if stand.process == number and stand.kind not in _THINGS]
    is_asleep = any(stand.on == _ASLEEP for stand in stands)
    if any(stand.kind == "task" for stand in stands):
        stands = [one for one in stands if one.kind == "task" or one.function not in _LOOPS or _is_started(one)]
    told = [stand for stand in stands if stand.line or stand.function in (_ENDING, "serve_forever")]
    told += [stand for stand in stands if stand not in told and stand.kind == "thread" and stand.call == "recv"]
    ends = _end_reads(case, number)
    if ends and ends[0].line:
        others = [stand for stand in told if stand.function in _WAITS and _line(case, stand)]
        clauses = dict.fromkeys([_spins(case, ends), *(_clause(case, stand, ends[0].path or "") for stand in others)])
        message = f"{begins}: {'; '.join(clauses)}"
        return Finding("hang", case.file(ends[0].path or ""), ends[0].line, message, _LEAVE)
    told = _without_idle(told)
    first = next((stand for stand in told if _line(case, stand)), None)
    if first is None:
        where = ", ".join(f"line {line}" for line in dict.fromkeys(one.stuck))
        message = begins + (f"; it stood at {where}" if where else "")
        return Finding("hang", one.program, one.stuck[0] if one.stuck else None, message, _LIMIT)
    clauses = dict.fromkeys(_clause(case, stand, _file(case, first)) for stand in told)
    message = f"{begins}: {'; '.join(clauses)}"
    refused = None if is_asleep else _refused(case, first)
    cure = _WAKE if is_asleep else refused.fix if refused else next(_cures(case, told), _LIMIT)
    is_unheard = first.socket is None and not refused and not is_asleep
    causes = [
        _unheard(case, number) if is_unheard else None,
        _lies(case, number, first),
        gone := _writes_on(case, number),
        _untold(case, number, first),
        _in_a_file(case, number, first),
        _ended_thread(case, one, first),
        left := _left_client(case, number, told),
    ]
    for cause in filter(None, causes):
        message, cure = f"{message}; {cause.words}", cause.fix
    never = never_awaited(one)
    if never:
        message, cure = f"{message}; {never.words}", never.fix
    message += f"; what it asks for there is refused again and again: {refused.words}" if refused else ""
    message += _of_message_queue(case, told)
    if first.socket is None and first.function in _OF_QUEUES and (vain := in_vain(case)):
        message, cure = f"{message}; {vain.words}", vain.fix
    if late := _in_the_queue(case, told, _file(case, first)):
        message, cure = f"{message}; {late.words}", late.fix
    message += "; its event loop sleeps, though another thread has given it something to call" if is_asleep else ""
    if never and never.line:
        return Finding("hang", one.program, never.line, message, cure)
    if at := next((cause.at for cause in (gone, left) if cause and cause.at), None):
        return case.finding("hang", message, cure, at)
    both = frozenset(filter(None, (first.socket, _other(case, first.socket or 0))))
    return Finding("hang", case.file(_file(case, first)), _line(case, first), message, cure, ends=both)


def _in_the_queue(case: Case, stands: list[Stand], besides: str) -> Cause | None:
    """Say of a thread that accepted connections that it does something else, while others wait in the queue."""
    for one in case.conversations:
        if one.listener is None or one.server_socket is not None or not one.established or one.refused:
            continue
        accepts = [call for call in case.calls(one.listener) if call.name == "accept" and call.made and call.line]
        opened = case.recording.openings.get(one.client_socket or 0)
        threads = [stand for stand in stands if stand.line and stand.kind == "thread"]
        busy = [stand for stand in threads if "accept" not in (stand.call, stand.function)]
        if not accepts or not opened or not opened.line or len(busy) != 1 or accepts[-1].thread == opened.thread:
            continue
        where, place = case.place(accepts[-1], besides), case.spot(busy[0].line or 0, busy[0].file, besides)
        words = (
            f"the connection of {case.place(opened, besides)} waits in the queue: the thread that accepts, at {where}"
        )
        return Cause(
            f"{words}, is at {place}",
            "let the thread that accepts do nothing else: give each connection to a thread of its own, "
            "`Thread(target=handle, args=(connection,))`, and do not call handle() there",
        )
    return None


def _of_message_queue(case: Case, stands: list[Stand]) -> str:
    """Say of a context of ZeroMQ that is to end where nobody takes what lies in its queues (zmq_ctx_term(3))."""
    vain = [one for one in case.conversations if one.refused and one.client_socket is None]
    if not vain or not any(stand.function == "term" for stand in stands):
        return ""
    return f"; nobody listens at {vain[-1].server}, and what was to be sent there lies in a queue"


def _without_idle(stands: list[Stand]) -> list[Stand]:
    """Leave out the threads of a server that only wait for their clients, where the main thread waits for another."""
    main = stands[0] if stands and stands[0].kind == "main" and stands[0].line else None
    idle = [stand for stand in stands if stand.line is None and stand.function in _SERVING and not _serves(stand)]
    if main is None or main.on in {_WORKING, *(stand.name for stand in idle)} or main.function == "shutdown":
        return stands
    return [stand for stand in stands if stand not in idle]


def _unheard(case: Case, number: int) -> Cause | None:
    """Say of what a program has sent last by UDP that no socket had the port, if it still has the socket."""
    for socket in case.recording.sockets:
        calls = [call for call in case.calls(socket.id) if call.process == number]
        if calls and calls[-1].error == "ECONNREFUSED" and socket.type == "SOCK_DGRAM":
            return why(case, calls[-1])
    return None


def _lies(case: Case, number: int, first: Stand) -> Cause | None:
    """Say of who waits in no call on a socket that bytes lie in one of TLS, where select() does not see them."""
    for stand in case.recording.stands if first.socket is None else ():
        if (stand.kind, stand.process) == ("tls", number) and stand.socket is not None:
            count, what = plural(int(stand.name), "byte"), describe(case.recording.socket(stand.socket))
            words = f"{count} that came are in the {what}"
            fix = "ask `pending()` before select(), or call recv() until it has no more: TLS took them off the wire"
            return Cause(f"{words}, decrypted, where select() does not see them", fix)
    return None


def _in_a_file(case: Case, number: int, first: Stand) -> Cause | None:
    """Say of who waits in select() that a file of `makefile()` had taken several lines at once, and not given all."""
    for socket in case.recording.sockets if first.function in _SELECTS else ():
        moved = [call for call in _moved(case, socket.id) if call.process == number and call.name == "recv"]
        lines = moved[-1].data.count(_NEW_LINE) if moved and moved[-1].function == "recv_into" else 0
        if lines > 1 and moved[-1].line and not _closed_by(case, socket.id, number):
            place = case.place(moved[-1], _file(case, first))
            words = (
                f"{lines} lines came at once at {place}, and a file of makefile() keeps those that it has not given yet"
            )
            fix = (
                "read all that the file has before you wait again; or wait and read without it: recv(), and split lines"
            )
            return Cause(f"{words}, where {first.function}() does not see them", fix)
    return None


def _writes_on(case: Case, number: int) -> Cause | None:
    """Say of a program that never waits that it goes on writing to who has gone: a stream of asyncio does not raise."""
    is_busy = any((stand.process, stand.on) == (number, _BUSY) for stand in case.recording.stands)
    sends = [call for call in case.recording.calls if (call.process, call.name) == (number, "send") and is_busy]
    failed = [call for call in sends if call.error in ("EPIPE", "ECONNRESET") and call.line]
    cause = why(case, failed[-1]) if failed and failed[-1].via.startswith("asyncio") else None
    if cause is None:
        return None
    fix = "await `drain()` after write(), which raises then; or leave the loop when `writer.is_closing()`"
    return Cause(f"it goes on writing at {case.place(failed[-1])}, though {cause.words}", fix, failed[-1])


def _untold(case: Case, number: int, first: Stand) -> Cause | None:
    """Say of who waits in select() or poll() that bytes lie at a socket of which they do not tell."""
    for socket in case.recording.sockets if first.function in _SELECTS else ():
        own, other = _moved(case, socket.id), _other(case, socket.id)
        sent = [call for call in _moved(case, other) if call.name == "send"] if other else []
        taken = [call for call in own if call.name == "recv"]
        count = sum(call.size or 0 for call in sent) - sum(call.size or 0 for call in taken)
        is_own = bool(taken) and {call.process for call in case.calls(socket.id)} == {number}
        if not is_own or socket.tls or count <= 0 or _closed_by(case, socket.id, number):
            continue
        if sent[-1].until < taken[-1].at and not any(one.socket == socket.id for one in case.recording.stands):
            words = f"{plural(count, 'byte')} lie at the {describe(socket)}, of which {first.function}() does not tell"
            fix = (
                "register that socket, too; with EPOLLET, which tells only of what is new, read until BlockingIOError "
                "before you wait again"
            )
            return Cause(words, fix)
    return None


def _left_client(case: Case, number: int, stands: list[Stand]) -> Cause | None:
    """Say of a server that cannot be closed yet which client of the same program is open, though nobody waits at it."""
    used = {stand.socket for stand in case.recording.stands}
    ends = any(stand.kind == "task" and stand.function in _ENDS_SERVER for stand in stands)
    for one in case.conversations if ends else ():
        client = one.client_socket
        if client is None or one.server_socket is None or client in used or _closed_by(case, client, number):
            continue
        opened, socket = case.recording.openings[client], case.recording.socket(client)
        if (
            opened.line
            and socket.role == "client"
            and opened.process == number == case.recording.openings[one.server_socket].process
        ):
            words = f"the {describe(socket)}, opened at {case.place(opened)}, is a client of it, and open still"
            return Cause(words, f"{ending(opened, socket)}: a server is closed when its last connection is", opened)
    return None


def _closed_by(case: Case, socket: int, process: int) -> bool:
    return any(call.name in CLOSINGS and call.process == process for call in case.calls(socket))


def _ended_thread(case: Case, one: Program, first: Stand) -> Cause | None:
    """Say which thread an error had ended before: who waits for what that was to do, waits in vain."""
    dead = next((died for died in ended_threads(one) if died.line), None)
    if dead is None:
        return None
    place = case.spot(dead.line or 0, one.file, _file(case, first))
    words = f"an error had ended the thread {dead.name!r} before, at {place}: {dead.said}"
    return Cause(words, f"mend that error, or handle it there, at {place}: what the thread was to do, nobody does now")


def _serves(stand: Stand) -> bool:
    """Say whether a server serves a client in the thread in which it waits for others, who have to wait meanwhile."""
    return stand.function == "serve_forever" and stand.call == "recv"


def _refused(case: Case, stand: Stand) -> Cause | None:
    """Say why a line is refused that tries again and again; `None` if that is not what it does."""
    calls = {call.socket for call in case.recording.calls if (call.name, call.line) == ("connect", stand.line)}
    vain = [one for one in case.conversations if one.refused and one.client_socket in calls]
    if len(vain) < 2 or len(vain) < len(calls) or stand.socket is not None:
        return None
    return refusal(case, vain[-1].server, vain[-1].packets[0].at)


def _line(case: Case, stand: Stand) -> int | None:
    """Return the line at which a thread or task stands, or that of the socket which it serves for the program."""
    if stand.line is None and stand.socket is not None:
        return case.recording.openings[stand.socket].line
    return stand.line


def _file(case: Case, stand: Stand) -> str:
    if stand.line is None and stand.socket is not None:
        return case.recording.openings[stand.socket].path or ""
    return stand.file


def _clause(case: Case, stand: Stand, besides: str) -> str:
    """Say what a thread or a task waits for, such as `line 12 waits in recv() for bytes from ...`.

    Args:
        case: The run.
        stand: Where it stands.
        besides: As in `Case.place`.
    """
    if stand.function == _ENDING:
        died = outlived_main(case.program(stand.process))
        return f"{'an error had ended the main thread' if died else _DONE}, but other threads went on"
    who = {"main": "it", "child": "a child process"}.get(stand.kind, f"the {stand.kind} {stand.name!r}")
    if stand.line is None:
        verb = "is in" if stand.function == "serve_forever" else "waits in"
        return f"{who} {verb} {stand.function}(){_on(case, stand)}"
    place = case.spot(stand.line, stand.file, besides)
    whose = "" if stand.kind == "main" else f" ({who})"
    if last := _at_work(case, stand):
        return f"{place} was at work: its last call on a socket, {last.function}(), had returned just before"
    if stand.function == _IMPORT:
        return f"{place}{whose} had not come to the end of its import"
    if not stand.function:
        return f"{who} stood at {place}" + (", and worked all the time: it did not wait" if stand.on == _BUSY else "")
    return f"{place}{whose} waits in {stand.function}(){_on(case, stand)}{_ALSO.get(stand.on.partition(' ')[0], '')}"


def _lately(case: Case, calls: Sequence[Call]) -> Call | None:
    """Return the last of some calls of a process, if there were many and it returned just before the end."""
    ended = case.program(calls[-1].process).ended if calls else None
    return calls[-1] if ended is not None and len(calls) >= _OFTEN and calls[-1].until > ended - _JUST_NOW else None


def _at_work(case: Case, stand: Stand) -> Call | None:
    """Return the last call of a main thread that did not wait, but made one call after the other to the end."""
    if stand.kind != "main" or stand.function in _WAITS:
        return None
    return _lately(case, [call for call in case.recording.calls if (call.process, call.thread) == (stand.process, 0)])


def _end_reads(case: Case, number: int) -> list[Call]:
    """Return the calls by which a program has read the end of a stream, again and again, to the end."""
    for socket in case.recording.sockets:
        calls = [call for call in case.calls(socket.id) if call.process == number and _says(call)]
        ends = [*itertools.takewhile(lambda call: call.name == "recv" and call.size == 0, reversed(calls))]
        if socket.type == "SOCK_STREAM" and _lately(case, ends[::-1]):
            return ends
    return []


def _says(call: Call) -> bool:
    """Say whether a call tells if its line reads on: the end of the program does not, nor what sends nothing."""
    return call.name not in CLOSINGS and not (call.name == "send" and call.size == 0)


def _spins(case: Case, ends: list[Call]) -> str:
    """Say that a program reads the end of a stream again and again, and which line ended the stream."""
    least = "at least " if any(reason.startswith("bytes:") for reason in case.recording.unseen) else ""
    count = f"{least}{len(ends):,} times so far"
    often = f"{case.place(ends[0], ends[0])} reads the end of the stream again and again, {count}"
    calls = case.calls(_other(case, ends[0].socket))
    place = next((case.place(call, ends[0]) for call in calls if call.name in ("shutdown", *CLOSINGS)), "")
    return often + (f": the other end was closed at {place}" if place else "")


def _on(case: Case, stand: Stand) -> str:
    """Say on what a thread or task waits: for something to come, or for what cannot come any more."""
    closed = _closed(case, stand)
    if closed is None or stand.socket is None:
        return _for(case, stand)
    place = case.place(closed, stand.file)
    what = f" on the {describe(case.recording.socket(stand.socket))}, which was closed"
    return f"{what}{f' at {place}' if place else ''}, and that wakes nobody who waits"


def _for(case: Case, stand: Stand) -> str:
    if stand.on == _POOL:
        return f" for a connection of its pool{_has_them(case, stand)}"
    if stand.socket is None:
        is_thread = _is_thread(stand)
        whom = "a child process" if stand.function in _CHILD else f"the thread {stand.on!r}" if is_thread else ""
        return f" for {whom} to end" if whom else ""
    socket = case.recording.socket(stand.socket)
    if stand.call == "accept":
        what = "for somebody to call" if stand.line else "and serves"
        return f" {what} the {describe(socket)}"
    if stand.call == "recv" and (missed := _missed(case, stand)):
        return f" on the {describe(socket)}: {missed.words}"
    other = _other(case, stand.socket)
    if other is None:
        return f" on the {describe(socket)}{_not_accepted(case, stand.socket)}"
    return _for_end(case, stand, other) or f" on the {describe(socket)}"


def _is_thread(stand: Stand) -> bool:
    """Say whether what is said of whom somebody waits for is the name of a thread."""
    is_known = stand.on in ("", _ASLEEP, _POOL, _BUSY, *_ALSO) or stand.on.startswith(_UNTIL) or _is_started(stand)
    return not is_known


def _is_started(stand: Stand) -> bool:
    """Say whether a thread stands at no line of the program's, and is told by the one that started it."""
    return stand.on == _STARTED or stand.on.startswith(f"{_STARTED} {_UNTIL}")


def _missed(case: Case, stand: Stand) -> Cause | None:
    """Say where a datagram is for which a thread or task waits."""
    socket = None if stand.socket is None else case.recording.socket(stand.socket)
    return astray(case, socket, case.recording.milliseconds, stand.file) if socket else None


def _for_end(case: Case, stand: Stand, other: int) -> str:
    """Say for what a thread or task waits from the other end of a connection; `""` if that cannot be told."""
    opened = case.recording.openings[other]
    place = case.place(opened, stand.file)
    end = f"the {describe(case.recording.socket(other))}" + (f" of {place}" if place else "")
    stands = (one for one in case.recording.stands if one.socket == other and one.line)
    stuck = next((one for one in stands if one.kind not in _THINGS), None)
    spot = case.spot(stuck.line, stuck.file, stand.file) if stuck and stuck.line else ""
    also = f", where {spot} waits in {stuck.function}() itself" if stuck else ""
    if stand.call == "recv":
        copy = None if stuck else held(case, other, stand.file)
        also = also or (", which nobody has read from yet" if _is_unread(case, other) else "")
        also = f", {copy.words}" if copy else also
        came = _came(case, stand) or (_taken(case, stand) if stuck and stuck.call == "recv" else "")
        return f" for bytes or the end from {end}{also}{_of_message(case, other, stand) or came}"
    if stand.call == "send":
        return f" until {end} reads what lies there{also}"
    return ""


def _came(case: Case, stand: Stand) -> str:
    """Say what has come of what somebody waits for, who takes no part of it."""
    part = [*itertools.takewhile(lambda call: call.name == "recv", reversed(_moved(case, stand.socket)))]
    if stand.function not in _TAKES_ALL or not part or part[0].data.endswith(_NEW_LINE):
        return ""
    return f": {plural(sum(call.size or 0 for call in part), 'byte')} came, and it waits for more"


def _taken(case: Case, stand: Stand) -> str:
    """Say of who waits for more that it has taken all that the other end sent, which waits itself."""
    ours, theirs = (_moved(case, socket) for socket in (stand.socket, _other(case, stand.socket or 0)))
    part = [*itertools.takewhile(lambda call: call.name == "recv", reversed(ours))]
    is_answered = not theirs or theirs[-1].name == "recv"
    if not part or is_answered or stand.function in _TAKES_ALL or not stand.line:
        return ""
    place = case.place(theirs[-1], stand.file)
    size = plural(sum(call.size or 0 for call in part), "byte")
    return f": it has taken the {size} that {place or 'the other end'} sent, and waits for more"


def _moved(case: Case, socket: int | None) -> list[Call]:
    return [call for call in case.calls(socket) if call.name in ("send", "recv") and call.size]


def _is_unread(case: Case, socket: int | None) -> bool:
    """Say whether a connection was accepted and then left alone, though its client has sent something."""
    if socket is None:
        return False
    other = _other(case, socket)
    names = {call.name for call in case.calls(socket)}
    return names <= {"accept"} and any(call.name == "send" for call in case.calls(other))


def _has_them(case: Case, stand: Stand) -> str:
    """Say which connections are those that a pool has given out: the open ones that a library opened."""
    held = case.held_by_libraries(stand.process)
    places = dict.fromkeys(filter(None, (case.place(one, stand.file) for one in held)))
    return f", and has given all of them out, at {', '.join(places)}" if places else ", and all are given out"


def _of_message(case: Case, other: int, stand: Stand) -> str:
    """Say of what somebody waits for that it cannot be known to have come."""
    message = _message(case, other, stand)
    return f": {message.words}" if message else ""


def _message(case: Case, other: int, stand: Stand) -> Cause | None:
    """Say why the end of a message cannot be known, or that it has come already, of who took it and did not answer."""
    taken = _moved(case, stand.socket)
    is_whole = bool(taken) and taken[-1].name == "recv"
    return endless(case, other, stand.file) or (whole(case, other, stand.file) if is_whole else None)


def _closed(case: Case, stand: Stand) -> Call | None:
    """Return the call by which another thread closed the socket on which one waits."""
    if stand.kind == "child":
        return None  # what the program closed was its own copy
    calls = (call for call in case.calls(stand.socket) if call.process == stand.process)
    return next((call for call in calls if call.name == "close" and not case.is_after_cut(call)), None)


def _conversation(case: Case, socket: int) -> Conversation | None:
    return next((one for one in case.conversations if socket in (one.client_socket, one.server_socket)), None)


def _other(case: Case, socket: int) -> int | None:
    """Return the socket at the other end of a connection."""
    one = _conversation(case, socket)
    return None if one is None else one.server_socket if one.client_socket == socket else one.client_socket


def _not_accepted(case: Case, socket: int) -> str:
    one = _conversation(case, socket)
    if one is None or one.listener is None or one.server_socket is not None:
        return ""
    return f", which nobody accepted at the {describe(case.recording.socket(one.listener))}"


def _cures(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Yield what a person would do about it, the surest first."""
    yield from _of_busy(case, stands)
    if stands and (fix := _LIBRARIES.get(stands[0].function)):
        yield fix
    yield from _of_servers(stands)
    yield from (fix for on, fix in _MEND.items() if any(stand.on == on for stand in stands))
    yield from _of_what_goes_on(case, stands)
    if any(stand.socket is not None and _closed(case, stand) for stand in stands):
        yield "call `shutdown(socket.SHUT_RDWR)` on the socket before it is closed: that wakes who waits"
    if any(stand.function == "acquire" for stand in stands) and any(stand.call == "recv" for stand in stands):
        yield _LET_GO
    lambdas = [stand.socket for stand in stands if _LAMBDA in stand.name and stand.call == "recv"]
    yield from [_PASS] if len(set(lambdas)) < len(lambdas) else []
    yield from _of_ends(case, stands)
    yield from _of_libraries(stands)
    for stand in stands:
        if stand.call == "accept" and stand.function != "serve_forever":
            yield "give accept() a timeout, or count the callers that it is to wait for"
    for stand in stands:
        if _is_thread(stand):
            yield f"let the thread {stand.on!r} come to its end before you join it, or give join() a timeout"
    if stands and stands[0].function in _FOR_OTHERS and stands[0].socket is None:
        yield _DO_IT


def _of_what_goes_on(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Say what to do about who waits in a function that goes on until another one is called, or until its thread ends.

    It is in the main thread, or has no line of the program's on its stack.
    """
    first = next((stand for stand in stands if stand.line), None)
    if first is None or not (first.on == _SERVES or first.on.startswith(_UNTIL) or _is_started(first)):
        return
    told = first.on.partition(_UNTIL)[2]
    tell = f"{'set' if '=' in told else 'call'} its `{told}`"
    if first.on.startswith(_UNTIL):
        yield f"{first.function}() goes on until it is told to end: {tell}, such as in a callback, or a thread"
    listeners = [socket for socket in case.recording.sockets if socket.role == "listener"]
    vias = {case.recording.openings[one.id].via.partition(".")[0] for one in listeners}
    end = tell if told else next((fix for via, fix in _STOPS.items() if via in vias), _STOP)
    if any(stand.function == _ENDING for stand in stands):
        yield f"{end}, before the last line; or start the thread with `daemon=True`: then it ends with the program"
    yield f"let a thread of its own serve, and end that: {end}"


def _of_ends(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Say what to do about who waits for the other end of a connection."""
    waiting = {stand.socket: stand for stand in stands if stand.socket is not None}
    others = {one.socket: one for one in case.recording.stands if one.socket is not None and one.kind not in _THINGS}
    for socket, stand in waiting.items():
        other = _other(case, socket)
        if other is not None and stand.call == "recv" and (message := _message(case, other, stand)):
            yield message.fix
    yield from _of_what_came(case, [*waiting.values()], stands[:1])
    for socket, stand in waiting.items():
        if other_stand := others.get(_other(case, socket) or 0):
            yield from _of_both(case, stand, other_stand)
    asks = [socket for socket, stand in waiting.items() if stand.call == "recv"]
    if any(_is_unread(case, _other(case, socket)) for socket in asks):
        if any(stand.name.startswith(_WORKER) for stand in stands):
            yield "all threads of the pool wait: let it have more, or what it runs not wait for what it is to run next"
        yield "let a thread read from each connection: have one for each client, or give recv() a timeout"
    for socket, stand in waiting.items():
        if stand.call == "recv" and _not_accepted(case, socket):
            if any(map(_serves, stands)) or _asks_itself(case, socket):
                yield (
                    "let the server have a thread for each client, as `ThreadingHTTPServer` or `ThreadingTCPServer` "
                    "does, or close the connection before it is asked on another"
                )
            yield "accept() it in another thread or process, before you wait for its answer"
    for socket, stand in waiting.items():
        other = _other(case, socket)
        if stand.call == "recv" and other is not None and not _not_accepted(case, socket):
            copy = held(case, other, stand.file)
            yield from (copy.fix,) if copy else _of_reader(case, other, stand)


def _asks_itself(case: Case, socket: int) -> bool:
    """Say whether a connection waits in a queue for the very thread that opened it."""
    one = _conversation(case, socket)
    accepts = [call for call in case.calls(one.listener if one else None) if call.name == "accept" and call.made]
    opened = case.recording.openings[socket]
    return bool(accepts) and (accepts[-1].process, accepts[-1].thread) == (opened.process, opened.thread)


def _of_what_came(case: Case, stands: list[Stand], first: list[Stand]) -> Iterator[str]:
    """Say what to do about who waits for what did not come, or came only in part.

    Args:
        case: The run.
        stands: Those that wait on a socket.
        first: The first one of all, if there is one.
    """
    for stand in stands:
        if stand.call == "recv" and (missed := _missed(case, stand)):
            yield missed.fix
        if stand.call == "recv" and stand.function == "accept":
            yield (
                "let accept() not wait for the TLS handshake of a client: wrap the listening socket with "
                "`do_handshake_on_connect=False`, and call do_handshake() with a time-out in the client's own thread"
            )
        if stand.on == _ITERATES and stand is stands[0] and (stand.kind != "task" or stand in first):
            yield (
                "leave the loop with `break` when you have what you wanted, ask with a time-out instead, or let "
                f"another thread close what {stand.function}() reads from: it ends only with its connection"
            )
        if _came(case, stand):
            yield (
                "`read(n)` and `readexactly(n)` wait for all n bytes, `readline()` for the end of a line: ask for what "
                "comes, with `read1()` or recv(), or let the other end send the rest"
            )


def _of_libraries(stands: list[Stand]) -> Iterator[str]:
    """Say what to do about who waits in a function of a library for what its program has to do."""
    for stand in stands:
        if stand.kind == "task" and stand.function in _ENDS_SERVER:
            yield "close its clients first, and let its handlers end: a server is closed when its last connection is"
        if stand.function == _IMPORT:
            yield "allow more time with --timeout (0 for no limit)"


def _of_busy(case: Case, stands: list[Stand]) -> Iterator[str]:
    """Say what to do about a program that was not stuck."""
    if any(stand.on == _BUSY for stand in stands):
        yield _LET_WAIT
    if any(_at_work(case, stand) for stand in stands):
        yield "it was not stuck: allow more time with --timeout (0 for no limit), or let it do less"


def _of_servers(stands: list[Stand]) -> Iterator[str]:
    """Say what to do about a server that goes on, if nobody waits for anything else."""
    serving = [stand for stand in stands if stand.function == "serve_forever"]
    stopping = [stand for stand in stands if stand.function == "shutdown"]
    if stopping and not serving and (stopping[0].kind == "thread" or len(stands) == 1):
        yield (
            "`shutdown()` waits until `serve_forever()` has returned: call it while another thread is in that, such as "
            "in a thread of its own"
        )
    names = {stand.name for stand in serving}
    waits = (stand for stand in stands if _asks(stand) and stand.function not in (_ENDING, "serve_forever"))
    if not all(stand.on in (_WORKING, *names) for stand in waits):
        return
    if any(stand.kind == "task" for stand in serving):
        yield "cancel the task when it has served, or leave `serve_forever()` out: it ends only when it is cancelled"
    if any(stand.kind == "thread" for stand in serving) and not stopping:
        fix = "call `shutdown()` on the server, join its thread, then call `server_close()`"
        if any(stand.function == _ENDING for stand in stands):
            fix += "; do so before the last line: what `atexit` has is called only when all such threads have ended"
        if any(stand.on == _WORKING for stand in stands):
            fix = "call `shutdown()` on the server before the `with` of the pool ends, which waits for what it serves"
        yield fix


def _asks(stand: Stand) -> bool:
    """Say whether somebody waits for what the program does: its main thread, or a task for bytes."""
    return stand.kind == "main" or (stand.kind == "task" and stand.call in ("recv", "send"))


def _of_both(case: Case, stand: Stand, other: Stand) -> Iterator[str]:
    """Say what to do if both ends of a connection wait for each other."""
    if stand.call == other.call == "recv" and {stand.function, other.function} & set(_ASKS_KEY):
        yield "give both ends the same `authkey`, or none: who has one, waits until the other end has asked for it"
    elif stand.call == other.call == "recv" and not (stand.line and other.line):
        yield "both ends read, and none writes: let one of the two speak first, as their protocol says"
    elif stand.call == other.call == "recv" and (_taken(case, stand) or _taken(case, other)):
        yield AGREE
    elif stand.call == other.call == "recv":
        place = case.spot(other.line or 0, other.file, stand.file)
        first = "one of the two" if place == f"line {stand.line}" else f"{place} or line {stand.line}"
        silent = [one for one in (stand, other) if one.function == "recv_into" and not _sent(case, one)]
        flush = "; what is written to a file of `makefile()` is sent by its `flush()`" if silent else ""
        yield (
            f"both ends read, and none writes: let {first} send first, "
            f"or say with `shutdown(SHUT_WR)` that no more will come{flush}"
        )
    if stand.call == other.call == "send":
        yield "both ends write, and none reads, until the buffers are full: read while you write"


def _sent(case: Case, stand: Stand) -> bool:
    return any(call.name == "send" for call in case.calls(stand.socket))


def _of_reader(case: Case, other: int, stand: Stand) -> Iterator[str]:
    """Say what the other end would have to do, of one that is still open."""
    if any(call.name in ("close", "collected") for call in case.calls(other)):
        return
    last = next((call for call in reversed(case.calls(other)) if call.name in ("send", "recv") and call.line), None)
    after = f" after {case.place(last, stand.file)}" if last else ""
    place = case.place(case.recording.openings[other], stand.file)
    end = f"the other end, of {place}," if place else "the other end"
    opened = case.recording.openings[other]
    for one in case.recording.stands if last else ():
        if (one.call, one.line, one.file) == ("accept", opened.line, opened.path or "") and one.line:
            yield (
                f"read on from {end}{after}, in a loop that ends at b'', before you call accept() again: each "
                "accept() takes another client"
            )
    if opened.via.startswith("asyncio"):
        says = "`writer.close()`, and `writer.write_eof()` says that no more will come"
    else:
        says = "`with` closes, `shutdown(SHUT_WR)` says that no more will come"
    limit = "wait within `asyncio.timeout()`" if stand.kind == "task" else "give recv() a timeout"
    yield f"let {end} send or close{after} ({says}), and {limit}"
