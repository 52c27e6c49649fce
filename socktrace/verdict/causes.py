"""Why a call failed: which line, end or process it was that made it fail, and what a person would do. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from socktrace.calls.holders import WAITS
from socktrace.recording import Call, Endpoint, Socket, Stand
from socktrace.recording.conversations import Conversation
from socktrace.recording.endings import CLOSINGS
from socktrace.recording.streams import unescape
from socktrace.verdict.answers import endless
from socktrace.verdict.case import Case, target
from socktrace.verdict.meanwhile import instead, serves_another, waits_at
from socktrace.verdict.misuse import Cause, misuse
from socktrace.verdict.strays import astray
from socktrace.wording import describe, plural, protocol

AGREE = (
    "let both ends agree where a message ends: by a length in one order of bytes (`!`), by a newline, or by "
    "`shutdown(SHUT_WR)` after the last byte; and let who has a whole one answer"
)
"""What to do about two ends that both wait for more."""
_SEVERAL = 2
_LINES, _WHOLE = ("readline", "readlines", "readuntil"), ("read", "readexactly")
"""The functions of files and streams that wait for the end of a line, and for all bytes or the end."""
ACCEPT = "accept connections, or make the backlog larger"
"""What to do about a queue that is full."""
LET_OTHERS = (
    "let nothing in a coroutine wait but by `await`: use the loop's own streams, or `await asyncio.to_thread(...)`"
)
"""What to do about who keeps an event loop from all else."""
_STREAMS = ("", "socket", "asyncio", "anyio", "trio", "multiprocessing")
"""What reads for the program no more than it asks for, so that the end of the stream is the program's to know."""
_PASSIVE = (
    "let the server name the port at which it listens for data: of PASV the last two numbers are `divmod(port, 256)`"
)
_LEAVE = (
    "leave the loop there: that is how a stream ends, b'' of recv(), and what a library raises for it is to be caught "
    "where it reads, or spared by `async for`"
)
"""What to do in a loop that reads on at the end of a stream."""
_REUSE = (
    "set SO_REUSEADDR before bind(): `socket.create_server()` does, and so does `allow_reuse_address = True` "
    "in a server of `socketserver`"
)


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
        return _refused_there(case, call, socket)
    if cause := misuse(case, call):
        return cause
    if call.error in ("EPIPE", "ECONNRESET", "EBADF"):
        return _cut_short(case, call) if call.error != "EBADF" else _used_closed(case, call)
    if call.error in ("ECONNREFUSED", "TimeoutError"):
        return _cut_by_default(case, call) or _met_nobody(case, call) or _waited(case, call)
    return _ended(case, call) if is_end(call) else _in_parts(case, call)


def _refused_there(case: Case, call: Call, socket: Socket) -> Cause:
    """Say why nobody listened where a call was refused, or had been before."""
    asked = next((one for one in case.calls(call.socket) if one.name == "connect"), call)
    path = Endpoint(asked.argument) if socket.family == "AF_UNIX" else None
    refused = refusal(case, path or asked.peer or target(asked), asked.at, socket)
    if call.via == "ftplib" and _has_been_told(case, call):
        words = f"{refused.words}, where the server's reply to PASV or EPSV sent it (RFC 959 section 4.1.2)"
        return Cause(words, _PASSIVE)
    return refused if call.name == "connect" else _refused_meanwhile(case, asked, refused, call)


def _has_been_told(case: Case, call: Call) -> bool:
    """Say whether the line of a call has another connection by the same library, which told it where to call."""
    calls = (
        one for one in case.recording.calls if (one.process, one.line, one.via) == (call.process, call.line, call.via)
    )
    return any(one.name in ("send", "recv") and one.socket != call.socket for one in calls)


def is_end(call: Call) -> bool:
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


def _cut_by_default(case: Case, call: Call) -> Cause | None:
    """Say of a call that what it waited for came when its time was up, which setdefaulttimeout() had given it."""
    file, _, line = call.holder.rpartition(":")
    one = _conversation(case, call)
    other = (one.server_socket if one.client_socket == call.socket else one.client_socket) if one else None
    late = any(row.name == "send" and row.at > call.until and row.size for row in case.calls(other))
    if call.name == "accept":
        late = any(row.listener == call.socket and row.packets[0].at > call.until for row in case.conversations)
    if call.error != "TimeoutError" or not line or not late:
        return None
    words = "what it waited for came when its time was up, which setdefaulttimeout() here had set for all new sockets, "
    words += "those that accept() returns among them"
    at = replace(call, path=file, line=int(line))
    return Cause(
        words, "set a longer one, or give that socket its own, settimeout(): None waits as long as it takes", at
    )


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
    if other is not None and one and one.listener and case.recording.openings[other].until > call.until:
        other = None  # it was accepted only then
    if one and (kept := _keeps_its_loop(case, call, other or one.listener)):
        return kept
    if other is None:
        if one is None or not one.listener:
            return None
        return serves_another(case, call, one) or _not_accepted(case, one, one.listener)
    found = endless(case, other, call.path or "") or _waits_itself(case, call, other) or instead(case, call, other)
    if found:
        return found
    place = case.place(case.recording.openings[other], call)
    words = f"nothing came meanwhile from the {describe(case.recording.socket(other))}{f' of {place}' if place else ''}"
    return Cause(words, "let it send, or close, in time; or wait longer: settimeout()")


def _keeps_its_loop(case: Case, call: Call, other: int | None) -> Cause | None:
    """Say of who waits that the event loop of the other end runs in the same thread, and can do nothing meanwhile."""
    opened = None if other is None else case.recording.openings[other]
    is_loops = opened is not None and opened.via.startswith("asyncio") and not call.via.startswith("asyncio")
    if opened is None or not is_loops or (opened.process, opened.thread) != (call.process, call.thread):
        return None
    words = f"who is to answer, the {describe(case.recording.socket(opened.made or opened.socket))}"
    words += (
        f"{f' of {place}' if (place := case.place(opened, call)) else ''}, is of the event loop that this line keeps"
    )
    return Cause(f"{words} from all else meanwhile", LET_OTHERS)


def _waits_itself(case: Case, call: Call, other: int) -> Cause | None:
    """Say of the other end that it had taken all that was sent, and waited for more itself."""
    asks = [one for one in case.calls(call.socket) if one.name == "send" and one.size and one.at <= call.at]
    rows = [one for one in case.calls(other) if one.name == "recv" and one.at < call.until and not one.error]
    got = sum(one.size or 0 for one in rows if one.until <= call.until)
    stand = waits_at(case, other)
    if not asks or not rows or sum(one.size or 0 for one in asks) != got:
        return None
    if rows[-1].until < call.until and stand is None:
        return None
    said, place = (
        f"the {plural(asks[-1].size or 0, 'byte')} of {case.place(asks[-1], call)}",
        case.place(rows[-1], call),
    )
    if stand and stand.line:
        place = case.spot(stand.line, stand.file, call.path or "")
        if found := _of_reading(call, asks[-1], stand, said):
            return found
    words = f"the other end had taken {said}, and waited for more{f' at {place}' if place else ''}"
    return Cause(words, AGREE)


def _of_reading(call: Call, asked: Call, stand: Stand, said: str) -> Cause | None:
    """Say for what the other end waited, if the function tells in which it did.

    Args:
        call: The call whose time was up.
        asked: What was sent last.
        stand: Where the other end stood.
        said: What is said of what was sent.
    """
    sent = unescape(asked.data)
    if stand.function in _LINES and asked.line and len(sent) == asked.size and not sent.endswith(b"\n"):
        words = f"what was sent there does not end a line, and the other end waits for that, in {stand.function}()"
        return Cause(words, r"end what you send with b'\n'; print(..., flush=True) and `file.flush()` do, too", asked)
    if stand.function in _WHOLE:
        words = f"the other end had taken {said}, and waited in {stand.function}() here for more, or for the end"
        fix = "read() waits for the end of the stream, and read(n) and readexactly(n) for all n bytes: let one read a "
        fix += "line, or what comes, `recv(n)`; or let the other say that no more comes: `shutdown(SHUT_WR)`, "
        return Cause(words, fix + "`write_eof()`", replace(call, path=stand.file, line=stand.line))
    return None


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
    if one is None or (deaf := _is_deaf(case, call)):
        return deaf if one else None
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


def closed_twice(case: Case, process: int) -> Cause | None:
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
    if one and one.protocol == "TCP" and not case.recording.socket(call.socket).tls:  # a send that failed has no size
        later = sum(row.size or 0 for row in own if row.name == "recv" and row.until > call.until)
        sent = max(sent, got + later + unread(case, one, call.socket))
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
    if one is None or not is_end(call):
        return None
    if deaf := _is_deaf(case, call):
        return deaf
    other = one.server_socket if one.client_socket == call.socket else one.client_socket
    ends = [row for row in case.calls(other) if row.name in ("shutdown", *CLOSINGS) and row.at <= call.until]
    if other is not None and (message := endless(case, other, call.path or "", ended=True)):
        return Cause(f"{message.words}, and then the end", message.fix)
    if not ends or not (ends[0].line or ends[0].via):
        return None
    verb = "shut down its side" if ends[0].name == "shutdown" else "closed"
    sent = any(row.name == "send" and row.at > ends[0].until for row in case.calls(call.socket))
    words = f"the other end had {verb}{_by_whom(case, ends[0], call)}" + (", before this was sent" if sent else "")
    if not sent and call.via.partition(".")[0] in _STREAMS and _had_come(case, call):
        return Cause(words, _LEAVE)
    return Cause(words, "let it answer before it closes, or open a new connection when the old one has ended")


def _is_deaf(case: Case, call: Call) -> Cause | None:
    """Say of who receives that it had said itself that it would not."""
    shut = [row for row in case.calls(call.socket) if row.name == "shutdown" and row.until <= call.at]
    both = next((row for row in shut if row.argument != "SHUT_WR" and row.line and not row.error), None)
    if both is None or call.name != "recv":
        return None
    words = f"the program itself had said there, by {both.argument}, that it would receive no more"
    return Cause(words, "say `shutdown(SHUT_WR)`, that no more will be sent: then the answer can be read", both)


def _had_come(case: Case, end: Call) -> bool:
    """Say whether the line that met the end of a stream had received something before: it reads in a loop."""
    before = [one for one in case.calls(end.socket) if one.name == "recv" and one.at < end.at and one.size]
    return any((one.path, one.line) == (end.path, end.line) for one in before)


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
