"""The rules: a `Recording` in, findings out. Pure.

Each rule is one function below and stands in `RULES`, in the order in which findings are reported. A rule names the
*event* it found; a program whose point is that event declares it (`# socktrace: expect EVENT`), and then the event
must happen.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from socktrace.conversations import Conversation, calls_of, conversations
from socktrace.endings import CLOSINGS, ENDINGS
from socktrace.recording import Call, Declaration, Endpoint, Program, Recording, Socket
from socktrace.wording import describe

EVENTS = {
    "failure": "it ends with an exit status other than 0, or by a signal",
    "hang": "it is stopped at its time limit",
    "stderr": "it writes to standard error: a warning, or the traceback of a thread",
    "not-started": "a program is not started, because the one before it does not listen",
    "left-open": "it leaves a socket to be closed by the end of its process",
    "collected": "it leaves a socket to be closed by the garbage collector",
    "lingering": "its network holds more than TIME_WAIT when it has ended",
    "unanswered": "a TCP connection attempt gets no answer",
    "refused": "a TCP connection attempt is answered by RST",
    "reset": "a TCP connection ends by RST",
    "unfinished": "a TCP connection ends without a FIN each way",
    "beyond-loopback": "it speaks to an address that is not loopback",
    "wildcard": "it binds an address that stands for every interface",
    "fixed-port": "it binds a port number that the kernel did not choose",
    "survivor": "a thread or child process outlives it",
    "disagreement": "its calls and its packets tell different stories",
    "no-socket": "it opens no socket",
}
_NEVER_EXPECTED = ("disagreement", "not-started")
_STRICT = ("beyond-loopback", "wildcard", "fixed-port")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Args:
        event: What happened, one of `EVENTS`, or `output` or `declaration`.
        path: The program's file, or the file of its own that is at fault.
        line: The line, counted from 1; `None` if no line is at fault.
        message: What happened, in one sentence.
        fix: What to do about it.
        is_note: True if it is only worth knowing, not a fault.
        socket: `Socket.id` of the socket that it is about, if it is about one, for whoever draws it. Findings that say
            the same of several sockets are equal.
    """

    event: str
    path: str
    line: int | None
    message: str
    fix: str
    is_note: bool = False
    socket: int | None = dataclasses.field(default=None, compare=False)

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}\n    {self.fix}"


def judge(recording: Recording, *, strict: bool = True, snippet: bool = False) -> tuple[Finding, ...]:
    """Hold a run against every rule.

    Args:
        recording: What the run did.
        strict: Whether leaving loopback, binding every interface and fixing a port are faults; else they are notes.
        snippet: Whether it is a snippet of this project, which must also open a socket.

    Returns:
        The findings, notes among them, in the order of the rules.
    """
    found = [finding for rule in RULES for finding in rule(recording)]
    if snippet:
        found += _opens_a_socket(recording)
    expected = {declaration.event for one in recording.programs for declaration in one.declarations}
    happened = {finding.event for finding in found}
    kept = [finding for finding in found if finding.event not in expected - set(_NEVER_EXPECTED)]
    kept += _declarations(recording, happened)
    if not strict:
        kept = [dataclasses.replace(one, is_note=one.event in _STRICT) for one in kept]
    return tuple(dict.fromkeys(kept))


def faults(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that are not notes."""
    return tuple(finding for finding in findings if not finding.is_note)


def _finding(
    recording: Recording,
    event: str,
    message: str,
    fix: str,
    call: Call | None = None,
    line: int | None = None,
    file: str = "",
) -> Finding:
    socket = None
    if call:
        line, file, socket = call.line, call.path or "", call.made or call.socket
    folder, slash, _ = recording.program.rpartition("/")
    return Finding(event, f"{folder}{slash}{file}" if file else recording.program, line, message, fix, socket=socket)


# -- rule 1: it exits 0 within its time limit, silent on standard error ------------------------------------------------


def _ends_well(recording: Recording) -> Iterator[Finding]:
    for one in recording.programs:
        if one.began is not None:
            yield from _ends_well_one(one)


def _ends_well_one(one: Program) -> Iterator[Finding]:
    last = one.stderr.strip().rpartition("\n")[2].strip()
    if one.exit_code is None:
        line = one.stuck[0] if one.stuck else None
        where = ", ".join(f"line {line}" for line in dict.fromkeys(one.stuck))
        message = "it was still running when its time limit came" + (f"; it stood at {where}" if where else "")
        fix = "give every blocking call a timeout, or allow more time with --timeout (0 for no limit)"
        yield Finding("hang", one.program, line, message, fix)
    elif one.exit_code < 0:
        message = f"it was ended by signal {-one.exit_code}"
        yield Finding("failure", one.program, None, message, "let the program end by itself")
    elif one.exit_code > 0:
        message = f"it exited with status {one.exit_code}" + (f": {last}" if last else "")
        yield Finding("failure", one.program, _raised_at(one), message, "read what it wrote to standard error")
    if one.stderr and not one.exit_code:
        message = f"it wrote to standard error: {last or 'blank lines'}"
        fix = "cure the warning or error; print results to standard output"
        yield Finding("stderr", one.program, _raised_at(one), message, fix)


def _raised_at(one: Program) -> int | None:
    """Read the program's own line out of the last traceback on standard error, if there is one."""
    lines = re.findall(rf'^ *File "(?:[^"]*/)?{re.escape(one.program)}", line (\d+)', one.stderr, re.MULTILINE)
    return int(lines[-1]) if lines else None


def _starts_all(recording: Recording) -> Iterator[Finding]:
    for before, one in itertools.pairwise(recording.programs):
        if one.began is None and before.began is not None:
            when = "within its time limit" if before.exit_code is None else "before it ended"
            message = f"it did not listen {when}, so {one.program} was not started"
            fix = "let it listen first, or bind a port for datagrams: the next program is started when it does"
            yield Finding("not-started", before.program, None, message, fix)


# -- rule 2: it closes what it opened, by itself -----------------------------------------------------------------------


def _closes(recording: Recording) -> Iterator[Finding]:
    for socket in recording.sockets:
        yield from _closes_one(recording, socket)


def _closes_one(recording: Recording, socket: Socket) -> Iterator[Finding]:
    calls = calls_of(recording, socket.id)
    opened = recording.openings[socket.id]
    what = describe(socket)
    fix = "close it where it was opened: `with` does that on every way out"
    for call in calls:
        if call.name == "collected":
            yield _finding(recording, "collected", _not_by_itself(what, call), fix, opened)
    last = next((call for call in reversed(calls) if call.name in CLOSINGS), None)
    owners = {opened.process, *(call.process for call in calls if call.name in ("socket", "socketpair", "adopt"))}
    for call in calls:
        if call.process and opened.via.startswith("multiprocessing"):
            continue  # its helper processes end without closing what they alone use
        if call.name in ("exit", "exec") and (call.process in owners or call is last):
            yield _finding(recording, "left-open", _not_by_itself(what, call), fix, opened)
            return
    detached = any(call.name == "detach" for call in calls)
    if last is None and not detached:
        yield _finding(recording, "left-open", f"nothing closed the {what}", fix, opened)
    elif last is None and _was_killed(recording, opened.process):
        yield _finding(recording, "left-open", f"nothing closed the {what} after it was detached", fix, opened)


def _was_killed(recording: Recording, process: int) -> bool:
    one = recording.programs[process if process < len(recording.programs) else 0]
    return one.exit_code is not None and one.exit_code < 0


def _not_by_itself(what: str, ending: Call) -> str:
    return f"the {what} was {ENDINGS[ending.name].words}, not by the program"


# -- rule 3: its network is empty when it has ended --------------------------------------------------------------------


def _leaves_nothing(recording: Recording) -> Iterator[Finding]:
    for row in recording.left:
        if row.state != "TIME_WAIT":
            message = (
                f"the kernel still holds a {row.protocol} socket at {row.local}, {row.state}, after the program ended"
            )
            yield _finding(recording, "lingering", message, "close it in every process that holds its descriptor")


# -- rule 4: TCP connections open with a handshake and end with a FIN each way -----------------------------------------


def _converses(recording: Recording) -> Iterator[Finding]:
    for one in conversations(recording):
        if one.protocol == "TCP":
            yield from _opens_and_ends(recording, one)


def _opens_and_ends(recording: Recording, one: Conversation) -> Iterator[Finding]:
    pair = f"{one.client} to {one.server}"
    call = next((call for call in calls_of(recording, one.client_socket) if call.name == "connect"), None)
    if one.refused:
        message = f"the connection from {pair} was refused: its SYN was answered by RST"
        yield _finding(recording, "refused", message, "connect to a socket that listens", call)
    elif not one.established:
        message = f"the connection from {pair} was never completed: its SYN got no answer"
        yield _finding(recording, "unanswered", message, "accept connections, or make the backlog larger", call)
    elif one.reset:
        sender = next(packet.source for packet in one.packets if packet.has("RST"))
        message = f"the connection from {pair} was reset by {sender}, not finished"
        fix = "read everything to the end of the stream before close(), and let both sides close"
        yield _finding(recording, "reset", message, fix, _close_of(recording, one, sender) or call)
    else:
        for end in dict.fromkeys((one.client, one.server)):
            if not one.finished(end):
                message = f"the connection from {pair} has no FIN from {end}"
                yield _finding(recording, "unfinished", message, "close both ends", call)


def _close_of(recording: Recording, one: Conversation, end: Endpoint) -> Call | None:
    socket = one.client_socket if end == one.client else one.server_socket
    return next((call for call in calls_of(recording, socket) if call.name in CLOSINGS), None)


# -- rules 5 and 6: loopback only, and no port fixed -------------------------------------------------------------------


def _stays_home(recording: Recording) -> Iterator[Finding]:
    for call in recording.calls:
        if not _is_internet(recording.socket(call.socket)):
            continue
        if call.name == "bind" or (call.name == "listen" and not _was_bound(recording, call)):
            end = call.local if call.error is None else _target(call)
            if end and (end.is_wildcard or end.address == ""):
                message = f"it bound {end}, which every interface of the host answers"
                yield _finding(recording, "wildcard", message, 'bind "127.0.0.1" or "::1"', call)
            elif end and not end.is_loopback:
                message = f"it bound {end}, which is not loopback"
                yield _finding(recording, "beyond-loopback", message, 'bind "127.0.0.1" or "::1"', call)
        elif call.name in ("connect", "send"):
            far = (call.peer if call.name == "send" else None) or _target(call) or call.peer
            if far and not (far.is_loopback or far.is_wildcard):
                message = f"it spoke to {far}, which is not loopback"
                yield _finding(recording, "beyond-loopback", message, "speak to a socket of the same program", call)


def _asks_at_home(recording: Recording) -> Iterator[Finding]:
    for lookup in recording.lookups:
        name = lookup.name.rstrip(".").lower()
        if name != "localhost" and not name.endswith(".localhost"):  # RFC 6761 section 6.3
            message = f"it asked for the address of {lookup.name!r}, a question for other hosts"
            cure = 'write "127.0.0.1" or "localhost"'
            yield _finding(recording, "beyond-loopback", message, cure, line=lookup.line, file=lookup.file)


def _is_internet(socket: Socket) -> bool:
    return socket.family in ("AF_INET", "AF_INET6")


def _was_bound(recording: Recording, listening: Call) -> bool:
    return any(call.name == "bind" and call.error is None for call in calls_of(recording, listening.socket))


def _target(call: Call) -> Endpoint | None:
    """Read back the address that a call was given."""
    address, colon, port = call.argument.rpartition(":")
    return Endpoint(address, int(port)) if colon and port.isdigit() else None


def _fixes_no_port(recording: Recording) -> Iterator[Finding]:
    given: set[int] = set()
    for call in recording.calls:
        asked = _target(call) if call.name == "bind" and _is_internet(recording.socket(call.socket)) else None
        if asked and asked.port and asked.port not in given and not _is_met_at(recording, call.process, asked.port):
            message = f"it bound port {asked.port}, a number that the kernel did not choose"
            yield _finding(recording, "fixed-port", message, "bind port 0 and ask getsockname() for the number", call)
        given |= {end.port for end in (call.local, call.peer if call.name == "accept" else None) if end and end.port}


def _is_met_at(recording: Recording, process: int, port: int) -> bool:
    """Say whether another program calls a port: it can only know a number that was written down before both began."""
    numbers = range(len(recording.programs))
    others = (call for call in recording.calls if call.process in numbers and call.process != process)
    calls = (call for call in others if call.name in ("connect", "send"))
    return process in numbers and any(end and end.port == port for call in calls for end in (_target(call), call.peer))


# -- rule 7: nothing survives it ---------------------------------------------------------------------------------------


def _is_not_survived(recording: Recording) -> Iterator[Finding]:
    for survivor in recording.survivors:
        message = f"the {survivor.kind} {survivor.name!r} outlived the program"
        fix = "join it before the program ends" if survivor.kind == "thread" else "wait for it before the program ends"
        yield _finding(recording, "survivor", message, fix, line=survivor.line, file=survivor.file)


# -- rule 8: the two witnesses agree -----------------------------------------------------------------------------------


def _witnesses_agree(recording: Recording) -> Iterator[Finding]:
    if not recording.saw_packets:
        return
    found = conversations(recording)
    for one in found:
        if one.protocol != "Unix":
            yield from _is_witnessed(recording, one)
    for one in found:
        if one.protocol == "TCP":
            yield from _bytes_agree(recording, one)
    yield from _connects_agree(recording, found)
    yield from _datagrams_agree(recording)


def _is_witnessed(recording: Recording, one: Conversation) -> Iterator[Finding]:
    if recording.strangers:
        return
    for end, socket in ((one.client, one.client_socket), (one.server, one.server_socket or one.listener)):
        quiet = one.protocol == "UDP" or one.refused or not one.established
        if socket is None and not (quiet and end == one.server):
            message = f"{one.protocol} packets crossed the wire at {end}, but no witnessed call has a socket there"
            fix = "use Python's socket module; a C extension or ctypes cannot be followed"
            yield _finding(recording, "disagreement", message, fix)


def _bytes_agree(recording: Recording, one: Conversation) -> Iterator[Finding]:
    ends = ((one.client, one.client_socket, one.server_socket), (one.server, one.server_socket, one.client_socket))
    for end, sender, receiver in ends if one.client != one.server else ends[:1]:
        wire = one.payload(end)
        if sender and _is_countable(recording, sender):
            calls = calls_of(recording, sender)
            sent = sum(call.size or 0 for call in calls if call.name == "send")
            unsure = one.reset or any(call.name == "send" and call.error for call in calls)
            if (sent < wire and not _failed_sendall(calls)) or (sent > wire and not unsure):
                message = f"the calls sent {sent} bytes from {end}, but {wire} crossed the wire"
                yield _finding(recording, "disagreement", message, _REPORT, recording.openings[sender])
        if receiver and _is_countable(recording, receiver):
            calls = calls_of(recording, receiver)
            got = sum(call.size or 0 for call in calls if call.name == "recv" and call.argument != "MSG_PEEK")
            ended = any(call.name == "recv" and call.size == 0 for call in calls) and not one.reset
            if got > wire or (ended and got != wire):
                message = f"the calls received {got} bytes from {end}, but {wire} crossed the wire"
                yield _finding(recording, "disagreement", message, _REPORT, recording.openings[receiver])


_REPORT = "a witness was fooled: move the bytes with the socket's own send and recv"


def _failed_sendall(calls: tuple[Call, ...]) -> bool:
    return any(call.name == "send" and call.error and call.function == "sendall" for call in calls)


def _is_countable(recording: Recording, socket: int) -> bool:
    """Say whether the calls saw every byte: not those of TLS records, nor of a descriptor that others took over."""
    calls = calls_of(recording, socket)
    handed_on = recording.strangers or any(call.name == "detach" for call in calls)
    return not recording.socket(socket).tls and not handed_on


def _connects_agree(recording: Recording, found: tuple[Conversation, ...]) -> Iterator[Finding]:
    shaken = {(one.client, one.server) for one in found if one.established}
    shaken |= {(server, client) for client, server in shaken}
    for call in recording.calls:
        socket = recording.socket(call.socket)
        if call.name != "connect" or call.error or socket.type != "SOCK_STREAM" or not _is_internet(socket):
            continue
        if call.local and call.peer and (call.local, call.peer) not in shaken:
            message = f"connect() from {call.local} to {call.peer} succeeded, but no handshake crossed the wire"
            yield _finding(recording, "disagreement", message, _REPORT, call)


def _datagrams_agree(recording: Recording) -> Iterator[Finding]:
    datagrams = (packet for packet in recording.packets if packet.protocol == "UDP")
    wire = Counter((packet.source.port, packet.destination, packet.size) for packet in datagrams)
    for call in recording.calls:
        socket = recording.socket(call.socket)
        if call.name != "send" or call.error or socket.type != "SOCK_DGRAM" or not _is_internet(socket):
            continue
        if not (call.peer and call.local):
            continue
        row = (call.local.port, call.peer, call.size or 0)
        if wire[row]:
            wire[row] -= 1
        elif call.peer.is_loopback:  # one for a group may cross the loopback, or leave by another interface
            message = (
                f"a datagram of {call.size} bytes was sent from {call.local} to {call.peer}, but none crossed the wire"
            )
            yield _finding(recording, "disagreement", message, _REPORT, call)
    for port, destination, size in () if recording.strangers else wire.elements():
        message = f"a datagram of {size} bytes from port {port} to {destination} crossed the wire, but no call sent it"
        yield _finding(recording, "disagreement", message, _REPORT)


# -- declarations ------------------------------------------------------------------------------------------------------


def _opens_a_socket(recording: Recording) -> Iterator[Finding]:
    if not recording.sockets:
        message = "it opened no socket"
        yield _finding(recording, "no-socket", message, "if that is its point, say so: # socktrace: expect no-socket")


def _declarations(recording: Recording, happened: set[str]) -> Iterator[Finding]:
    for one in recording.programs:
        for declaration in one.declarations:
            yield from _declaration(recording, one.program, declaration, happened)


def _declaration(recording: Recording, path: str, one: Declaration, happened: set[str]) -> Iterator[Finding]:
    if one.event not in EVENTS or one.event in _NEVER_EXPECTED:
        known = ", ".join(event for event in EVENTS if event not in _NEVER_EXPECTED)
        yield Finding("declaration", path, one.line, f"nothing is called {one.event!r}", f"expect one of: {known}")
    elif one.event not in happened and not (one.event == "no-socket" and not recording.sockets):
        message = f"it says to expect {one.event!r}, but that did not happen"
        fix = "remove the comment, or mend the program so that it shows what it says"
        yield Finding("declaration", path, one.line, message, fix)


RULES: tuple[Callable[[Recording], Iterator[Finding]], ...] = (
    _ends_well,
    _starts_all,
    _closes,
    _leaves_nothing,
    _converses,
    _stays_home,
    _asks_at_home,
    _fixes_no_port,
    _is_not_survived,
    _witnesses_agree,
)
