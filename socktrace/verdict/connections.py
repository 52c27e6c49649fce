"""Rule 4: TCP connections open with a handshake and end with a FIN each way. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from socktrace.recording import Call, Endpoint, Packet
from socktrace.recording.conversations import Conversation
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case, other_end, socket_at
from socktrace.verdict.causes import ACCEPT, queue, refusal, unread
from socktrace.verdict.deaths import is_handled, was_dying
from socktrace.verdict.events import Finding
from socktrace.verdict.tls import ALERT, HANDSHAKE
from socktrace.wording import describe, plural

_READ_ALL = "read everything to the end of the stream before close(), and let both sides close"
_LEFT = ("exit", "collected")
"""How a socket ends that was left open, which is the cause then, and has a finding of its own."""
_AT_ONCE = 1.0
"""Within how many milliseconds after close() the RST is the kernel's answer to close() itself."""


def converses(case: Case) -> Iterator[Finding]:
    """Every TCP connection opens with a handshake and ends with a FIN each way, and so does TLS above it."""
    for one in case.conversations:
        if one.protocol == "TCP":
            yield from _opens_and_ends(case, one)


def _opens_and_ends(case: Case, one: Conversation) -> Iterator[Finding]:
    pair = f"{one.client} to {one.server}"
    call = _connect(case, one)
    if _is_foreign(case, one, one.client) and not one.established:
        return  # whoever called will have seen it
    if one.refused:
        cause = refusal(case, one.server, one.packets[0].at)
        message = f"the connection from {pair} was refused: its SYN was answered by RST: {cause.words}"
        yield case.finding("refused", message, cause.fix, call, is_allowed=_is_coped_with(case, call))
    elif not one.established:
        if case.recording.saw_packets and not _is_cut(case, one, one.packets[0].at):
            message = f"the connection from {pair} was never completed: its SYN got no answer{queue(case, one)}"
            yield case.finding("unanswered", message, ACCEPT, call, is_allowed=_is_coped_with(case, call))
    elif failed := _handshake_failed(case, one):
        message, at = failed
        fix = "let the client trust the certificate, and both speak TLS: load_verify_locations(), server_hostname"
        if not _is_cut(case, one, one.packets[-1].at):
            is_allowed = not case.program(at.process if at else 0).exit_code
            ends = filter(None, (one.client_socket, one.server_socket))
            is_allowed = is_allowed or any(was_dying(case, case.calls(end)[-1]) for end in ends)
            yield case.finding("handshake", message, fix, at or call, is_allowed=is_allowed)
    elif first := one.first_reset:
        if not _is_cut(case, one, first.at) and not _is_foreign(case, one, first.source):
            yield _reset(case, one, first, call)
    elif case.recording.saw_packets:
        for end in dict.fromkeys((one.client, one.server)):
            if not (one.finished(end) or _is_cut(case, one, float("inf")) or _is_foreign(case, one, end)):
                message = f"the connection from {pair} has no FIN from {end}"
                yield case.finding("unfinished", message, "close both ends", call)


def _is_foreign(case: Case, one: Conversation, end: Endpoint) -> bool:
    """Say whether an end is another program's, which joined this network or is at home in it."""
    ours = socket_at(one, end) or (one.listener if end == one.server else None)
    return ours is None and bool(case.recording.joined or case.recording.on_host)


def _connect(case: Case, one: Conversation) -> Call | None:
    """Return the call that asked for a connection, or for one that never came about."""
    calls = [call for call in case.calls(one.client_socket) if call.name == "connect"]
    return next((call for call in reversed(calls) if call.at <= one.packets[0].at), calls[0] if calls else None)


def _is_coped_with(case: Case, call: Call | None) -> bool:
    """Say whether an attempt that failed did no harm: the program caught the error, or it was another program's."""
    return call is None or is_handled(case, call)


def _is_cut(case: Case, one: Conversation, moment: float) -> bool:
    """Say whether one of the two ends was told to end before a moment, so that what came then says nothing of it."""
    for socket in (one.client_socket, one.server_socket or one.listener):
        processes = {call.process for call in case.calls(socket)} if socket else {None}
        for process in processes:
            told = case.cut(process)
            if case.was_cut_off(process) if told is None else told <= moment:
                return True
    return False


# -- within the host ---------------------------------------------------------------------------------------------------


def accepts_all(case: Case) -> Iterator[Finding]:
    """Every connection that was made to a path was accepted before its listening socket was closed.

    TCP tells of it by RST; in the Unix domain nothing crosses a wire.
    """
    if case.recording.strangers or case.recording.joined:  # which may accept and connect, too
        return
    for listener in case.recording.sockets:
        if listener.family != "AF_UNIX" or listener.role != "listener" or not listener.local:
            continue
        calls = case.calls(listener.id)
        close = next((call for call in reversed(calls) if call.name in CLOSINGS), None)
        is_plumbing = case.recording.openings[listener.id].via.startswith("multiprocessing")
        if close is None or case.is_after_cut(close) or is_plumbing:
            continue
        made = [
            call
            for call in case.recording.calls
            if call.name == "connect" and not call.error and call.peer == listener.local and _is_within(calls, call)
        ]
        accepted = sum(1 for call in calls if call.name == "accept" and not call.error)
        if len(made) > accepted and case.recording.socket(made[-1].socket).type == "SOCK_STREAM":
            place = f" of {case.place(made[accepted], close)}" if made[accepted].line else ""
            message = f"the {describe(listener)} was closed while a connection{place} waited in its queue"
            fix = "accept() what waits before you close the listening socket, or let the clients be served first"
            yield case.finding(
                "unaccepted", message, fix, close if close.line else case.recording.openings[listener.id]
            )


def _is_within(calls: tuple[Call, ...], connect: Call) -> bool:
    """Say whether a listening socket was there when somebody connected; its name may have had others before."""
    return calls[0].at <= connect.at <= calls[-1].until


# -- reset -------------------------------------------------------------------------------------------------------------


def _reset(case: Case, one: Conversation, first: Packet, connect: Call | None) -> Finding:
    """Say who reset a connection, and by which line.

    Args:
        case: The run.
        one: The connection.
        first: Its first RST.
        connect: The call that opened it.
    """
    sender, pair = first.source, f"{one.client} to {one.server}"
    message = f"the connection from {pair} was reset by {sender}, not finished"
    socket = socket_at(one, sender)
    if socket is None and one.listener is not None and sender == one.server:
        listener = case.recording.socket(one.listener)
        close = _closing(case, one.listener, first.at)
        message = f"the {describe(listener)} was closed while the connection from {one.client} waited in its queue"
        fix = "accept() what waits before you close the listening socket, or let the clients be served first"
        at = close if close and close.line else connect
        is_allowed = close is not None and (close.name in _LEFT or was_dying(case, close))
        is_allowed = is_allowed or _wakes_itself(case, one)
        return case.finding("reset", f"{message}: it was reset", fix, at, is_allowed=is_allowed)
    close = _closing(case, socket, first.at)
    if socket is None or close is None:
        is_foreign = socket is None  # another program's end: what that does, this program cannot mend
        return case.finding("reset", message, _READ_ALL, connect, is_allowed=is_foreign)
    at = case.own_line(close)
    why, fix, is_allowed = _why_reset(case, one, first, socket, close)
    is_allowed = is_allowed or close.name in _LEFT or was_dying(case, close) or _gave_up(case, socket)
    is_allowed = is_allowed or _has_left(case, socket_at(one, other_end(one, sender)), close)
    is_allowed = is_allowed or _asked_again(case, one, connect) or (at.line is None and not _is_felt(case, one))
    return case.finding("reset", message + why, fix, at, is_allowed=is_allowed)


def _is_felt(case: Case, one: Conversation) -> bool:
    """Say whether a call at either end met an error. Where none did, libraries may end a connection between them so."""
    ends = (end for end in (one.client_socket, one.server_socket) if end is not None)
    return any(call.error in ("ECONNRESET", "EPIPE") for end in ends for call in case.calls(end))


def _wakes_itself(case: Case, one: Conversation) -> bool:
    """Say whether a library called its own server, as one does that ends its own accept() so: nobody lost anything."""
    ends = [case.recording.openings[end].via for end in (one.client_socket, one.listener) if end is not None]
    client, *server = (via.partition(".")[0] for via in ends)
    return client not in ("", "socket") and server == [client] and not _has_said(case, one.client_socket)


def _has_said(case: Case, socket: int | None) -> bool:
    return any(call.name == "send" and call.size for call in case.calls(socket))


def _why_reset(case: Case, one: Conversation, first: Packet, socket: int, close: Call) -> tuple[str, str, bool]:
    """Say why the kernel reset a connection when one end had closed.

    Args:
        case: The run.
        one: The connection.
        first: Its first RST.
        socket: The end that sent it.
        close: What closed that end.

    Returns:
        The rest of the sentence, what to do about it, and whether it did no harm.
    """
    late, lay = _came_late(case, one, first, close), unread(case, one, socket)
    if late:
        fix = "say that you are done with shutdown(SHUT_WR), read to the end of the stream, then close()"
        is_allowed = _is_probe(case, socket) or _has_enough(case, one, socket)
        return f": {late} came when it was closed", fix, is_allowed
    if case.recording.socket(socket).tls:
        fix = "end TLS first: call unwrap(), or read to the end of the stream, before close()"
        return "", fix, _is_probe(case, socket)
    if lay > 0:
        lies = f": {plural(lay, 'byte')} lay unread{_sent_at(case, one, first.source, close)} when it was closed"
        return lies, _READ_ALL, _is_probe(case, socket) or _has_enough(case, one, socket)
    if lay == 0 and close.name == "close" and first.at <= close.until + _AT_ONCE:
        why = ": all was read, so SO_LINGER with zero seconds made close() reset it"
        loses = _loses(case, one, socket)
        also = ", and the last that it had sent was lost" if loses else ""
        return why + also, "leave SO_LINGER alone: close() then sends what is left, and FIN", not loses
    return "", _READ_ALL, False


def _loses(case: Case, one: Conversation, socket: int) -> bool:
    """Say whether a reset took bytes from an end that asked for them: they lay in the kernel of the one that had sent.

    What has crossed the wire can still be read after the RST, at least on Linux.

    Args:
        case: The run.
        one: The connection.
        socket: The end that reset it.
    """
    other = case.calls(one.server_socket if socket == one.client_socket else one.client_socket)
    if not any(call.name == "recv" and call.error == "ECONNRESET" for call in other):
        return False
    sent = sum(call.size or 0 for call in case.calls(socket) if call.name == "send")
    return sent > sum(call.size or 0 for call in other if call.name == "recv" and call.argument != "MSG_PEEK")


def _closing(case: Case, socket: int | None, moment: float) -> Call | None:
    """Return the call that closed a socket before a moment, or else the one that closed it at all."""
    found = [call for call in case.calls(socket) if call.name in CLOSINGS]
    return next((call for call in reversed(found) if call.at <= moment), found[0] if found else None)


def _came_late(case: Case, one: Conversation, first: Packet, close: Call) -> str:
    """Say what came to a closed end and was answered by RST, such as `5 bytes (sent at line 9)`; `""` if nothing."""
    if not one.finished(first.source):
        return ""
    sender = other_end(one, first.source)
    before = [packet for packet in one.sent(sender) if packet.size and close.at <= packet.at <= first.at]
    if not before:
        return ""
    return plural(sum(packet.size for packet in before), "byte") + _sent_at(case, one, first.source, close)


def _sent_at(case: Case, one: Conversation, receiver: Endpoint, besides: Call) -> str:
    sends = [call for call in case.calls(socket_at(one, other_end(one, receiver))) if call.name == "send" and call.size]
    return f" (sent at {case.place(sends[-1], besides)})" if sends and sends[-1].line else ""


def _gave_up(case: Case, socket: int) -> bool:
    """Say whether an end closed because its time was up, which the program coped with.

    A library with a loop of its own tells of no time-out by a call: its last one had found nothing there yet.
    """
    timed_out = [call for call in case.calls(socket) if call.error in ("TimeoutError", "timeout")]
    if timed_out:
        return is_handled(case, timed_out[-1])
    moved = [call for call in case.calls(socket) if call.name in ("send", "recv")]
    waited = bool(moved) and (moved[-1].name, moved[-1].error) == ("recv", "EAGAIN") and bool(moved[-1].via)
    return waited and not any(case.program(call.process).exit_code for call in moved)


def _has_left(case: Case, socket: int | None, close: Call) -> bool:
    """Say whether an end had been closed before the other one was, so that nobody was there to lose anything by RST."""
    calls = case.calls(socket)
    return bool(calls) and calls[-1].name in CLOSINGS and calls[-1].until <= close.at


def _asked_again(case: Case, one: Conversation, connect: Call | None) -> bool:
    """Say whether a client that got no answer asked again, at the same line, and got one: it lost nothing."""
    if connect is None or connect.line is None or case.heard(one):
        return False
    again = case.last_answered.get((one.server, connect.path, connect.line), connect.at)
    return again > connect.at and all(is_handled(case, call) for call in case.calls(one.client_socket) if call.error)


def _is_probe(case: Case, socket: int) -> bool:
    """Say whether an end only connected and closed, as a health check does."""
    names = {call.name for call in case.calls(socket)}
    return "connect" in names and not names & {"send", "recv"}


def _has_enough(case: Case, one: Conversation, socket: int) -> bool:
    """Say whether a client hung up on an answer that it had begun to read, and took nothing from the server by that.

    So does who looks at the beginning of a file only. What it had asked for by then, the server had read, and both were
    content.
    """
    if any(case.program(call.process).exit_code for call in case.calls(socket)[:1]):
        return False
    if socket != one.client_socket or one.server_socket is None or not _is_plain(case, one.server_socket):
        return False
    asked = sum(call.size or 0 for call in case.calls(socket) if call.name == "send")
    heard = sum(call.size or 0 for call in case.calls(one.server_socket) if call.name == "recv")
    has_read = any(call.name == "recv" and call.size for call in case.calls(socket))
    failed = [call for call in case.calls(one.server_socket) if call.error in ("ECONNRESET", "EPIPE")]
    return has_read and heard == asked and all(is_handled(case, call) for call in failed)


def _is_plain(case: Case, socket: int) -> bool:
    """Say whether the calls saw each byte that came."""
    return not case.recording.socket(socket).tls and not any(call.argument == "MSG_PEEK" for call in case.calls(socket))


# -- TLS ---------------------------------------------------------------------------------------------------------------

_FINISHED = 58
"""How many bytes a client that agrees sends at least after its first words: a record with Finished, which has 36. One
that refuses sends an alert, in a record of 24 (RFC 8446 sections 4.4.4, 5.2 and 6)."""


def _handshake_failed(case: Case, one: Conversation) -> tuple[str, Call | None] | None:
    """Say that a connection was to speak TLS and never did; `None` if it did, or was not to.

    Returns:
        The sentence and the line that wanted TLS.
    """
    ends = [socket for socket in (one.client_socket, one.server_socket) if socket]
    wants = [socket for socket in ends if case.recording.socket(socket).tls]
    if not wants or any(call.function.startswith("ssl.") and call.size for one in wants for call in case.calls(one)):
        return None
    sent = {end: [packet for packet in one.sent(end) if packet.size] for end in (one.client, one.server)}
    if not any(sent.values()):
        return None
    plain = [end for end, packets in sent.items() if packets and not packets[0].data.startswith((HANDSHAKE, ALERT))]
    failed = any(case.calls(socket)[-1].name in CLOSINGS for socket in wants)
    if not plain and sum(packet.size for packet in sent[one.client][1:]) >= _FINISHED:
        return None
    if not failed or not (one.reset or plain or _is_short(sent)):
        return None
    at = next((call for call in case.calls(wants[0]) if call.name == "adopt"), None)
    why = f": {plain[0]} does not speak TLS" if plain else ""
    return f"the TLS handshake on the connection from {one.client} to {one.server} failed{why}", at


def _is_short(sent: dict[Endpoint, list[Packet]]) -> bool:
    return any(packets and packets[-1].data.startswith(ALERT) for packets in sent.values())
