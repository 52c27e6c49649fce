"""Which packets are a program's own, where others speak on the same loopback interface. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from socktrace.recording import WILDCARDS, Call, Endpoint, Packet, Socket

_PROTOCOLS = {"SOCK_STREAM": "TCP", "SOCK_DGRAM": "UDP"}
_ANY = frozenset(WILDCARDS)

_Flow = tuple[str, frozenset[Endpoint]]
"""The protocol, and the two ends."""


def without_bystanders(
    packets: Iterable[Packet], sockets: Iterable[Socket], calls: Iterable[Call]
) -> tuple[Packet, ...]:
    """Return the packets that came from a socket of a program, or went to one.

    Args:
        packets: All that crossed.
        sockets: The program's sockets.
        calls: Its calls: of a connection that was refused, they alone tell, by their time.
    """
    own = _Names(sockets, calls)
    tried = [(call.peer, call.at, call.until) for call in calls if call.name == "connect"]
    packets = tuple(packets)
    flows = {_flow(one) for one in packets if _opens(one) and _was_tried(one, tried)}
    return tuple(one for one in packets if own.has(one) or _flow(one) in flows)


class _Names:
    """The names that a program's sockets had.

    Args:
        sockets: The sockets.
        calls: The calls on them.
    """

    def __init__(self, sockets: Iterable[Socket], calls: Iterable[Call]) -> None:
        kinds = {one.id: _PROTOCOLS.get(one.type, "") for one in sockets}
        self._addresses: dict[tuple[str, int], set[str]] = {}
        named = [(one.id, one.local) for one in sockets] + [(one.socket, one.local) for one in calls]
        for socket, end in named:
            if end and end.port:
                self._addresses.setdefault((kinds[socket], end.port), set()).add(end.address)

    def has(self, packet: Packet) -> bool:
        """Say whether an end of a packet is one of them."""
        ends = packet.about or (packet.source, packet.destination)
        protocols = ("TCP", "UDP") if packet.about else (packet.protocol,)
        return any(self._is_name(protocol, end) for protocol in protocols for end in ends)

    def _is_name(self, protocol: str, end: Endpoint) -> bool:
        addresses = self._addresses.get((protocol, end.port or 0), set())
        return end.address in addresses or not _ANY.isdisjoint(addresses)


def _opens(packet: Packet) -> bool:
    return packet.has("SYN") and not packet.has("ACK")


def _was_tried(packet: Packet, tried: Iterable[tuple[Endpoint | None, float, float]]) -> bool:
    return any(end == packet.destination and since <= packet.at <= until for end, since, until in tried)


def _flow(packet: Packet) -> _Flow:
    return packet.protocol, frozenset((packet.source, packet.destination))
