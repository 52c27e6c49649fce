"""Where a datagram is for which somebody waits: it went elsewhere, to another socket, or was lost. Pure."""

from __future__ import annotations

import ipaddress

from socktrace.kernel.endpoints import Endpoint
from socktrace.recording import Call, Packet, Socket
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case
from socktrace.verdict.misuse import Cause
from socktrace.wording import describe, plural, protocol


def astray(case: Case, socket: Socket, until: float, besides: str) -> Cause | None:
    """Say why a datagram that was sent did not come to a socket; `None` if none was, or if that cannot be told.

    Args:
        case: The run.
        socket: The socket, at which somebody waits for a datagram.
        until: Until when, in milliseconds since the program started.
        besides: As in `Case.place`.
    """
    if protocol(socket) != "UDP":
        return None
    if socket.local is None or not socket.local.port:
        words = "it has no port, so that nobody can send to it"
        return Cause(words, "bind() it to the port to which others send, before it waits")
    if elsewhere := _answered_elsewhere(case, socket, until):
        place, to = case.place(elsewhere, besides), elsewhere.peer
        words = f"what the {describe(case.recording.socket(elsewhere.socket))} sent at {place} went to {to}"
        return Cause(words, "answer to the address that recvfrom() gave with the question", elsewhere)
    there = [one for one in case.recording.packets if one.protocol == "UDP" and _is_for(one, socket.local, until)]
    strangers = [one for one in there if socket.peer and one.source != socket.peer]
    if strangers:
        only = f"the {describe(socket)} is connected, and takes only what {socket.peer} sends"
        fix = "answer from the socket that was asked, or leave connect() out"
        sent = _sent(case, strangers[-1])
        by = f", sent at {place}," if (place := case.place(sent, besides)) else ""
        return Cause(f"a datagram from {strangers[-1].source}{by} came, but {only}", fix, sent)
    if not there:
        return None
    return (
        _past_its_name(socket, socket.local, there[-1].destination)
        or _to_another(case, socket, there[-1], besides)
        or _lost(case, socket, there, until)
    )


def _is_for(packet: Packet, own: Endpoint, until: float) -> bool:
    return packet.destination.port == own.port and packet.at <= until


def _sent(case: Case, packet: Packet) -> Call | None:
    """Return the call of the program that sent a datagram, if one did."""
    owners = case.sockets_by_port.get(packet.source.port or 0, ())
    sends = [one for owner in owners for one in case.calls(owner.id) if one.name == "send" and not one.error]
    return next((one for one in reversed(sends) if one.at <= packet.at and one.line), None)


def _answered_elsewhere(case: Case, socket: Socket, until: float) -> Call | None:
    """Return by which call the one that was asked sent its answer to somebody else."""
    asked = next((one for one in reversed(case.calls(socket.id)) if one.name == "send" and one.at <= until), None)
    others = case.sockets_by_port.get(asked.peer.port or 0, ()) if asked and asked.peer else ()
    sent = (one for other in others for one in case.calls(other.id) if one.name == "send" and not one.error)
    after = [one for one in sent if asked and asked.at <= one.at <= until]
    return after[0] if after and not any(one.peer == socket.local for one in after) and after[0].line else None


def _past_its_name(socket: Socket, own: Endpoint, to: Endpoint) -> Cause | None:
    """Say of a datagram that it was for an address that is not the socket's own (ip(7))."""
    is_group = ipaddress.ip_address(to.address).is_multicast
    if not own.names(to):
        words = f"a datagram went to {to}, but the {describe(socket)} takes only what is sent to {own.address}"
        group = ", or the group's own address, and join it: IP_ADD_MEMBERSHIP" if is_group else ""
        return Cause(words, f'bind "", which stands for every address{group}')
    if is_group:
        words = f"a datagram went to the group {to}, but the {describe(socket)} is no member of it there"
        fix = "join it on the interface by which it comes: `setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, ...)` (ip(7))"
        return Cause(words, fix)
    return None


def _to_another(case: Case, socket: Socket, last: Packet, besides: str) -> Cause | None:
    """Say which socket has the same port, and takes what comes there (SO_REUSEADDR, socket(7))."""
    for one in case.sockets_by_port.get(last.destination.port or 0, ()):
        if one.id == socket.id or protocol(one) != "UDP" or not (one.local and one.local.names(last.destination)):
            continue
        calls = case.calls(one.id)
        if any(call.name in CLOSINGS and call.until <= last.at for call in calls):
            continue
        place = case.place(case.recording.openings[one.id], besides)
        words = f"the {describe(one)}{f' of {place}' if place else ''} has the same port, and the kernel gives it"
        return Cause(f"{words} what comes there", "give each a port of its own, and leave SO_REUSEADDR out for UDP")
    return None


def _lost(case: Case, socket: Socket, came: list[Packet], until: float) -> Cause | None:
    """Say of datagrams that the kernel dropped them, for want of room in the socket's buffer (udp(7), SO_RCVBUF)."""
    calls = [call for call in case.calls(socket.id) if call.name == "recv" and call.until <= until and not call.error]
    lost = len(came) - sum(call.argument != "MSG_PEEK" for call in calls)
    if not case.recording.saw_bytes or lost <= 0:
        return None
    words = f"{plural(len(came), 'datagram')} came, and {lost:,} were lost: its buffer was full"
    return Cause(words, "read while they come, let the sender wait for answers, or make it larger: SO_RCVBUF")
