"""Tells which of the packets that were captured in several places are the same. Pure."""

from __future__ import annotations

from operator import attrgetter

from socktrace.packets import decoder, headers
from socktrace.packets.tap import Captured
from socktrace.session.model import Crossing
from socktrace.wording import packet_label


def crossings(captured: list[tuple[str, int, str, int]]) -> tuple[Crossing, ...]:
    """Read captured packets, and find out which of them are one packet seen in more than one place.

    A router changes addresses and ports. It leaves alone the numbers that TCP counts its bytes with, and the one that
    IPv4 gives each packet: another, when the same bytes are sent again.

    Args:
        captured: Where each packet was seen, as `router:lan`, when, in nanoseconds since the epoch, how it begins, in
            hexadecimal from the IP header on, and its whole length in bytes; in order.

    Returns:
        Packet by packet, each wherever it was seen.
    """
    found: list[Crossing] = []
    seen: list[tuple[tuple[object, ...], set[str]]] = []
    for link, at, head, length in captured:
        raw = bytes.fromhex(head)
        for packet in decoder.decode([Captured(at, raw, length)], at):
            identification = raw[4:6] if raw[0] >> 4 == 4 else b""
            same = (packet.protocol, packet.flags, packet.data, length, identification, *headers.tcp_numbers(raw))
            number = next((n for n, (one, links) in enumerate(seen, 1) if one == same and link not in links), 0)
            if not number:
                seen.append((same, set()))
                number = len(seen)
            seen[number - 1][1].add(link)
            found.append(Crossing(number, link, str(packet.source), str(packet.destination), packet_label(packet)[0]))
    return tuple(sorted(found, key=attrgetter("packet")))
