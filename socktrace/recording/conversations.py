"""Who talked to whom: pairs the packets on the wire with the sockets that the calls name. Pure."""

from __future__ import annotations

import ipaddress
import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from socktrace.recording import Call, Endpoint, Packet, Recording, Socket


@dataclass(frozen=True)
class Conversation:
    """Two endpoints and what passed between them.

    Args:
        protocol: `TCP`, `UDP` or `Unix`.
        client: The endpoint that spoke first; for TCP the one that sent the first SYN.
        server: The other one.
        client_socket: `Socket.id` of the client's end, `None` if no witnessed call names it.
        server_socket: `Socket.id` of the server's end, for TCP the accepted socket; `None` if nobody accepted it.
        listener: `Socket.id` of the listening socket it came in by.
        packets: The packets, in order; empty for Unix-domain sockets, which never reach an interface.
    """

    protocol: str
    client: Endpoint
    server: Endpoint
    client_socket: int | None
    server_socket: int | None
    listener: int | None
    packets: tuple[Packet, ...]

    def sent(self, source: Endpoint) -> tuple[Packet, ...]:
        """Return the packets of this conversation that left `source`."""
        return self._by_source.get(source, ())

    @cached_property
    def _by_source(self) -> dict[Endpoint, tuple[Packet, ...]]:
        found: dict[Endpoint, list[Packet]] = {}
        for packet in self.packets:
            if not packet.about:
                found.setdefault(packet.source, []).append(packet)
        return {source: tuple(packets) for source, packets in found.items()}

    @cached_property
    def _flags(self) -> frozenset[str]:
        """All that the flags of a packet say, each once: there are few such texts, and many packets."""
        return frozenset(packet.flags for packet in self.packets)

    @cached_property
    def established(self) -> bool:
        """True if SYN, SYN+ACK and ACK all crossed the wire (RFC 9293 section 3.5)."""
        synced = any("SYN" in flags and "ACK" in flags for flags in self._flags)
        return synced and any(packet.has("ACK") and not packet.has("SYN") for packet in self.sent(self.client))

    @property
    def refused(self) -> bool:
        """True if the SYN was answered by RST (RFC 9293 section 3.5.2, group 1)."""
        return not self.established and self.reset

    @property
    def reset(self) -> bool:
        """True if it ended by RST."""
        return self.first_reset is not None

    @cached_property
    def first_reset(self) -> Packet | None:
        """The first RST, `None` if there is none or both ends had finished before.

        What comes twice or late, when a processor was held up with it in its queue, meets an end that has forgotten the
        connection, and is answered by RST as any stray segment is (RFC 9293 section 3.5.2, group 1).
        """
        if not any("RST" in flags for flags in self._flags):
            return None
        end, acknowledged = {}, {self.client: 0, self.server: 0}
        for packet in self.packets:
            if packet.has("RST"):
                return packet
            if packet.has("FIN"):
                end[packet.source] = packet.seq + packet.size + 1
            acknowledged[packet.destination] = max(acknowledged[packet.destination], packet.ack)
            if len(end) == len(acknowledged) and all(acknowledged[one] >= last for one, last in end.items()):
                return None
        return None

    def finished(self, source: Endpoint) -> bool:
        """True if `source` sent its FIN (RFC 9293 section 3.6)."""
        return any("FIN" in flags for flags in {packet.flags for packet in self.sent(source)})

    def payload(self, source: Endpoint) -> int:
        """Return how many payload bytes `source` sent; for TCP a retransmitted byte counts once."""
        packets = self.sent(source)
        if self.protocol != "TCP":
            return sum(packet.size for packet in packets)
        total = reached = 0
        for packet in sorted((one for one in packets if one.size), key=attrgetter("seq")):
            end = packet.seq + packet.size
            total += max(0, end - max(packet.seq, reached))
            reached = max(reached, end)
        return total


def conversations(recording: Recording) -> tuple[Conversation, ...]:
    """Return every conversation of a run, in order of its first packet or call."""
    kept = vars(recording)  # several ask for them, so they stay with the recording, as a `cached_property` would
    if "conversations" not in kept:
        found = [*_tcp(recording), *_udp(recording), *_unix(recording)]
        first = {id(one): _began(recording, one) for one in found}
        kept["conversations"] = tuple(sorted(found, key=lambda one: first[id(one)]))
    every: tuple[Conversation, ...] = kept["conversations"]
    return every


def calls_of(recording: Recording, socket: int | None) -> tuple[Call, ...]:
    """Return the calls made on one socket, in order."""
    return recording.calls_by_socket.get(socket or 0, ())


def _began(recording: Recording, one: Conversation) -> float:
    if one.packets:
        return one.packets[0].at
    return min(recording.openings[socket].at for socket in (one.client_socket, one.server_socket) if socket)


class Lasting:
    """Things that begin in order and end when they like, of which the first that has not ended is found quickly.

    Args:
        ends: When each ends.
    """

    def __init__(self, ends: Iterator[float]) -> None:
        self._latest = [*itertools.accumulate(ends, max)]  # where it grows to a moment or beyond, one ends then

    def first(self, at: float) -> int:
        """Return the number of the first that has not ended before a moment; as many as there are if all have."""
        return bisect_left(self._latest, at)


def _tcp(recording: Recording) -> Iterator[Conversation]:
    accepts = _by_peer(recording, "accept")
    connects = _by_peer(recording, "connect")
    tries = {server: _Tries(calls) for server, calls in connects.items()}
    named = _Tries([call for server, calls in connects.items() if not _is_address(server) for call in calls])
    listeners = _Holders(recording, lambda socket: socket.role == "listener")
    for client, server, packets in _connections(recording.packets):
        at = packets[0].at
        accepted = _accepted(recording, accepts.get(client, []), server, at)
        yield Conversation(
            "TCP",
            client,
            server,
            tries[server].socket(client, at) if server in tries else named.socket(client, at),
            accepted.made if accepted else _simultaneous(recording, connects.get(client, []), server),
            accepted.socket if accepted else listeners.socket(server, at),
            packets,
        )


def _by_peer(recording: Recording, name: str) -> dict[Endpoint, list[Call]]:
    found: dict[Endpoint, list[Call]] = {}
    for call in recording.calls:
        if call.name == name and call.peer:
            # to connect to the wildcard is to connect to this host (ip(7), INADDR_ANY)
            home = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(call.peer.address, call.peer.address)
            found.setdefault(Endpoint(home, call.peer.port), []).append(call)
    return found


def _is_address(end: Endpoint) -> bool:
    """Say whether an endpoint is what stands in a packet: a connect() that failed may know no more than a name."""
    try:
        ipaddress.ip_address(end.address)
    except ValueError:
        return False
    return True


def _connections(packets: tuple[Packet, ...]) -> Iterator[tuple[Endpoint, Endpoint, tuple[Packet, ...]]]:
    """Split TCP packets into connections: a first SYN on an ended pair of endpoints opens a new one."""
    open_: dict[tuple[Endpoint, Endpoint], list[Packet]] = {}  # by its ends, in either order
    every: list[list[Packet]] = []
    for packet in packets:
        if packet.protocol != "TCP":
            continue
        current = open_.get((packet.source, packet.destination))
        opens = "SYN" in packet.flags and not packet.has("ACK")
        if current is None or (opens and any(old.has("FIN") or old.has("RST") for old in current)):
            current = open_[packet.source, packet.destination] = open_[packet.destination, packet.source] = []
            every.append(current)
        current.append(packet)
    for one in every:
        yield one[0].source, one[0].destination, tuple(one)


class _Tries:
    """The calls of connect() to one endpoint, of which the one that sent a SYN is found quickly.

    Args:
        calls: The calls, in order.
    """

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = calls
        self._lasting = Lasting(call.until for call in calls)
        self._named: dict[Endpoint | None, list[Call]] = defaultdict(list)
        for call in calls:
            self._named[call.local].append(call)

    def socket(self, client: Endpoint, at: float) -> int | None:
        """Find the connecting socket: by its name, or by the moment of the SYN, when a refused connect() lost its name.

        Args:
            client: The name.
            at: The moment.
        """
        named = self._named.get(client, [])
        begun = bisect_right(named, at, key=lambda call: call.at)
        if begun:
            return named[begun - 1].socket
        first = self._lasting.first(at)
        return self._calls[first].socket if first < len(self._calls) and self._calls[first].at <= at else None


def _accepted(recording: Recording, accepts: list[Call], server: Endpoint, at: float) -> Call | None:
    for call in accepts:
        local = recording.socket(call.made).local if call.made else None
        if call.made and call.until >= at and local in (None, server):
            return call
    return None


def _simultaneous(recording: Recording, connects: list[Call], server: Endpoint) -> int | None:
    """Find the far end of a connection that nobody accepted: simultaneous open (RFC 9293 section 3.5, figure 7)."""
    for call in connects:
        if recording.socket(call.socket).local == server:
            return call.socket
    return None


class _Holders:
    """Sockets by the name that they hold.

    Args:
        recording: The run.
        counts: Says of a socket whether it is one of them.
    """

    def __init__(self, recording: Recording, counts: Callable[[Socket], bool]) -> None:
        self._at_port: dict[int | None, list[tuple[Endpoint, int, float, float]]] = defaultdict(list)
        for one in recording.sockets:
            if one.local and counts(one):
                calls = calls_of(recording, one.id)
                opened = calls[0].at if calls else float("inf")
                closed = min((call.until for call in calls if call.name == "close"), default=float("inf"))
                self._at_port[one.local.port].append((one.local, one.id, opened, closed))

    def socket(self, end: Endpoint, at: float) -> int | None:
        """Return which of them holds a name: the one that was open at that moment, if several had it in turn."""
        named = [one for one in self._at_port.get(end.port, ()) if one[0].names(end)]
        is_open = (one for _, one, opened, closed in named if opened <= at <= closed)
        return next(is_open, named[0][1] if named else None)


def _udp(recording: Recording) -> Iterator[Conversation]:
    groups: dict[frozenset[Endpoint], list[Packet]] = {}
    for packet in recording.packets:
        if packet.protocol == "UDP":
            groups.setdefault(frozenset((packet.source, packet.destination)), []).append(packet)
        elif packet.about and packet.about[0].port is not None:
            groups.setdefault(frozenset(packet.about), []).append(packet)
    holders = _Holders(recording, lambda socket: socket.type == "SOCK_DGRAM")
    for packets in groups.values():
        client, server = packets[0].about or (packets[0].source, packets[0].destination)
        yield Conversation(
            "UDP",
            client,
            server,
            holders.socket(client, packets[0].at),
            holders.socket(server, packets[0].at),
            None,
            tuple(packets),
        )


def _unix(recording: Recording) -> Iterator[Conversation]:
    """Pair Unix-domain sockets: the two of a socketpair, and the nth connect to a path with the nth accept there."""
    accepts: dict[Endpoint, deque[Call]] = defaultdict(deque)
    own = {socket.id for socket in recording.sockets if socket.family == "AF_UNIX"}
    calls = [call for call in recording.calls if call.socket in own]
    for call in calls:
        listening = recording.socket(call.socket)
        if call.name == "accept" and call.made and listening.local:
            accepts[listening.local].append(call)
    for call in calls:
        socket = recording.socket(call.socket)
        if call.name == "socketpair" and call.made:
            yield _unix_pair(socket, recording.socket(call.made), None)
        elif call.name == "connect" and call.error is None and call.peer:
            accept = accepts[call.peer].popleft() if accepts[call.peer] else None
            if accept and accept.made:
                yield _unix_pair(socket, recording.socket(accept.made), accept.socket)


def _unix_pair(client: Socket, server: Socket, listener: int | None) -> Conversation:
    nameless = Endpoint("")
    return Conversation("Unix", client.local or nameless, server.local or nameless, client.id, server.id, listener, ())
