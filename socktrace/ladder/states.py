"""The TCP state diagram of RFC 9293 section 3.3.2, driven by the packets of one recorded connection. Pure.

The states are worked out, not read from the kernel: a program's calls and the packets tell them.
"""

from __future__ import annotations

from collections.abc import Iterable

from socktrace.recording import Endpoint, Packet


class End:
    """One end of a TCP connection, which changes its state as packets leave it and reach it.

    Args:
        state: The state before the first packet, spelled as RFC 9293 spells it.
    """

    def __init__(self, state: str) -> None:
        self.state = state
        self._began = state
        self._fin: int | None = None

    @property
    def is_steady(self) -> bool:
        """True if bytes and acknowledgments change nothing."""
        return self.state == "ESTABLISHED" and self._fin is None

    def sends(self, packet: Packet) -> None:
        """Follow an arrow of the diagram that is labelled "snd"."""
        if packet.has("RST"):
            if self.state != "LISTEN":
                self.state = "CLOSED"
        elif packet.has("SYN", "ACK"):
            self.state = "SYN-RECEIVED" if self.state in ("CLOSED", "LISTEN", "SYN-SENT") else self.state
        elif packet.has("SYN"):
            self.state = "SYN-SENT" if self.state == "CLOSED" else self.state
        elif packet.has("FIN") and self._fin is None:
            self._fin = packet.seq + packet.size
            self.state = "LAST-ACK" if self.state == "CLOSE-WAIT" else "FIN-WAIT-1"

    def receives(self, packet: Packet) -> None:
        """Follow the arrows of the diagram that are labelled "rcv", in the order of RFC 9293 section 3.10.7.4."""
        if packet.has("RST"):
            # A connection that began passively and never completed returns to LISTEN (RFC 9293 section 3.10.7.4).
            passive = self.state == "SYN-RECEIVED" and self._began == "LISTEN"
            self.state = "LISTEN" if passive or self.state == "LISTEN" else "CLOSED"
            return
        if packet.has("SYN"):
            if self.state == "SYN-SENT":
                self.state = "ESTABLISHED" if packet.has("ACK") else "SYN-RECEIVED"
            elif self.state == "LISTEN":
                self.state = "SYN-RECEIVED"
            return
        if packet.has("ACK"):
            self._acknowledged(packet.ack)
        if packet.has("FIN"):
            after = {
                "SYN-RECEIVED": "CLOSE-WAIT",
                "ESTABLISHED": "CLOSE-WAIT",
                "FIN-WAIT-1": "CLOSING",
                "FIN-WAIT-2": "TIME-WAIT",
            }
            self.state = after.get(self.state, self.state)

    def _acknowledged(self, ack: int) -> None:
        if self.state == "SYN-RECEIVED":
            self.state = "ESTABLISHED"
        if self._fin is not None and ack > self._fin:
            after = {"FIN-WAIT-1": "FIN-WAIT-2", "CLOSING": "TIME-WAIT", "LAST-ACK": "CLOSED"}
            self.state = after.get(self.state, self.state)


def changes(packets: Iterable[Packet], client: Endpoint) -> list[tuple[str, str]]:
    """Return, for each packet of one connection, the new state of the client's end and of the server's.

    Args:
        packets: The packets in order.
        client: The endpoint that sent the first SYN.

    Returns:
        Pairs of state names; `""` where the packet changes nothing.
    """
    packets = tuple(packets)
    answers = any(packet.has("SYN", "ACK") and packet.source != client for packet in packets)
    here, there = End("CLOSED"), End("LISTEN" if answers else "CLOSED")
    found = []
    for packet in packets:
        if packet.flags in ("ACK", "ACK PSH") and here.is_steady and there.is_steady:
            found.append(("", ""))
            continue
        before = here.state, there.state
        sender, receiver = (here, there) if packet.source == client else (there, here)
        sender.sends(packet)
        receiver.receives(packet)
        found.append((here.state if here.state != before[0] else "", there.state if there.state != before[1] else ""))
    return found
