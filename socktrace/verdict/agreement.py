"""Rule 8: the two witnesses agree. Pure."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator

from socktrace.recording import Call, Endpoint
from socktrace.recording.conversations import Conversation
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.verdict.home import is_internet

_REPORT = "a witness was fooled: move the bytes with the socket's own send and recv"
_ELSEWHERE = (
    "no call is seen of what else has the socket, such as a child whose standard output it is, or a C extension; and "
    "an urgent byte (MSG_OOB) does not come among the others"
)
_BLIND = "use Python's socket module; a C extension or ctypes cannot be followed"

_DOMAIN = 53
"""The port of a name server, which the C library asks by sockets of its own (services(5), resolver(3))."""
_Row = tuple[int | None, Endpoint, int]
"""A datagram on the wire: its sender's port, where it went, and how many bytes it had."""


def witnesses_agree(case: Case) -> Iterator[Finding]:
    """What the calls say was sent and received is what crossed the wire."""
    if not case.recording.saw_bytes:
        return
    for one in case.conversations:
        if one.protocol != "Unix" and not _asks_for_name(case, one.server.port, one.client.port):
            yield from _is_witnessed(case, one)
    for one in case.conversations:
        if one.protocol == "TCP":
            yield from _bytes_agree(case, one)
    yield from _connects_agree(case)
    yield from _datagrams_agree(case)


def _is_witnessed(case: Case, one: Conversation) -> Iterator[Finding]:
    ends = (one.client_socket, one.server_socket or one.listener)
    if case.recording.joined and any(ends):
        return  # the other end is a visitor's
    for end, socket in ((one.client, one.client_socket), (one.server, one.server_socket or one.listener)):
        quiet = one.protocol == "UDP" or one.refused or not one.established
        if socket is None and not (quiet and end == one.server):
            message = f"{one.protocol} packets crossed the wire at {end}, but no witnessed call has a socket there"
            others = case.recording.strangers or case.recording.joined
            yield case.finding("unwatched", message, _BLIND, is_note=bool(others))


def _bytes_agree(case: Case, one: Conversation) -> Iterator[Finding]:
    ends = ((one.client, one.client_socket, one.server_socket), (one.server, one.server_socket, one.client_socket))
    for end, sender, receiver in ends if one.client != one.server else ends[:1]:
        wire = one.payload(end)
        if sender and _is_countable(case, sender):
            calls = case.calls(sender)
            sent = sum(call.size or 0 for call in calls if call.name == "send")
            unsure = one.reset or any(call.name == "send" and call.error for call in calls)
            more = sent < wire and not (_failed_sendall(calls) or _is_sending(case, sender) or _was_held(calls))
            if (more and not case.recording.strangers) or (sent > wire and not unsure):
                message = f"the calls sent {sent} bytes from {end}, but {wire} crossed the wire"
                fix = _ELSEWHERE if more else _REPORT
                yield case.finding("disagreement", message, fix, case.recording.openings[sender], is_allowed=more)
        if receiver and _is_countable(case, receiver):
            calls = case.calls(receiver)
            got = sum(call.size or 0 for call in calls if call.name == "recv" and call.argument != "MSG_PEEK")
            ended = any(call.name == "recv" and call.size == 0 for call in calls) and not one.reset
            less = ended and got < wire and not case.recording.strangers
            if got > wire or less:
                message = f"the calls received {got} bytes from {end}, but {wire} crossed the wire"
                opened = case.recording.openings[receiver]
                fix = _ELSEWHERE if less else _REPORT
                yield case.finding("disagreement", message, fix, opened, is_allowed=less)


def _failed_sendall(calls: tuple[Call, ...]) -> bool:
    return any(call.name == "send" and call.error and call.function == "sendall" for call in calls)


def _was_held(calls: tuple[Call, ...]) -> bool:
    """Say whether a file of the socket was open at the end of the process, which then sent what lay in its buffer."""
    return any(call.name == "exit" and call.argument == "makefile" for call in calls)


def _is_sending(case: Case, socket: int) -> bool:
    """Say whether a call may have been at work that never returned, because its process or thread was cut off."""
    mid = any(one.socket == socket for one in case.recording.survivors)
    processes = {call.process for call in (case.recording.openings[socket], *case.calls(socket))}
    return mid or any(case.was_cut_off(process) for process in processes)


def _is_countable(case: Case, socket: int) -> bool:
    """Say whether the calls saw every byte: not those of TLS records, nor of a descriptor that others took over."""
    return not case.recording.socket(socket).tls and not any(call.name == "detach" for call in case.calls(socket))


def _connects_agree(case: Case) -> Iterator[Finding]:
    shaken = {(one.client, one.server) for one in case.conversations if one.established}
    shaken |= {(server, client) for client, server in shaken}
    for call in case.recording.calls:
        if call.name != "connect" or call.error:
            continue
        socket = case.recording.socket(call.socket)
        if socket.type != "SOCK_STREAM" or not is_internet(socket):
            continue
        if call.local and call.peer and (call.local, call.peer) not in shaken:
            message = f"connect() from {call.local} to {call.peer} succeeded, but no handshake crossed the wire"
            yield case.finding("disagreement", message, _REPORT, call)


def _datagrams_agree(case: Case) -> Iterator[Finding]:
    datagrams = (packet for packet in case.recording.packets if packet.protocol == "UDP")
    wire = Counter((packet.source.port, packet.destination, packet.size) for packet in datagrams)
    vague: list[Call] = []
    for call in case.recording.calls:
        if call.name != "send" or call.error:
            continue
        socket = case.recording.socket(call.socket)
        if socket.type != "SOCK_DGRAM" or not is_internet(socket):
            continue
        if not (call.peer and call.local):
            continue
        row = (call.local.port, call.peer, call.size or 0)
        if wire[row]:
            wire[row] -= 1
        elif not _is_exact(call.peer):
            vague.append(call)
        elif call.peer.is_loopback:  # one for a group may cross the loopback, or leave by another interface
            message = (
                f"a datagram of {call.size} bytes was sent from {call.local} to {call.peer}, but none crossed the wire"
            )
            yield case.finding("disagreement", message, _REPORT, call)
    wire -= _named(vague, wire)
    for port, destination, size in () if case.recording.strangers or case.recording.joined else wire.elements():
        if _asks_for_name(case, port, destination.port):
            continue
        message = f"a datagram of {size} bytes from port {port} to {destination} crossed the wire, but no call sent it"
        yield case.finding("disagreement", message, _REPORT, is_allowed=True)


def _asks_for_name(case: Case, *ports: int | None) -> bool:
    """Say whether packets between two ports may be what the C library asks, because the program looked up a name."""
    return bool(case.recording.lookups) and _DOMAIN in ports


def _is_exact(end: Endpoint) -> bool:
    """Say whether an endpoint is the one that stands in the packet: not a name, nor the wildcard, that is this host."""
    try:
        return not ipaddress.ip_address(end.address.partition("%")[0]).is_unspecified
    except ValueError:
        return False


def _named(sends: list[Call], wire: Counter[_Row]) -> Counter[_Row]:
    """Return which datagrams those are that were sent to a name: any address with that port may be meant.

    Args:
        sends: The calls that sent them.
        wire: How many of each kind crossed the wire.
    """
    by_port: dict[tuple[int | None, int | None, int], list[_Row]] = {}
    for row, count in wire.items():
        by_port.setdefault((row[0], row[1].port, row[2]), []).extend([row] * count)
    found: Counter[_Row] = Counter()
    for call in sends:
        if call.local and call.peer and (rows := by_port.get((call.local.port, call.peer.port, call.size or 0))):
            found[rows.pop()] += 1
    return found
