"""Why a call failed: which line, end or process it was that made it fail, and what a person would do. Pure."""

from __future__ import annotations

import errno
import itertools
import re
from collections.abc import Iterator

from socktrace.conversations import Conversation
from socktrace.endings import CLOSINGS
from socktrace.holders import WAITS
from socktrace.recording import Call, Endpoint, Program, Socket
from socktrace.verdict.answers import endless, unmeasured
from socktrace.verdict.case import Case, last_words, outlived_main, raised_at, target
from socktrace.verdict.events import Finding
from socktrace.verdict.misuse import Cause, misuse
from socktrace.verdict.outside import cut_off
from socktrace.verdict.sayings import CLOSED, told_by
from socktrace.verdict.strays import astray
from socktrace.verdict.tls import laid_bare, refused_by_tls
from socktrace.wording import describe, plural, protocol

_ERRNO = re.compile(r"\[Errno (\d+)\]")
_ENDED = re.compile(
    r"RemoteDisconnected|ServerDisconnected|StreamClosedError|premature|IncompleteRead|incomplete (?:chunked )?read|"
    r"Lost connection|closed by (?:server|remote|peer)|^EOFError\b",
    re.IGNORECASE,
)
"""What libraries say when the other end has ended the stream too early for them."""
_SAID = {
    re.compile(r"timed? ?out\b", re.IGNORECASE): "TimeoutError",
    re.compile(r"Connection reset by peer"): "ECONNRESET",
    re.compile(r"Broken pipe"): "EPIPE",
}
"""What libraries say of an error of a socket in words of their own, and which error it was."""
_OF_HTTP = re.compile(
    r"http\.client\.|AttributeError: 'NoneType' object has no attribute '(?:readline|read|close|send)"
)
"""How an error of `http.client` begins, or one of what another thread has let go of."""
_SENT = "CannotSendRequest: Request-sent"
"""What it says to who asks before who asked before has its answer. Where that came all the same, that is another."""
_IN_PARTS = re.compile(
    r"JSONDecodeError|struct\.error: unpack|unexpected end of data|pickle data was truncated|Ran out of input|"
    r"invalid literal for |could not convert string"
)
"""What is raised of a message of which only a part is there, or more than one."""
_BY_NAME = {
    "BrokenPipeError": "EPIPE",
    "ConnectionResetError": "ECONNRESET",
    "ConnectionRefusedError": "ECONNREFUSED",
    "TimeoutError": "TimeoutError",
    "socket.timeout": "TimeoutError",
}
_DEEDS = ("bind", "listen", "accept", "connect", "send", "recv")
_FATAL = ("EADDRINUSE", "EADDRNOTAVAIL", "EACCES", "ECONNREFUSED")
"""The errors of which a program gives up that cannot do what it is for."""
_SEVERAL = 2
_NEAR = 10
"""How many lines below a call an error stands at most that may come of what it gave."""
_TELLS = {"ECONNREFUSED": "refused", "ECONNRESET": "reset", "EPIPE": "reset", "TimeoutError": "unanswered"}
"""Which event it is of which a program dies, by the error."""
ACCEPT = "accept connections, or make the backlog larger"
"""What to do about a queue that is full."""
_REUSE = (
    "set SO_REUSEADDR before bind(): `socket.create_server()` does, and so does `allow_reuse_address = True` "
    "in a server of `socketserver`"
)


def cause_of_failure(case: Case, number: int, one: Program) -> Finding | None:
    """Say why a program died of an error of a socket; `None` if it did not, or if nothing more can be said.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
    """
    said = last_words(one)
    if found := _by_words(case, number, one, said):
        return found
    failed = _failed(case, number, one) if said else _last_failed(case, number)
    said = said or (failed.error or "" if failed else "")
    if failed is None and f"[Errno {errno.EBADF}]" in said and (twice := _closed_twice(case, number)):
        message = _died(one, said, twice.words)
        line, file = (twice.at.line, twice.at.path or "") if twice.at else (raised_at(one), one.file)
        return Finding("failure", case.file(file), line, message, twice.fix)
    cause = why(case, failed) if failed else None
    if failed is None and (cause := _refused(case, number, one)):
        message = _died(one, said, cause.words)
        return Finding("failure", one.program, raised_at(one), message, cause.fix, tells="refused")
    if failed is None or cause is None:
        broke = _unreadable(case, number, said, raised_at(one))
        words = _died(one, said, broke.words) if broke else ""
        return Finding("failure", one.program, raised_at(one), words, broke.fix) if broke else None
    at = cause.at if cause.at and cause.at.line else None
    felt = f" at {case.place(failed, at)}" if at and failed.line else ""
    event, begins = "failure", f"it exited with status {one.exit_code}"
    if not one.exit_code:
        event, begins = "stderr", _thread_ended(one)
    line, file = (at or failed).line or raised_at(one), (at or failed).path or one.file
    message = f"{begins}: {said}{felt}: {cause.words}"
    # at the end of a stream, what it had sent was answered by RST, for the other end had been closed
    tells = "reset" if _is_end(failed) else _TELLS.get(failed.error or "", "")
    ends = _ends(case, failed) if _is_end(failed) or failed.error in ("EPIPE", "ECONNREFUSED") else frozenset()
    return Finding(event, case.file(file), line, message, cause.fix, tells=tells, ends=ends)


def _last_failed(case: Case, number: int) -> Call | None:
    """Return the call that failed, and after which a program that says nothing did nothing more with sockets."""
    calls = [call for call in case.recording.calls if call.process == number and call.name in _DEEDS]
    return calls[-1] if calls and calls[-1].error in _FATAL and calls[-1].line else None


def _ends(case: Case, call: Call) -> frozenset[int]:
    """Return the sockets at both ends of the connection of a call."""
    ends = ((one.client_socket, one.server_socket) for one in case.conversations)
    return frozenset(one for pair in ends if call.socket in pair for one in pair if one is not None)


def _by_words(case: Case, number: int, one: Program, said: str) -> Finding | None:
    """Say why a program died, where its last words tell more than any call of it."""
    line, event = raised_at(one), "failure" if one.exit_code else "stderr"
    if refused := refused_by_tls(case, number, one, said):
        (words, fix), ends = refused
        return Finding(event, one.program, line, _died(one, said, words), fix, tells="handshake", ends=ends)
    if bare := laid_bare(case, number):
        return Finding(event, one.program, line, _died(one, said, bare[0]), bare[1])
    if alone := cut_off(case, said):
        return Finding(event, one.program, line, _died(one, said, alone.words), alone.fix, tells="beyond-loopback")
    told = _crossed(case, number, said, line) or told_of(case, number, said, line)
    return told and Finding(
        event, one.program, line, _died(one, said, told[0] + _lately_closed(case, number, told[0])), told[1]
    )


def told_of(case: Case, number: int, said: str, line: int | None) -> tuple[str, str] | None:
    """Return what was the matter of an error that no call had, and what to do; `None` if that cannot be told.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        said: What is said of the error.
        line: The line that raised it.
    """
    return told_by(said) or (_no_sender(case, number, line) or _no_length(case) if "NoneType" in said else None)


def _crossed(case: Case, number: int, said: str, line: int | None) -> tuple[str, str] | None:
    """Say of an error of HTTP that two threads have asked on one connection, one before the other had its answer."""
    for socket in case.recording.sockets if _OF_HTTP.match(said) else ():
        calls = [call for call in case.calls(socket.id) if call.process == number and call.name in ("send", "recv")]
        places = [case.place(calls[-1]), f"line {line}"] if _SENT in said and calls and calls[-1].name == "recv" else []
        for first, second in itertools.pairwise(calls):
            if first.name == second.name == "send" and first.thread != second.thread:
                places = [case.place(first), case.place(second)]
        if places and socket.role == "client":
            where = " and ".join(dict.fromkeys(filter(None, places)))
            words = f"two threads ask on one connection, at {where}, one before the other has its answer"
            return words, "give each thread a connection of its own, or let one lock be held until its answer is read"
    return None


def _no_length(case: Case) -> tuple[str, str] | None:
    """Say of a request that a handler looks in vain for the length of its body."""
    senders = (one.client_socket for one in reversed(case.conversations) if one.client_socket is not None)
    cause = next((cause for one in senders if (cause := unmeasured(case, one, ""))), None)
    return (cause.words, cause.fix) if cause else None


def _unreadable(case: Case, number: int, said: str, line: int | None) -> Cause | None:
    """Say of a message of HTTP that broke off for its reader why that is so, where no end of a stream tells it."""
    for one in reversed(case.conversations if "IncompleteRead" in said else ()):
        reads = any((call.process, call.line) == (number, line) for call in case.calls(one.client_socket))
        if reads and one.server_socket is not None:
            return endless(case, one.server_socket, "")
    return None


def _no_sender(case: Case, number: int, line: int | None) -> tuple[str, str] | None:
    """Say of recvfrom() why it named no sender."""
    calls = [call for call in case.recording.calls if call.process == number and call.function.startswith("recvfrom")]
    for call in calls:
        socket = case.recording.socket(call.socket)
        if socket.type == "SOCK_STREAM" and call.peer is None and call.line == line:
            fix = "call recv(): `getpeername()` tells the other end"
            return "recvfrom() of a connection names no sender, but None", fix
        if (socket.family, socket.type) == ("AF_UNIX", "SOCK_DGRAM") and not (call.peer and call.peer.address):
            words = f"who sent what came at {case.place(call)} has no name, so recvfrom() gave None for it (unix(7))"
            return words, "let it bind() a path of its own before it asks"
    return None


def _lately_closed(case: Case, number: int, words: str) -> str:
    """Say which socket was closed last, if it is that which a program did not expect."""
    closes = [call for call in case.recording.calls if call.process == number and call.name == "close" and call.line]
    if words != CLOSED or not closes:
        return ""
    return f": the {describe(case.recording.socket(closes[-1].socket))} was closed last, at {case.place(closes[-1])}"


def _died(one: Program, said: str, words: str) -> str:
    begins = f"it exited with status {one.exit_code}" if one.exit_code else _thread_ended(one)
    return f"{begins}: {said}: {words}"


def _thread_ended(one: Program) -> str:
    return "an error ended the main thread" if outlived_main(one) else "an error ended a thread"


def _failed(case: Case, number: int, one: Program) -> Call | None:
    """Find the call whose error ended a program, or a thread of it."""
    said = last_words(one)
    match = _ERRNO.search(said)
    name = errno.errorcode.get(int(match[1])) if match else _BY_NAME.get(said.partition(":")[0])
    name = name or next((error for words, error in _SAID.items() if words.search(said)), None)
    calls = [call for call in case.recording.calls if call.process == number and name and call.error == name]
    line = raised_at(one)
    if not name:
        calls = [call for call in case.recording.calls if call.process == number and _may_be_why(case, call, said)]
    here = next((call for call in reversed(calls) if line is None or call.line == line), None)
    if here or name or not calls:
        return here
    last = calls[-1]  # what it gave may be looked at a few lines below
    return last if line and last.line and 0 < line - last.line <= _NEAR and _IN_PARTS.search(said) else None


def _may_be_why(case: Case, call: Call, said: str) -> bool:
    """Say whether a call may be why a program died of an error that is none of a socket: of what the call returned.

    Args:
        case: The run.
        call: The call.
        said: The program's last words.
    """
    if _is_end(call) and _ENDED.search(said):
        return True
    if call.name != "recv" or call.error or call.at < case.last_deeds[call.process, call.thread]:
        return False
    return (_is_end(call) and _has_no_answer(case, call)) or bool(_IN_PARTS.search(said))


def _has_no_answer(case: Case, end: Call) -> bool:
    """Say whether a stream ended before anything came, since the last that was sent."""
    for call in reversed([one for one in case.calls(end.socket) if one.at < end.at]):
        if call.name == "send":
            break
        if call.name == "recv" and call.size:
            return False
    return True


def _refused(case: Case, number: int, one: Program) -> Cause | None:
    """Say why somebody was refused, of which a library told by an error of its own; `None` if nobody was."""
    line, attempts = raised_at(one), [row for row in case.conversations if row.protocol == "TCP"]
    for row in reversed(attempts if one.exit_code else ()):
        asked = [call for call in case.calls(row.client_socket) if call.name == "connect" and call.process == number]
        if (asked and asked[-1].line == line) or (row.client_socket is None and "refused" in last_words(one).lower()):
            return refusal(case, row.server, row.packets[0].at) if row.refused else None
    return None


def was_dying(case: Case, call: Call) -> bool:
    """Say whether a call came when an error was on its way to end the program or a thread of it: it only cleared up.

    Args:
        case: The run.
        call: The call.
    """
    one = case.program(call.process)
    failed = _failed(case, call.process, one) if one.exit_code else None
    if failed is not None:
        return failed.until <= call.at
    died = bool(one.exit_code) if call.thread == 0 else "Exception in thread " in one.stderr
    return died and raised_at(one) is not None and call.at > case.last_deeds.get((call.process, call.thread), 0.0)


def is_handled(case: Case, call: Call | None) -> bool:
    """Say whether the program coped with the error of a call: it caught it, and did not die of it."""
    if call is None:
        return False
    one = case.program(call.process)
    if not one.exit_code and "Exception in thread " not in one.stderr:
        return True
    return _failed(case, call.process, one) is not call


def why(case: Case, call: Call) -> Cause | None:
    """Say why a call failed.

    Args:
        case: The run.
        call: The call, which has an error.
    """
    if call.error == "EADDRINUSE":
        return _in_use(case, call)
    socket = case.recording.socket(call.socket)
    if call.error == "ECONNREFUSED" and (call.name == "connect" or socket.type == "SOCK_STREAM"):
        asked = next((one for one in case.calls(call.socket) if one.name == "connect"), call)
        path = Endpoint(asked.argument) if socket.family == "AF_UNIX" else None
        refused = refusal(case, path or asked.peer or target(asked), asked.at, socket)
        return refused if call.name == "connect" else _refused_meanwhile(case, asked, refused, call)
    if cause := misuse(case, call):
        return cause
    if call.error in ("EPIPE", "ECONNRESET", "EBADF"):
        return _cut_short(case, call) if call.error != "EBADF" else _used_closed(case, call)
    if call.error in ("ECONNREFUSED", "TimeoutError"):
        return _met_nobody(case, call) or _waited(case, call)
    return _ended(case, call) if _is_end(call) else _in_parts(case, call)


def _is_end(call: Call) -> bool:
    """Say whether a call met the end of a stream."""
    return call.name == "recv" and call.size == 0 and not call.error


def _refused_meanwhile(case: Case, asked: Call, cause: Cause, call: Call) -> Cause:
    """Say of a call that it met a refusal of which a connect() that does not wait could not tell (connect(2))."""
    words = f"{asked.function}() at {case.place(asked, call)} was refused meanwhile: {cause.words}"
    fix = "when select() says that it can be written to, ask how connect() has ended: "
    return Cause(words, f"{cause.fix}; {fix}`getsockopt(SOL_SOCKET, SO_ERROR)` is 0 if it is connected")


# -- the address is in use ---------------------------------------------------------------------------------------------


def _in_use(case: Case, bind: Call) -> Cause | None:
    """Say who holds the address that a program wants to bind."""
    wanted, mine = target(bind) or bind.local, case.recording.socket(bind.socket)
    if mine.family == "AF_UNIX":
        words = f"a file of the name {bind.argument} lies there"
        return Cause(words, "remove the file before bind(), or in the end: close() does not (unix(7))")
    if wanted is None:
        return None
    held = (_held_by(case, socket, bind) for socket in _others(case, mine, wanted))
    cause = next((cause for cause in held if cause), None)
    return cause or _waiting(case, mine, wanted, bind.at) or _held_elsewhere(case, bind, mine, wanted)


def _waiting(case: Case, mine: Socket, wanted: Endpoint, at: float) -> Cause | None:
    """Say which connection of this run still has the port."""
    for one in case.conversations if protocol(mine) == "TCP" else ():
        for end in (one.server, one.client):
            if one.protocol == "TCP" and end.port == wanted.port and one.packets[0].at < at and one.finished(end):
                words = f"an earlier connection, from {one.client} to {one.server}, still waits there in TIME-WAIT"
                return Cause(words, _REUSE)
    return None


def _held_elsewhere(case: Case, bind: Call, mine: Socket, wanted: Endpoint) -> Cause | None:
    """Say who else has the port, as the kernel told at that moment."""
    if bind.holder == WAITS:
        return Cause("a connection of an earlier run still waits there in TIME-WAIT", _REUSE)
    had = next((one for one in _others(case, mine, wanted) if case.recording.openings[one.id].at < bind.at), None)
    if bind.holder and had:
        place = case.place(case.recording.openings[had.id], bind)
        words = f"{bind.holder} has a copy of the {describe(had)}" + (f", opened at {place}" if place else "")
        fix = "let no child inherit the socket (`close_fds=True`, no `set_inheritable(True)`), or end the child first"
        return Cause(words, fix)
    words = f"{bind.holder} holds it"
    return Cause(words, "end that program, or bind another port; port 0 asks for any free one") if bind.holder else None


def _others(case: Case, mine: Socket, wanted: Endpoint) -> Iterator[Socket]:
    """Yield the sockets that hold a name at which another wants to be, those that listen first."""
    found = [
        one
        for one in case.sockets_by_port.get(wanted.port or 0, ())
        if one.id != mine.id
        and protocol(one) == protocol(mine)
        and one.local
        and (one.local.names(wanted) or wanted.names(one.local) or one.family != mine.family)
    ]
    yield from sorted(found, key=lambda one: one.role != "listener")


def _held_by(case: Case, socket: Socket, bind: Call) -> Cause | None:
    opened = case.recording.openings[socket.id]
    calls = case.calls(socket.id)
    named = next((call for call in calls if call.local and call.name in ("bind", "listen", "connect")), opened)
    if named.at >= bind.at:
        return None
    closed = {call.process for call in calls if call.name in CLOSINGS and call.until <= bind.at}
    late = next((call for call in calls if call.name in CLOSINGS and call.at >= bind.at), None)
    place = f", opened at {case.place(opened, bind)}," if opened.line else ""
    what = f"the {describe(socket)}{place}"
    if closed and late and late.process not in closed:
        words = f"{what} is closed, but a child process that the program forked still holds a copy of it"
        return Cause(words, "close the copy in the child, or wait for the child before you bind again")
    if closed:
        return None
    if socket.role == "accepted":
        return Cause(f"{what} still has the port", f"close it, or {_REUSE}")
    if socket.family == "AF_INET" and case.recording.socket(bind.socket).family == "AF_INET6":
        words = f"{what} still holds it, and the IPv6 socket is for IPv4 too"
        return Cause(
            words, "keep it to IPv6 before bind(), `setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)`, or open only it"
        )
    return Cause(f"{what} still holds it", "close that one first, or bind another port; port 0 asks for any free one")


# -- nobody listens ----------------------------------------------------------------------------------------------------


def refusal(case: Case, wanted: Endpoint | None, at: float, caller: Socket | None = None) -> Cause:
    """Say why nobody listened where somebody called.

    Args:
        case: The run.
        wanted: Where it called.
        at: When, in milliseconds since the program started.
        caller: The calling socket, if it is known.
    """
    default = Cause("nobody listens there", "connect to a socket that listens")
    if wanted is None or wanted.port == 0:
        return default
    named = case.recording.sockets if wanted.port is None else case.sockets_by_port.get(wanted.port, ())
    found = [one for one in named if one is not caller and (wanted.port or one.local == wanted)]
    causes = [cause for one in found if (cause := _absent(case, one, wanted, at))]
    return causes[0] if causes else default


def _absent(case: Case, socket: Socket, wanted: Endpoint, at: float) -> Cause | None:
    """Say why a socket with the right port does not answer."""
    calls = case.calls(socket.id)
    what = f"the {describe(socket)}"
    bound = next((call for call in calls if call.name == "bind" and not call.error), None)
    listens = next((call for call in calls if call.name == "listen" and not call.error), None)
    closed = next((call for call in calls if call.name in CLOSINGS), None)
    if protocol(socket) == "UDP":
        words = f"{what} has that port for UDP, and TCP counts its ports separately"
        return Cause(words, "make that socket a SOCK_STREAM one, and let it listen") if bound else None
    if listens is None:
        has_it = bound and not (closed and closed.until <= at)
        words = f"{what} is bound there, but does not listen"
        return Cause(words, f"call listen() after bind() at {case.place(bound)}") if has_it else None
    if socket.local and not socket.local.names(wanted):
        words = f"{what} listens at another address of that port"
        return Cause(words, f"call the address at which it listens, {socket.local}")
    if at < listens.until:
        place = case.place(listens)
        words = f"{what} listens there only later" + (f", from {place} on" if place else "")
        return Cause(words, "call when it listens: let the server's side say so, or try again a little later")
    if closed and closed.at <= at:
        words = f"{what} was closed before" + (f", at {case.place(closed)}" if closed.line else "")
        words += ", and its file lies there still" if socket.family == "AF_UNIX" else ""
        return Cause(words, "call before it is closed, or keep it open")
    return None


def _met_nobody(case: Case, call: Call) -> Cause | None:
    """Say of a datagram that no socket had its port (udp(7), ECONNREFUSED); only a connected socket hears of that."""
    sends = [one for one in case.calls(call.socket) if one.name == "send" and not one.error and one.at <= call.at]
    wanted = call.peer or (sends[-1].peer if sends else None)
    others = case.recording.on_host or case.recording.joined or case.recording.strangers
    if wanted is None or protocol(case.recording.socket(call.socket)) != "UDP":
        return None
    if call.error == "TimeoutError" and (others or _is_bound(case, wanted, call)):
        return None
    where = f" sent at {case.place(sends[-1], call)}" if sends and sends[-1].line != call.line else ""
    words = f"no socket had {wanted} when the datagram{where} came there"
    for one in case.sockets_by_port.get(wanted.port or 0, ()):
        closed = next((row for row in case.calls(one.id) if row.name in CLOSINGS), None)
        if protocol(one) == "UDP" and one.id != call.socket and closed and closed.at <= call.at:
            words += f": the {describe(one)} had been closed" + (
                f" at {case.place(closed, call)}" if closed.line else ""
            )
            break
    if call.error == "TimeoutError":
        words += ", and a socket that is not connected is not told"
    return Cause(words, "send to a socket that is bound and stays open; connect() of a datagram socket asks nobody")


def _waited(case: Case, call: Call) -> Cause | None:
    """Say for what a call waited until its time was up."""
    socket, one = case.recording.socket(call.socket), _conversation(case, call)
    if call.error == "TimeoutError" and call.name == "connect" and one and not one.established and not one.refused:
        return Cause(f"its SYN got no answer{queue(case, one)}", ACCEPT)
    if call.error == "TimeoutError" and call.name == "accept":
        return Cause(f"nobody called the {describe(socket)}", "call it, or give accept() more time: settimeout()")
    return _nothing_came(case, call, socket, one) if call.error == "TimeoutError" and call.name == "recv" else None


def _nothing_came(case: Case, call: Call, socket: Socket, one: Conversation | None) -> Cause | None:
    """Say from whom a call waited for bytes until its time was up."""
    if missed := astray(case, socket, call.until, call.path or ""):
        return missed
    other = (one.server_socket if one.client_socket == call.socket else one.client_socket) if one else None
    if other is None:
        return _not_accepted(case, one, one.listener) if one and one.listener else None
    place = case.place(case.recording.openings[other], call)
    words = f"nothing came meanwhile from the {describe(case.recording.socket(other))}{f' of {place}' if place else ''}"
    return Cause(words, "let it send, or close, in time; or wait longer: settimeout()")


def _not_accepted(case: Case, one: Conversation, listener: int) -> Cause:
    """Say of a connection that nobody accepted it, and whether several sockets listen at its port."""
    listeners = [row for row in case.sockets_by_port.get(one.server.port or 0, ()) if row.role == "listener"]
    waiting = {survivor.socket for survivor in case.recording.survivors}
    idle = [row for row in listeners if row.id not in waiting and not _accepts(case, row)]
    found = idle[0] if idle else case.recording.socket(listener)
    place = case.place(case.recording.openings[found.id])
    words = f"nobody accepted the connection at the {describe(found)}" + (f" of {place}" if place else "")
    if len(listeners) < 2:
        return Cause(words, ACCEPT)
    fix = "let each of them accept, or close it: by SO_REUSEPORT the kernel spreads the callers over all (socket(7))"
    return Cause(f"{words}, one of {len(listeners)} that listen at this port", fix)


def _accepts(case: Case, listener: Socket) -> bool:
    return any(call.name == "accept" for call in case.calls(listener.id))


def queue(case: Case, one: Conversation) -> str:
    """Say that a connection attempt met a queue that was full, if it met one.

    Args:
        case: The run.
        one: The attempt.
    """
    listens = next((call for call in case.calls(one.listener) if call.name == "listen"), None)
    if one.listener is None or listens is None:
        return ""
    place = f" at {case.place(listens)}" if listens.line else ""
    size = f"listen({listens.argument}){place}" if listens.argument else f"listen(){place}"
    return f": the queue of the {describe(case.recording.socket(one.listener))} was full: {size}"


def _conversation(case: Case, call: Call) -> Conversation | None:
    return next((one for one in case.conversations if call.socket in (one.client_socket, one.server_socket)), None)


def _is_bound(case: Case, wanted: Endpoint, call: Call) -> bool:
    """Say whether a datagram socket that was not closed before had a port."""
    for one in case.sockets_by_port.get(wanted.port or 0, ()):
        closed = next((row for row in case.calls(one.id) if row.name in CLOSINGS), None)
        if protocol(one) == "UDP" and one.id != call.socket and not (closed and closed.at <= call.at):
            return True
    return False


# -- the other end is gone ---------------------------------------------------------------------------------------------


def _cut_short(case: Case, call: Call) -> Cause | None:
    """Say which line made it impossible to send or to receive."""
    shut = [
        one
        for one in case.calls(call.socket)
        if one.name == "shutdown" and one.argument != "SHUT_RD" and not one.error and one.until <= call.until
    ]
    if call.error == "EPIPE" and shut:
        whose = "a child process" if shut[-1].process != call.process else "the program itself"
        words = f"{whose} had shut the connection down, for every process that has it"
        if shut[-1].process == call.process:
            return Cause(f"{whose} had said that it would send no more", "send before shutdown()", shut[-1])
        return Cause(words, "let the child only close() its copy: shutdown() ends the connection itself", shut[-1])
    one = _conversation(case, call)
    if one is None:
        return None
    other = one.server_socket if one.client_socket == call.socket else one.client_socket
    found = [row for row in case.calls(other) if row.name in CLOSINGS and row.at <= call.until]
    if not found:
        return None
    words = f"the other end had been closed{_by_whom(case, found[0], call)}" + _unread(case, one, other, found[0].at)
    return Cause(words, "let it read what comes, to the end, before it closes; and send nothing when it has closed")


def _by_whom(case: Case, closed: Call, besides: Call) -> str:
    """Say at which line a socket was closed; if a library did it, also after which line of the program."""
    last, by = case.own_line(closed), f" by {closed.via}" if closed.via else ""
    if last is closed:
        return f" at {case.place(closed, besides)}"
    return f"{by} after {case.place(last, besides)}" if last.line else by


def last_gone(case: Case, process: int) -> Call | None:
    """Return the call that was the last to close an end of a connection whose other end a process still had."""
    for call in reversed(case.recording.calls):
        one = _conversation(case, call) if call.name in CLOSINGS and call.name != "exit" else None
        if one is not None:
            other = case.calls(one.server_socket if one.client_socket == call.socket else one.client_socket)
            names = {row.name for row in other if row.process == process}
            if names and names.isdisjoint(set(CLOSINGS) - {"exit"}):
                return call
    return None


def _used_closed(case: Case, call: Call) -> Cause | None:
    """Say where a socket was closed that is used."""
    before = [one for one in case.calls(call.socket) if one.name in (*CLOSINGS, "detach") and one.until <= call.at]
    if not before and call.fd >= 0:  # closed by its number, behind the back of whoever still has the socket
        same = (one for one in case.recording.calls if (one.process, one.fd) == (call.process, call.fd))
        before = [one for one in same if one.name in CLOSINGS and one.until <= call.at]
    if file := _file_of(case, call):
        words = f"os.fdopen() made a file of its descriptor at {case.place(file, call)}, and whoever closes it first"
        words += " closes it for both, and for whoever gets that number next"
        return Cause(words, "let one own it: `os.fdopen(sock.detach())`, or sock.makefile(), which is closed by itself")
    if not before or not before[-1].line:
        return None
    verb = "detached" if before[-1].name == "detach" else "closed"
    words = (
        f"the {describe(case.recording.socket(before[-1].socket))} had been {verb} at {case.place(before[-1], call)}"
    )
    if verb == "detached":
        return Cause(words, "use the socket that took its descriptor over, such as what `wrap_socket()` returned")
    return Cause(words, "use it before that, such as inside the `with` that closes it")


def _closed_twice(case: Case, process: int) -> Cause | None:
    """Say that a descriptor was closed by its number, and again by the socket: it was somebody else's by then."""
    closes = [call for call in case.recording.calls if call.process == process and call.name == "close" and call.line]
    for first, second in itertools.combinations(closes, 2):
        lost = case.recording.socket(second.socket)
        if (
            first.fd == second.fd
            and first.socket != second.socket
            and lost.origin == "adopt"
            and lost.type == "unknown"
        ):
            words = f"{second.function}() at {case.place(second)} closed descriptor {first.fd} a second time, which "
            words += (
                f"{first.function}() had closed at {case.place(first)}: by then it was the number of something else"
            )
            fix = "close a socket by its own close() only; what is to have the number alone gets it from `detach()`"
            return Cause(words, fix, first)
    return None


def _file_of(case: Case, call: Call) -> Call | None:
    """Return the call that made a file of the descriptor of a socket, and left that to the socket, too."""
    files = (one for one in case.recording.calls if one.function == "os.fdopen" and one.at < call.at)
    file = next((one for one in files if (one.process, one.fd) == (call.process, call.fd)), None)
    handed_on = file and any(one.name == "detach" and one.at < file.at for one in case.calls(file.socket))
    return None if handed_on else file


def _in_parts(case: Case, call: Call) -> Cause | None:
    """Say of a message that only a part of it had come when it was taken for the whole."""
    one, own = _conversation(case, call), case.calls(call.socket)
    other = None if one is None else one.server_socket if one.client_socket == call.socket else one.client_socket
    sent = sum(row.size or 0 for row in case.calls(other) if row.name == "send")
    got = sum(row.size or 0 for row in own if row.name == "recv" and row.until <= call.until)
    if call.name != "recv" or call.error or case.recording.socket(call.socket).type != "SOCK_STREAM":
        return None
    if together := _at_once(case, call, other, got):
        return together
    if sent <= got:
        return None
    words = f"it was given {plural(call.size or 0, 'byte')}, and {sent - got:,} more came later"
    fix = "read until the message is whole, by its length or to a mark such as b'\\n': a stream keeps no messages apart"
    return Cause(words, fix)


def _at_once(case: Case, call: Call, sender: int | None, got: int) -> Cause | None:
    """Say of what a call received that several calls had sent it.

    Args:
        case: The run.
        call: The call.
        sender: The socket at the other end.
        got: How many bytes had been received when it returned.
    """
    begins, offset, parts = got - (call.size or 0), 0, []
    for sent in [one for one in case.calls(sender) if one.name == "send" and one.size]:
        if offset < got and offset + (sent.size or 0) > begins:
            parts.append(case.place(sent, call))
        offset += sent.size or 0
    if len(parts) < _SEVERAL or not all(parts):
        return None
    places = " and ".join(dict.fromkeys(parts))
    often = f" in {len(parts)} calls" if len(set(parts)) == 1 else ""
    fix = "say where a message ends, by its length or by a mark such as b'\\n', and read to there and no further"
    return Cause(f"it was given at once what {places} had sent{often}: a stream keeps no messages apart", fix)


def _ended(case: Case, call: Call) -> Cause | None:
    """Say who ended a stream of which somebody wanted more."""
    one = _conversation(case, call)
    if one is None or not _is_end(call):
        return None
    other = one.server_socket if one.client_socket == call.socket else one.client_socket
    ends = [row for row in case.calls(other) if row.name in ("shutdown", *CLOSINGS) and row.at <= call.until]
    if other is not None and (message := endless(case, other, call.path or "", ended=True)):
        return Cause(f"{message.words}, and then the end", message.fix)
    if not ends or not ends[0].line:
        return None
    verb = "shut down its side" if ends[0].name == "shutdown" else "closed"
    sent = any(row.name == "send" and row.at > ends[0].until for row in case.calls(call.socket))
    words = f"the other end had {verb} at {case.place(ends[0], call)}" + (", before this was sent" if sent else "")
    return Cause(words, "let it answer before it closes, or open a new connection when the old one has ended")


def _unread(case: Case, one: Conversation, socket: int | None, until: float) -> str:
    count = unread(case, one, socket, until)
    return f" with {plural(count, 'byte')} unread" if count > 0 else ""


def unread(case: Case, one: Conversation, socket: int | None, until: float = float("inf")) -> int:
    """Return how many bytes lay at an end of a TCP connection that it had not read when it was reset, or before.

    Args:
        case: The run.
        one: The connection.
        socket: The socket at that end.
        until: What came later does not count, in milliseconds since the program started.
    """
    end = one.client if socket == one.client_socket else one.server
    gone = min(until, one.first_reset.at) if one.first_reset else until
    came = {packet.seq: packet.size for packet in one.packets if packet.source != end and packet.at <= gone}
    got = sum(call.size or 0 for call in case.calls(socket) if call.name == "recv" and call.argument != "MSG_PEEK")
    return sum(came.values()) - got
