"""A datagram is taken whole, or what the program did not take of it is lost (udp(7), recv(2)). Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from socktrace.recording import Call, Packet
from socktrace.streams import unescape
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
        socket = case.recording.socket(call.socket)
        if call.name != "recv" or call.error or socket.type != "SOCK_DGRAM" or not is_internet(socket):
            continue
        port = socket.local.port if socket.local else None
        whole = _taken(came.get(port, deque()), call)
        if whole and call.size is not None and whole.size > call.size:
            lost = whole.size - call.size
            message = f"{call.function}() took {call.size:,} bytes of a datagram of {whole.size:,}: {lost:,} were lost"
            fix = "ask for as many bytes as a datagram can have: recvfrom(65535)"
            yield case.finding("cut-off", message, fix, call)


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
