"""What was so at a moment of one conversation: what lies unread, who waits, what the other end has heard. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from socktrace.ladder import states
from socktrace.ladder.steps import SIDES, Side
from socktrace.packets.headers import window
from socktrace.recording import Call, Endpoint, Packet, Recording
from socktrace.recording.conversations import Conversation, calls_of
from socktrace.recording.endings import CLOSINGS
from socktrace.recording.streams import content, moves


class Facts:
    """A conversation that can be asked what was so at a moment; moments are milliseconds since the program started.

    Args:
        recording: The run that it belongs to.
        conversation: The conversation.
    """

    def __init__(self, recording: Recording, conversation: Conversation) -> None:
        self.recording = recording
        self.conversation = conversation

    def end(self, side: Side) -> Endpoint:
        """Return the name of one end."""
        return self.conversation.client if side == "left" else self.conversation.server

    def socket(self, side: Side) -> int | None:
        """Return the socket that is connected at one end: for the server's the accepted one."""
        return self.conversation.client_socket if side == "left" else self.conversation.server_socket

    @cached_property
    def sealed(self) -> bool:
        """Whether TLS stands between a program and its kernel, which then have not the same bytes.

        The calls by which TLS itself reads and writes are not recorded.
        """
        ends = (self.socket(side) for side in SIDES)
        return any(self.recording.socket(end).tls for end in ends if end is not None)

    def calls(self, side: Side) -> tuple[Call, ...]:
        """Return the calls on the connected socket of one end."""
        return calls_of(self.recording, self.socket(side))

    @property
    def listening(self) -> tuple[Call, ...]:
        """The calls on the listening socket by which the conversation came in."""
        return calls_of(self.recording, self.conversation.listener)

    @cached_property
    def sent(self) -> dict[Side, tuple[Packet, ...]]:
        """The packets that each end sent."""
        return {side: self.conversation.sent(self.end(side)) for side in SIDES}

    @cached_property
    def accept(self) -> Call | None:
        """The `accept()` that returned the server's end, if one did."""
        made = self.conversation.server_socket
        return next((call for call in self.listening if call.name == "accept" and made and call.made == made), None)

    def accepting(self, at: float) -> bool:
        """Say whether a program was waiting in `accept()` at the listener of this conversation."""
        return any(call.name == "accept" and call.at <= at < call.until for call in self.listening)

    @cached_property
    def overtaken(self) -> bool:
        """Whether packets crossed the open connection while the program that waits in `accept()` had no turn to run."""
        call, opened = self.accept, self.opened
        if call is None or opened is None or not call.at < opened < call.until:
            return False
        return any(opened < packet.at < call.until for packet in self.conversation.packets)

    def woken_late(self, side: Side, at: float) -> bool:
        """Say whether a program waits in `recv()` and gets its turn to run only when the other end has closed."""
        waits = (call for call in self.calls(side) if call.name == "recv" and call.at <= at < call.until)
        asleep = (call for call in waits if call.size and self.unread(side, call.at) == 0)
        return not self.ended(side, at) and any(self.ended(side, call.until) for call in asleep)

    def listened(self, end: Endpoint, at: float) -> bool:
        """Say whether somebody may have listened at a port: a program was seen to, or not all programs were seen."""
        ports = {one.id for one in self.recording.sockets if one.local and one.local.port == end.port}
        for socket in ports:
            calls = calls_of(self.recording, socket)
            begun = any(call.name == "listen" and not call.error and call.at <= at for call in calls)
            if begun and not any(call.name in CLOSINGS and call.until <= at for call in calls):
                return True
        return bool(self.recording.unseen)

    @cached_property
    def opened(self) -> float | None:
        """When the handshake's last packet crossed the wire, if it did."""
        one = self.conversation
        answered = next((p.at for p in one.packets if p.has("SYN", "ACK")), None)
        if answered is None:
            return None
        last = (p.at for p in one.sent(one.client) if p.at > answered and p.has("ACK") and not p.has("SYN"))
        return next(last, None)

    @cached_property
    def states(self) -> list[tuple[str, str]]:
        """The new TCP states of the client's end and of the server's, for each packet; none if these are one."""
        one = self.conversation
        return states.changes(one.packets, one.client) if one.protocol == "TCP" and one.client != one.server else []

    def fin(self, side: Side) -> Packet | None:
        """Return the first FIN that one end sent."""
        return next((packet for packet in self.sent[side] if packet.has("FIN")), None)

    def ended(self, side: Side, at: float) -> bool:
        """Say whether one end had been told by then that no more bytes will come."""
        fin = self.fin(other(side))
        if self.conversation.protocol == "Unix":
            return any(
                call.at <= at
                and not call.error
                and (call.name in CLOSINGS or (call.name == "shutdown" and call.argument[-2:] != "RD"))
                for call in self.calls(other(side))
            )
        return fin is not None and fin.at <= at

    def arrived(self, side: Side, at: float) -> int:
        """Return how many bytes had reached one end, whether they were read or not."""
        return _by(self._arrivals[side], at)

    @cached_property
    def _arrivals(self) -> dict[Side, list[_Amount]]:
        """How many bytes had reached each end from a moment on."""
        return {side: [*self._arriving(side)] for side in SIDES}

    def _arriving(self, side: Side) -> Iterator[_Amount]:
        if self.conversation.protocol == "Unix":
            sends = [call for call in self.calls(other(side)) if call.name == "send" and not call.error]
            yield from _sums((call.at, call.size or 0) for call in sends)
            return
        reached = 1
        for packet in self.sent[other(side)]:
            if packet.size and packet.seq <= reached:
                reached = max(reached, packet.seq + packet.size)
                yield packet.at, reached - 1

    def taken(self, side: Side, at: float) -> int:
        """Return how many of them the program had got."""
        return _by(self._takings[side], at)

    @cached_property
    def _takings(self) -> dict[Side, list[_Amount]]:
        """How many bytes the program had got at each end from a moment on."""
        found = {side: sorted((c.until, c.size or 0) for c in self.calls(side) if moves(c, "recv")) for side in SIDES}
        return {side: [*_sums(takes)] for side, takes in found.items()}

    def unread(self, side: Side, at: float) -> int | None:
        """Return how many bytes lay in the kernel for one end; `None` if only TLS could tell."""
        return None if self.sealed else max(0, self.arrived(side, at) - self.taken(side, at))

    def unread_bytes(self, side: Side, at: float) -> bytes | None:
        """Return the bytes that lay there, if the recording holds them."""
        sender = self.socket(other(side))
        try:
            data = content(self.recording, sender, "send") if sender is not None else None
        except ValueError:  # a recording that somebody wrote by hand
            return None
        return None if data is None else data[self.taken(side, at) : self.arrived(side, at)]

    def reading(self, side: Side, at: float) -> bool:
        """Say whether a program was waiting at one end for something to read."""
        return any(call.name == "recv" and call.at <= at < call.until for call in self.calls(side))

    def again(self, packet: Packet) -> bool:
        """Say whether all that a packet carries had been sent by a packet before it."""
        for earlier in self.conversation.sent(packet.source):
            if earlier is packet:
                return False
            if packet.has("SYN") and earlier.has("SYN"):
                return True
            if packet.size and earlier.seq <= packet.seq and earlier.seq + earlier.size >= packet.seq + packet.size:
                return True
        return False

    def room(self, packet: Packet) -> int | None:
        """Return the window that a packet tells, in units of its sender; `None` if its raw bytes do not say."""
        return window(bytes.fromhex(packet.raw))

    def answered(self, packet: Packet) -> bool:
        """Say whether the other end had confirmed some of the bytes of a packet when it crossed the wire."""
        return any(one.ack > packet.seq for one in self.before(packet) if one.source == packet.destination)

    def before(self, packet: Packet) -> Iterator[Packet]:
        """Yield the packets of the conversation that crossed the wire before one of them, in order."""
        for earlier in self.conversation.packets:
            if earlier is packet:
                return
            yield earlier


_Amount = tuple[float, int]
"""A moment, and how many bytes there were from then on."""


def _sums(amounts: Iterable[_Amount]) -> Iterator[_Amount]:
    total = 0
    for at, amount in amounts:
        total += amount
        yield at, total


def _by(amounts: list[_Amount], at: float) -> int:
    """Return how many there were at a moment."""
    before = bisect_right(amounts, at, key=lambda amount: amount[0])
    return amounts[before - 1][1] if before else 0


def other(side: Side) -> Side:
    """Return the other side."""
    return "right" if side == "left" else "left"
