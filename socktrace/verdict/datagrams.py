"""A datagram is taken whole, or what the program did not take of it is lost (udp(7), recv(2)). Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from socktrace.recording import Call, Packet
from socktrace.recording.streams import unescape
from socktrace.verdict.case import Case
from socktrace.verdict.events import Finding
from socktrace.verdict.home import is_internet


def takes_whole(case: Case) -> Iterator[Finding]:
    """Every datagram that came was taken whole."""
    if not case.recording.saw_bytes:
        return
    came: dict[int | None, deque[Packet]] = {}
    for packet in case.recording.packets:
        if packet.protocol == "UDP":
            came.setdefault(packet.destination.port, deque()).append(packet)
    for call in case.recording.calls:
        if call.name != "recv" or call.error:
            continue
        socket = case.recording.socket(call.socket)
        if socket.type != "SOCK_DGRAM" or not is_internet(socket):
            continue
        port = socket.local.port if socket.local else None
        whole = _taken(came.get(port, deque()), call)
        yield from _cut_off(case, call, whole.size if whole else 0)
    yield from _in_pairs(case)


def _cut_off(case: Case, call: Call, whole: int) -> Iterator[Finding]:
    if call.size is not None and whole > call.size:
        lost = whole - call.size
        message = f"{call.function}() took {call.size:,} bytes of a datagram of {whole:,}: {lost:,} were lost"
        fix = "ask for as many bytes as a datagram can have: recvfrom(65535)"
        if call.via == "socketserver":
            fix = "let the server ask for as many bytes as a datagram can have: `max_packet_size = 65535` in its class"
        yield case.finding("cut-off", message, fix, call if call.line else case.recording.openings[call.socket])


def _in_pairs(case: Case) -> Iterator[Finding]:
    """Look at the pairs of the Unix domain, which lose no datagram and keep their order (unix(7))."""
    for one in case.conversations:
        if one.protocol != "Unix" or one.listener or not one.client_socket or not one.server_socket:
            continue
        if case.recording.socket(one.client_socket).type != "SOCK_DGRAM":
            continue
        for sender, receiver in ((one.client_socket, one.server_socket), (one.server_socket, one.client_socket)):
            sent = (call.size or 0 for call in case.calls(sender) if call.name == "send" and not call.error)
            takes = [call for call in case.calls(receiver) if call.name == "recv" and not call.error]
            for call, whole in zip((call for call in takes if call.argument != "MSG_PEEK"), sent, strict=False):
                yield from _cut_off(case, call, whole)


def _taken(came: deque[Packet], call: Call) -> Packet | None:
    """Find the datagram that a call took; one that was only looked at stays where it is.

    The kernel may have dropped some before it, for want of room.
    """
    for passed, packet in enumerate(came):
        if packet.at > call.until:
            return None
        if _is_it(packet, call):
            if call.argument != "MSG_PEEK":
                for _ in range(passed + 1):
                    came.popleft()
                return packet
            return None
    return None


def _is_it(packet: Packet, call: Call) -> bool:
    by_sender = call.peer is None or call.peer.port == packet.source.port
    if packet.size < (call.size or 0) or not by_sender:
        return False
    sent, taken = unescape(packet.data), unescape(call.data)
    shown = min(len(sent), len(taken))
    return sent[:shown] == taken[:shown]
