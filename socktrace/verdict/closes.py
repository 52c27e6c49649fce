"""Rule 2: it closes what it opened, by itself. Pure."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace

from socktrace.recording import Call, Socket
from socktrace.recording.endings import CLOSINGS, ENDINGS
from socktrace.verdict.case import Case, last_words, raised_at
from socktrace.verdict.events import Finding
from socktrace.wording import describe

_RELEASED = "released"
"""As the calls witness says it."""
_LONG = 250.0
"""For how many milliseconds a connection may stay open when its other end has gone."""
_CLOSE_IT = "close it where it was opened: `with` does that on every way out"
_CURES = {
    "asyncio": "close its writer or transport and wait for that: `writer.close()`, then `await writer.wait_closed()`",
    "http.client": "close the response, `with urlopen(...) as response`, and an HTTPConnection: `connection.close()`",
    "urllib": "close the response: `with urlopen(...) as response`",
    "urllib3": "close the response and the session that made it: `with` does that for both",
    "requests": "close the session: `with requests.Session() as session`",
    "aiohttp": "close the session: `async with aiohttp.ClientSession() as session`",
    "aiohappyeyeballs": "close the session: `async with aiohttp.ClientSession() as session`",
    "httpx": "close the client: `with httpx.Client() as client`, `async with httpx.AsyncClient() as client`",
    "httpcore": "close the client: `with httpx.Client() as client`, `async with httpx.AsyncClient() as client`",
    "multiprocessing.connection": "close the Connection, and the Listener: `close()` does that, or a `with`",
    "logging": "close the handler when nothing is logged any more: `logging.shutdown()` does that for all",
    "smtplib": "end the session: `quit()` does that, and `with smtplib.SMTP(...)` calls it",
    "imaplib": "end the session: `logout()` does that, and `with imaplib.IMAP4(...)` calls it",
    "poplib": "end the session: `quit()` does that",
    "xmlrpc": "close the proxy: `with xmlrpc.client.ServerProxy(...) as proxy`",
    "websockets": "close the WebSocket: `async with connect(...)`, or `await websocket.close()`",
    "ftplib": "end the session: `quit()` does that, and `with ftplib.FTP(...)` calls it",
    "socketserver": "call `server_close()` when it has served: `with` around the server does that",
    "http.server": "call `server_close()` when it has served: `with` around the server does that",
}
"""What to do about a socket that a library opened, by the beginning of the library's name."""

_SERVERS = ("socketserver", "http.server")
"""The libraries of these whose objects are servers."""
_CLOSE_FILE = "close the file too: `with` does that for both"
_NO_LIBRARIES = ("", "socket", "__main__")
_GIVES_PAIRS = ("multiprocessing", "asyncio")
"""The libraries whose pairs are closed with what the program has of them."""
_FILES = {
    "http.client": "close the response, or read it to its end: `with urlopen(...) as response`, `response.close()`",
    "urllib3.util.connection": "close the response, or read it to its end, and close the session: `with` does both",
}
"""What to do about a file that a library made of a socket, by the library that opened the socket."""


def closes(case: Case) -> Iterator[Finding]:
    """Every process closes the sockets that it opened or took over.

    A child that a fork gave a copy of a descriptor need not close that: the end of its process does, and whether that
    comes before or after the one who opened it closes it is chance. Nor can one clear up that is killed, as by
    `terminate()`: of what else is open at its end, a child says so.
    """
    for socket in case.recording.sockets:
        opened = case.recording.openings[socket.id]
        takes = (call for call in case.calls(socket.id) if call.name in ("socket", "socketpair", "adopt"))
        owners = (call.process for call in takes if not call.function.startswith("os.dup"))  # as a child's output
        for owner in dict.fromkeys((opened.process, *owners)):
            yield from _let_go(case, socket, owner)


def _let_go(case: Case, socket: Socket, owner: int) -> Iterator[Finding]:
    opened, own = case.recording.openings[socket.id], _of(case, socket, owner)
    for call in own:
        if call.name == "collected" and not case.is_after_cut(call):
            yield _not_closed(case, "collected", call, own)
    if _was_forgotten(case, socket, own):
        message = f"the {_what(socket, opened)} stayed open when its other end had gone"
        yield case.finding("left-open", message, cure(opened, socket), opened)
    if case.was_cut_off(owner) or (owner and opened.via.startswith("multiprocessing")):
        return  # its helper processes end without closing what they alone use
    left = next((call for call in own if call.name in ("exit", "exec")), None)
    if left and left.argument == _RELEASED:
        return  # the program has closed what it had of it: the library keeps the rest
    if left and left is opened:
        message = "a socket that no watched call opened was closed by the end of the process, not by the program"
        fix = "close what opened it, such as a channel or a client of a library that is not written in Python"
        yield case.finding("left-open", message, fix, left, is_allowed=True)
    elif left:
        yield _not_closed(case, "left-open", left, own)
    elif (
        case.recording.saw_calls
        and not case.is_child(owner)
        and not any(call.name in CLOSINGS or call.name == "detach" for call in case.calls(socket.id))
    ):
        message, fix = f"nothing closed the {_what(socket, opened)}", cure(opened, socket)
        yield case.finding("left-open", message, fix, opened, is_allowed=is_daemons(case, socket))


def _not_closed(case: Case, event: str, ending: Call, own: tuple[Call, ...]) -> Finding:
    """Say of a socket that the program did not close it, or not a file or a copy that it had made of it.

    Args:
        case: The run.
        event: What is found.
        ending: How it ended instead.
        own: The calls of that process on it.
    """
    opened, socket = case.recording.openings[ending.socket], case.recording.socket(ending.socket)
    message = f"the {_what(socket, opened)} was {ENDINGS[ending.name].words}, not by the program"
    fix = cure(opened, socket, ending.holder)
    if ending.argument == "makefile":
        where = f" at {place}" if (place := case.place(ending, opened)) else ""
        message += f": a file that makefile() made of it{where} was open, and holds it even after close()"
        of_file = None if "." in ending.holder else _FILES.get(opened.via)
        fix = of_file or (_CLOSE_FILE if opened.via in _NO_LIBRARIES else fix)
    copy = next((call for call in own if call.name == "adopt" and call.fd == ending.fd and call.line), None)
    if copy and any(call.name == "close" and call.fd != ending.fd for call in own):
        message += ": this line copied its descriptor, and only the first one was closed"
        opened, how = replace(opened, path=copy.path, line=copy.line), "`with` does that for both"
        fix = f"close the copy too: {'`os.close()`' if copy.function.startswith('os.dup') else how}"
    elif detached := next((call for call in own if call.name == "detach" and call.line and not call.via), None):
        opened = replace(opened, path=detached.path, line=detached.line)
        if _is_taken_over(detached, own):
            message += ": wrap_socket() made a TLS socket of it here, and nobody closed that"
            fix = "close the TLS socket: `with context.wrap_socket(...) as tls:`"
        else:
            message += ": detach() gave its descriptor away here, and nobody closed that"
            fix = "close the descriptor, `os.close()`, or make a socket of it again: `with socket.socket(fileno=...)`"
    elif ending.name == "exit" and ending.argument != "makefile" and any(call.name == "close" for call in own):
        if first := _closed_copy(ending, own):
            message += f": only its copy{f' of {place}' if (place := case.place(first, opened)) else ''} was closed"
            return case.finding(event, message, f"{_CLOSE_IT}; a copy is another descriptor (dup(2))", opened)
        # what comes by SCM_RIGHTS (unix(7)) is a bare number, often the one just closed, and no socket object has it
        message += ": a copy of its descriptor was still open, and only the first one was closed"
        came = [call for call in case.recording.calls if call.function == "recvmsg" and call.process == ending.process]
        opened = came[-1] if came else opened
        fix = "close the copy too, such as one that recv_fds() gave: `os.close()`, or `with socket.socket(fileno=...)`"
    allowed = _waits_for_a_leak(case, socket)
    allowed |= _is_inner(case, socket)
    allowed |= event == "left-open" and (is_daemons(case, socket) or _had_no_time(case, ending))
    return case.finding(event, message, fix, opened, is_allowed=allowed)


def _is_taken_over(detached: Call, own: tuple[Call, ...]) -> bool:
    """Say whether another object had the descriptor first: an `SSLSocket` takes it, and detaches the plain socket."""
    before = own[: own.index(detached)]
    return any((call.name, call.path, call.line) == ("adopt", detached.path, detached.line) for call in before)


def _closed_copy(ending: Call, own: tuple[Call, ...]) -> Call | None:
    """Return what made a copy of a socket that was closed while the first descriptor, never closed, stayed open."""
    shut = {call.fd for call in own if call.name == "close"}
    if ending.fd in shut:
        return None
    return next((call for call in own if call.name == "adopt" and call.fd in shut), None)


def _waits_for_a_leak(case: Case, socket: Socket) -> bool:
    """Say whether a library serves a client that was left open: its handler ends when the client closes.

    That the client did not is the fault.
    """
    one = case.served.get(socket.id) if socket.role == "accepted" else None
    if one is None or one.client_socket is None or case.recording.openings[socket.id].via in _NO_LIBRARIES:
        return False
    client = _of(case, case.recording.socket(one.client_socket), case.recording.openings[one.client_socket].process)
    return any(call.name in ("collected", "exit") and call.argument != _RELEASED for call in client)


def _is_inner(case: Case, socket: Socket) -> bool:
    """Say whether a library has both ends of a connection, to wake itself: the program could not close it.

    What the program was to close tells of that. Of an event loop of asyncio this is all that tells.
    """
    opened, other = (case.recording.openings.get(one) for one in (socket.id, case.other_ends.get(socket.id, -1)))
    if opened is None or other is None or opened.line is None:
        return False
    is_library = opened.via not in _NO_LIBRARIES and not opened.via.startswith(_GIVES_PAIRS)
    return is_library and (other.via, other.path, other.line) == (opened.via, opened.path, opened.line)


def _had_no_time(case: Case, ending: Call) -> bool:
    """Say whether an error ended the program before it could close what it had: that is the fault, and one is enough.

    Too many open files are an error that comes of such sockets.
    """
    one = case.program(ending.process)
    died = bool(one.exit_code) and raised_at(one) is not None and not case.is_child(ending.process)
    return died and f"[Errno {errno.EMFILE}]" not in last_words(one)


def _was_forgotten(case: Case, socket: Socket, own: tuple[Call, ...]) -> bool:
    """Say whether a server that was told to end still had a connection whose other end was long gone."""
    told = case.program(own[0].process).signalled_at if own else None
    if told is None or socket.role != "accepted":
        return False
    let_go = next((call.at for call in own if call.name in (*CLOSINGS, "detach")), told)
    one = case.served.get(socket.id)
    if one is None or one.reset or let_go < told:
        return False
    gone = [packet.at for packet in one.sent(one.client) if packet.has("FIN")]
    gone += [call.at for call in case.calls(one.client_socket) if call.name in CLOSINGS]
    ends = 1 if one.client_socket is None else 2
    return len(gone) >= ends and max(gone) < told - _LONG


def _of(case: Case, socket: Socket, process: int) -> tuple[Call, ...]:
    return tuple(call for call in case.calls(socket.id) if call.process == process)


def _what(socket: Socket, opened: Call) -> str:
    is_loops = socket.origin == "socketpair" and opened.via.startswith("asyncio")
    return f"{describe(socket)}, by which an event loop of asyncio wakes itself," if is_loops else describe(socket)


def cure(opened: Call, socket: Socket, ends_by: str = "") -> str:
    """Return what to do about a socket that is not closed.

    Args:
        opened: The call that opened it.
        socket: The socket.
        ends_by: The method that closes it, of the object of a library that opened it; with the library before it if
            that did so in a thread which it had started.
    """
    if opened.via.startswith("asyncio") and socket.role == "listener":
        return "close the server: `async with server` does that, or `server.close()` and `await server.wait_closed()`"
    if opened.via.startswith("asyncio") and opened.name == "socketpair":
        return "close the loop: `asyncio.run()` does that, and so does `with asyncio.Runner()`"
    started, _, method = ends_by.rpartition(".")
    library = opened.via if (socket.role != "listener" or opened.via in _SERVERS) and not started else ""
    while library:
        if library in _CURES:
            return _CURES[library]
        library = library.rpartition(".")[0]
    opener = f"an object of {started or opened.via.partition('.')[0]}"
    if method not in ("", "close"):
        return f"end what opened it, {opener}: call its `{method}()`"
    if opened.via not in _NO_LIBRARIES:
        return f"close what opened it, {opener}: `close()` does that, or a `with`"
    return _CLOSE_IT


def is_daemons(case: Case, socket: Socket) -> bool:
    """Say whether a daemon thread had a socket for itself when the program ended, and cut the thread off.

    It opened the socket, or it waited for the client that another thread had accepted for it.
    """
    opened = case.recording.openings[socket.id]
    if socket.role == "client" and any("." in call.holder for call in case.calls(socket.id) if call.name == "exit"):
        return False  # a library's own thread, which the program has not made a daemon
    waits = socket.role == "accepted" and any(
        one.daemon and one.socket == socket.id for one in case.recording.survivors
    )
    return waits or (opened.process, opened.thread) in case.daemons
