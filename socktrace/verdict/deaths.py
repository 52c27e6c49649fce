"""Of what a program died: the call whose error ended it, or what its last words tell. Pure."""

from __future__ import annotations

import errno
import itertools
import re
from dataclasses import replace

from socktrace.recording import Call, Program
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.answers import endless, unmeasured
from socktrace.verdict.case import Case, last_words, outlived_main, raised_at, raised_in
from socktrace.verdict.causes import closed_twice, is_end, refusal, why
from socktrace.verdict.datagrams import takes_whole
from socktrace.verdict.events import Finding
from socktrace.verdict.misuse import Cause
from socktrace.verdict.outside import cut_off, no_name
from socktrace.verdict.sayings import CLOSED, HANDED_ON, told_by
from socktrace.verdict.sayings_of_clients import ALL_GIVEN_OUT, IN_A_CIRCLE, NO_HTTP, NO_SESSION
from socktrace.verdict.tls import lacks_certificate, laid_bare, refused_by_tls
from socktrace.wording import describe

_ERRNO = re.compile(r"\[Errno (\d+)\]")
_ENDED = re.compile(
    r"RemoteDisconnected|ServerDisconnected|StreamClosedError|premature|IncompleteRead|incomplete (?:chunked )?read|"
    r"EndOfStream|socket error: EOF|indicated EOF|StreamLostError|EOF received|unexpectedly closed|Lost connection|"
    r"closed by (?:server|remote|peer)|^EOFError\b|Server disconnected|payload is not completed|"
    r"without sending complete|ChunkedEncodingError|in the middle of operation|connection_lost\(\)|\bConnectionLost\b|"
    r"\bConnectionDone\b|ResponseNeverReceived|Server closed the connection|"
    r"Connection to remote host was lost",
    re.IGNORECASE,
)
"""What libraries say when the other end has ended the stream too early for them."""
_BROKE_OFF = re.compile(r"IncompleteRead|InvalidChunkLength")
"""What is said of a message of HTTP that is not as long as it says, or does not say so rightly."""
_PRINTS = (
    "who read what it prints had gone, as `head` does when it has enough",
    "let the reader read to the end, or catch BrokenPipeError where you print",
)
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
_CUT = re.compile(
    r"JSONDecodeError|struct\.error: unpack|unexpected end of data|pickle data was truncated|Ran out of input"
)
"""What is raised of a message of which only a part is there, or more than one."""
_SLEEPS = re.compile(r"^Sleeps in an event loop at (.*):(\d+)$", re.MULTILINE)
"""How the witness tells of a time-out which lines of the program sleep in an event loop."""
_LET_SLEEP = (
    "sleep by what the loop has for it, `await asyncio.sleep()`, and hand over what takes long and has no `await`: "
    "`await asyncio.to_thread(...)`"
)
_SWITCHES = "HTTP/1.1 101 "
"""How the answer begins with which a connection becomes a WebSocket."""
_IS_NONE = (
    "what came there is no JSON",
    "look at what came, and catch `json.JSONDecodeError` where others send it",
)
"""What is said of a text that was to be JSON, if nothing tells more."""
_HUNG_UP = re.compile(r"ConnectionClosedOK: received 1000")
"""What is said of a WebSocket which the other end has closed as one does."""
_STATUS = re.compile(r"HTTP/1\.\d (?P<code>(?!101)\d{3}) ?(?P<reason>[\w '-]*)")
"""How an answer of HTTP begins (RFC 9112 section 4)."""
_NO_NUMBER = re.compile(r"invalid literal for |could not convert string")
"""What may be raised of that, but of anything else as well."""
_BY_NAME = {
    "BrokenPipeError": "EPIPE",
    "ConnectionResetError": "ECONNRESET",
    "ConnectionRefusedError": "ECONNREFUSED",
    "TimeoutError": "TimeoutError",
    "socket.timeout": "TimeoutError",
}
_DID = {"close": "was closed", "send": "sent that"}
"""What a call did that is at fault, as the end of a sentence; any other made the socket."""
_DEEDS = ("bind", "listen", "accept", "connect", "send", "recv")
_FATAL = ("EADDRINUSE", "EADDRNOTAVAIL", "EACCES", "ECONNREFUSED")
"""The errors of which a program gives up that cannot do what it is for."""
_NEAR = 10
"""How many lines below a call an error stands that most likely comes of what it gave."""
_TELLS = {"ECONNREFUSED": "refused", "ECONNRESET": "reset", "EPIPE": "reset", "TimeoutError": "unanswered"}
"""Which event it is of which a program dies, by the error."""


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
    if failed is None and f"[Errno {errno.EBADF}]" in said and (twice := closed_twice(case, number)):
        message = _died(one, said, twice.words)
        line, file = (twice.at.line, twice.at.path or "") if twice.at else (raised_at(one), one.file)
        return Finding("failure", case.file(file), line, message, twice.fix)
    cause = (why(case, failed) or _differs(case, failed, said)) if failed else None
    if failed is None and one.exit_code and (cause := _refused(case, number, said, raised_at(one))):
        message = _died(one, said, cause.words)
        return Finding("failure", one.program, raised_at(one), message, cause.fix, tells="refused")
    if failed is None and said.startswith("BrokenPipeError"):
        return Finding("failure", one.program, raised_at(one), _died(one, said, _PRINTS[0]), _PRINTS[1])
    if failed is None or cause is None:
        return _of_what_came(case, number, one, said, failed)
    at = cause.at if cause.at and cause.at.line else None
    felt = f" at {case.place(failed, at)}" if at and failed.line else ""
    event, begins = "failure" if one.exit_code else "stderr", _ended_by(one)
    line, file = (at or failed).line or raised_at(one), (at or failed).path or one.file
    message = f"{begins}: {said}{felt}: {cause.words}"
    # at the end of a stream, what it had sent was answered by RST, for the other end had been closed
    tells = "reset" if is_end(failed) else _TELLS.get(failed.error or "", "")
    ends = _ends(case, failed) if is_end(failed) or failed.error in ("EPIPE", "ECONNREFUSED") else frozenset()
    return Finding(event, case.file(file), line, message, cause.fix, tells=tells, ends=ends)


def _of_what_came(case: Case, number: int, one: Program, said: str, taken: Call | None) -> Finding | None:
    """Say why a program died of what it could not read, where the stream tells nothing of that."""
    of_datagram = taken is not None and case.recording.socket(taken.socket).type == "SOCK_DGRAM"
    here = (case.file(taken.path or ""), taken.line) if taken else None
    cut = (
        next((found for found in takes_whole(case) if (found.path, found.line) == here), None) if of_datagram else None
    )
    if cut and taken:
        felt = case.spot(raised_at(one) or 0, one.file, taken.path or "")
        message = f"{_ended_by(one)}: {said} at {felt}: {cut.message}"
        return replace(cut, event="failure" if one.exit_code else "stderr", message=message, tells=cut.event)
    broke = _unreadable(case, number, said, raised_at(one))
    words = _died(one, said, broke.words) if broke else ""
    return Finding("failure", one.program, raised_at(one), words, broke.fix) if broke else None


def _last_failed(case: Case, number: int) -> Call | None:
    """Return the call that failed, and after which a program that says nothing did nothing more with sockets."""
    calls = [call for call in case.recording.calls if call.process == number and call.name in _DEEDS]
    return calls[-1] if calls and calls[-1].error in _FATAL and calls[-1].line else None


def tells_of(said: str) -> str:
    """Return which event it is of which an error tells that somebody has caught; `""` if of none.

    Args:
        said: What is said of the error.
    """
    return _TELLS.get(_BY_NAME.get(said.partition(":")[0], ""), "")


def last_used(case: Case, number: int, line: int) -> Call | None:
    """Return the last call by which a program moved bytes at a line, or a few lines above that, before it died there.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        line: The line that raised what ended it.
    """
    calls = (call for call in case.recording.calls if call.process == number and call.name in ("send", "recv"))
    near = [call for call in calls if call.line and 0 <= line - call.line <= _NEAR]
    return max(near, key=lambda call: (call.line or 0, call.at), default=None)


def _ends(case: Case, call: Call) -> frozenset[int]:
    """Return the sockets at both ends of the connection of a call."""
    ends = ((one.client_socket, one.server_socket) for one in case.conversations)
    return frozenset(one for pair in ends if call.socket in pair for one in pair if one is not None)


def _by_words(case: Case, number: int, one: Program, said: str) -> Finding | None:
    """Say why a program died, where its last words tell more than any call of it."""
    line, event = raised_at(one), "failure" if one.exit_code else "stderr"
    if slept := _slept(case, one, said):
        return replace(slept, event=event)
    if refused := refused_by_tls(case, number, one, said):
        (words, fix), ends = refused
        program = one.program
        if line and (at := lacks_certificate(case, words, ends)):
            said += f" at {case.spot(line, one.file, at.path or '')}"
            program, line = case.file(at.path or ""), at.line
        return Finding(event, program, line, _died(one, said, words), fix, tells="handshake", ends=ends)
    if bare := laid_bare(case, number):
        return Finding(event, one.program, line, _died(one, said, bare[0]), bare[1])
    unnamed = no_name(case, said)
    if not unnamed and (alone := cut_off(case, said)):
        return Finding(event, one.program, line, _died(one, said, alone.words), alone.fix, tells="beyond-loopback")
    told = unnamed or _crossed(case, number, said, line) or told_of(case, number, said, line, raised_in(one))
    return _told(case, number, one, said, *told) if told else None


def _told(case: Case, number: int, one: Program, said: str, words: str, fix: str) -> Finding:
    """Say why a program died, at the line where it went wrong, if that is known.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
        said: Its last words.
        words: What was the matter.
        fix: What to do about it.
    """
    line, event = raised_at(one), "failure" if one.exit_code else "stderr"
    if words == NO_SESSION and (ended := _session_ended(case, number)):
        words = f"{words}: {ended}"
    if at := _at_fault(case, number, one, words, said):
        felt, what = case.spot(line or 0, one.file, at.path or ""), describe(case.recording.socket(at.socket))
        what = f"{words}: the {what} {_DID.get(at.name, 'was opened')} here"
        message = _died(one, f"{said} at {felt}" if line else said, what)
        return Finding(event, case.file(at.path or ""), at.line, message, fix)
    return Finding(event, one.program, line, _died(one, said, words), fix)


def _slept(case: Case, one: Program, said: str) -> Finding | None:
    """Say of a time-out that a line sleeps in an event loop, so that nothing in it could come in time."""
    places = dict.fromkeys(_SLEEPS.findall(one.stderr))
    if len(places) != 1:
        return None
    ((path, line),) = places
    felt = f" at {case.spot(raised_at(one) or 0, one.file, path)}" if raised_at(one) else ""
    words = "time.sleep() keeps the event loop here, and nothing else in it goes on meanwhile"
    return Finding("failure", case.file(path), int(line), _died(one, f"{said}{felt}", words), _LET_SLEEP)


def told_of(case: Case, number: int, said: str, line: int | None, within: str = "") -> tuple[str, str] | None:
    """Return what was the matter of an error that no call had, and what to do; `None` if that cannot be told.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        said: What is said of the error.
        line: The line that raised it.
        within: As for `told_by`.
    """
    told = _no_json(case, number, said, line) or _hung_up(case, number, said, line) or told_by(said, within)
    return told or (_no_sender(case, number, line) or _no_length(case) if "NoneType" in said else None)


def _hung_up(case: Case, number: int, said: str, line: int | None) -> tuple[str, str] | None:
    """Say of a WebSocket that the other end closed as one does (RFC 6455 section 7.4.1) what that end did last."""
    here = (call for call in reversed(case.recording.calls) if (call.process, call.line) == (number, line))
    last = next((call for call in here if call.socket in case.other_ends), None) if _HUNG_UP.search(said) else None
    other = case.calls(case.other_ends[last.socket]) if last else ()
    place = next((case.place(call, last) for call in reversed(other) if last and call.name == "send" and call.line), "")
    if not place:
        return None
    words = f"the other end had closed the WebSocket, for what serves it had come to its end at {place}"
    return words, (
        "let the function that serves go on, such as by `async for message in websocket`: when it returns, its "
        "WebSocket is closed; and catch `ConnectionClosed` at the other end"
    )


def _no_json(case: Case, number: int, said: str, line: int | None) -> tuple[str, str] | None:
    """Say of an answer of HTTP that is no JSON with which status it came; `None` if nothing of HTTP came there."""
    calls = [call for call in case.recording.calls if call.process == number and call.name == "recv" and call.size]
    near = [call for call in calls if line and call.line and 0 <= line - call.line <= _NEAR]
    begins = (match for call in reversed(near) if (match := _STATUS.match(call.data)))
    status = next(begins, None) if "JSONDecodeError" in said else None
    if status is None:
        return None
    words = f"the answer is no JSON: its status is {status['code']} {status['reason']}".rstrip()
    if status["code"].startswith("2"):
        return words, "let the server answer in JSON, or look at the text that came before you read it as that"
    return words, "look at the status first, `raise_for_status()`, and at the path and the method that were asked for"


def told_of_caught(case: Case, number: int, said: str, line: int | None) -> tuple[str, str] | None:
    """Return the same of an error that did not end the program: of what it could not read, too.

    Args:
        case: As for `told_of`.
        number: As for `told_of`.
        said: As for `told_of`.
        line: As for `told_of`.
    """
    taken = _taken(case, number, said, line) or _at_line(case, number, said, line)
    cause = (why(case, taken) or _differs(case, taken, said)) if taken else None
    if cause is None and line and "ConnectionRefusedError" in said:
        cause = _refused(case, number, said, line)
    told = told_of(case, number, said, line) or (cause and (cause.words, cause.fix))
    return told or (_IS_NONE if "JSONDecodeError" in said else None)


def _differs(case: Case, taken: Call, said: str) -> Cause | None:
    """Say of a record that came whole, and is not as long as its reader wants it, who made it."""
    sends = [call for call in case.calls(case.other_ends.get(taken.socket)) if call.name == "send" and call.size]
    if not sends or not sends[-1].line or not said.startswith("struct.error: unpack requires"):
        return None
    words = f"all came that {case.place(sends[-1], taken)} had sent: the two ends count its bytes differently"
    fix = (
        "pack and unpack by the same format, and begin it with `!`: without that, sizes and gaps are the machine's own"
    )
    return Cause(words, fix)


def _at_line(case: Case, number: int, said: str, line: int | None) -> Call | None:
    """Return the last call of a line that failed as a library says in words of its own."""
    match = _ERRNO.search(said)
    name = errno.errorcode.get(int(match[1])) if match else None
    name = name or next((error for words, error in _SAID.items() if words.search(said)), None)
    calls = [call for call in case.recording.calls if (call.line, call.error) == (line, name)]
    calls = [call for call in calls if case.recording.owner(call.process) in (number, None)]
    return calls[-1] if calls and name and line else None


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
    for one in reversed(case.conversations if _BROKE_OFF.search(said) else ()):
        reads = any((call.process, call.line) == (number, line) for call in case.calls(one.client_socket))
        if reads and one.server_socket is not None:
            return endless(case, one.server_socket, "")
    return Cause(*_IS_NONE) if "JSONDecodeError" in said else None


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


def _at_fault(case: Case, number: int, one: Program, words: str, said: str) -> Call | None:
    """Return the call where it went wrong of which an error tells that no call had; `None` if that is not known."""
    if words in (CLOSED, HANDED_ON):
        return _lately_closed(case, number, one)
    if words in (NO_HTTP, IN_A_CIRCLE):
        return _answer(case, number, raised_at(one), said.partition("BadStatusLine: ")[2])
    if words == ALL_GIVEN_OUT:
        held = case.held_by_libraries(number)
        return held[0] if len({(call.path, call.line) for call in held}) == 1 else None
    return None


def _answer(case: Case, number: int, line: int | None, begins: str) -> Call | None:
    """Return the call that sent what came at a line and is told of, or else the first, if a line of the program did."""
    calls = (call for call in reversed(case.recording.calls) if (call.process, call.line) == (number, line))
    taken = next((call for call in calls if call.name == "recv" and call.size), None)
    answered = case.calls(case.other_ends.get(taken.socket)) if taken else ()
    sends = [call for call in answered if call.name == "send" and call.size and call.line]
    told = (call for call in sends if begins and call.data and begins.startswith(call.data.removesuffix(r"\r\n")))
    return next(told, sends[0] if sends else None)


def _lately_closed(case: Case, number: int, one: Program) -> Call | None:
    """Return the call that closed a socket which the program did not expect to be closed, by its main thread if any.

    When the error was on its way, all others may have been closed, too: that are several at one line, or in a `with`.
    """
    closes = [call for call in case.recording.calls if call.process == number and call.name == "close" and call.line]
    if one.exit_code:
        closes = [call for call in closes if call.thread == 0] or closes
    late = [call for call in closes if call.at > case.last_deeds.get((call.process, call.thread), 0.0)]
    lines = [(call.path, call.line) for call in late]
    openings = case.recording.openings
    by_hand = [
        call
        for call, line in zip(late, lines, strict=True)
        if lines.count(line) == 1 and openings[call.socket].line != call.line
    ]
    before = [call for call in closes if call not in late]
    return next(iter([*by_hand[:1], *before[-1:], *closes[-1:]]), None)


def _session_ended(case: Case, number: int) -> str:
    """Say which line ended the last session of a client of mail; `""` if there was none."""
    closes = [call for call in case.recording.calls if call.name == "close" and call.via.startswith("smtplib")]
    ended = [call for call in closes if call.process == number and call.line]
    return f"it ended at {case.place(ended[-1])}" if ended else ""


def _died(one: Program, said: str, words: str) -> str:
    return f"{_ended_by(one)}: {said}: {words}"


def _ended_by(one: Program) -> str:
    return f"it exited with status {one.exit_code}" if one.exit_code else _thread_ended(one)


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
    return here or (_given_up(case, number, one, name) if name else _taken(case, number, said, line))


def _given_up(case: Case, number: int, one: Program, name: str) -> Call | None:
    """Return, as a call, what a task waited for whose time was up: its event loop has made none that failed."""
    stands = (stand for stand in case.recording.stands if (stand.process, stand.on) == (number, "died"))
    stand = next(stands, None) if name == "TimeoutError" else None
    calls = [call for call in case.calls(stand.socket) if call.name not in CLOSINGS] if stand else []
    if stand is None or not calls:
        return None
    begins = calls[-1].until
    last = replace(calls[-1], at=begins, until=one.ended or begins, path=one.file, line=raised_at(one), error=name)
    return replace(last, name=stand.call, function=stand.function)


def _taken(case: Case, number: int, said: str, line: int | None) -> Call | None:
    """Return the call that gave what a program could not read: the last one at that line or a few lines above, if any.

    What came later was read while the error was on its way, as by a `finally`.
    """
    is_cut = _CUT.search(said)
    if not is_cut and not _NO_NUMBER.search(said):
        return None
    calls = [call for call in case.recording.calls if call.process == number and call.name == "recv" and call.size]
    calls = [call for call in calls if not _is_framed(case, call.socket)]
    near = [call for call in calls if line and call.line and 0 <= line - call.line <= _NEAR]
    return near[-1] if near else calls[-1] if calls and is_cut else None


def _is_framed(case: Case, socket: int) -> bool:
    """Say whether a connection has become a WebSocket, whose messages are whole (RFC 6455 section 4.2.2)."""
    calls = (*case.calls(socket), *case.calls(case.other_ends.get(socket)))
    return any(call.data.startswith(_SWITCHES) for call in calls)


def _may_be_why(case: Case, call: Call, said: str) -> bool:
    """Say whether a call may be why a program died of an error that is none of a socket: of what the call returned.

    Args:
        case: The run.
        call: The call.
        said: The program's last words.
    """
    if is_end(call) and _ENDED.search(said):
        return True
    if call.name != "recv" or call.error or call.at < case.last_deeds[call.process, call.thread]:
        return False
    return is_end(call) and _has_no_answer(case, call)


def _has_no_answer(case: Case, end: Call) -> bool:
    """Say whether a stream ended before anything came, since the last that was sent."""
    for call in reversed([one for one in case.calls(end.socket) if one.at < end.at]):
        if call.name == "send":
            break
        if call.name == "recv" and call.size:
            return False
    return True


def _refused(case: Case, number: int, said: str, line: int | None) -> Cause | None:
    """Say why somebody was refused, of which a library told by an error of its own; `None` if nobody was."""
    for row in reversed([row for row in case.conversations if row.protocol == "TCP"]):
        asked = [call for call in case.calls(row.client_socket) if call.name == "connect" and call.process == number]
        if (asked and asked[-1].line == line) or (row.client_socket is None and "refused" in said.lower()):
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
    if failed is not None and (failed.error or is_end(failed)):  # else the error came some time after that call
        return failed.until <= call.at
    if call.line is None and f"Exception in a handler of {call.via} at " in one.stderr:
        return True  # the library goes on, but the handler whose connection it closes may be the one that failed
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
